package io.erniegateway.gateway.simulation.bound;

import java.util.Arrays;

/** The lowest of many lines, added in any order, at given places (a Li Chao tree): logarithmic time each. */
final class LineTree {
    private final long[] places;
    private final double[] slopes;
    private final double[] intercepts;
    private final int[] labels;

    LineTree(long[] places) {
        this.places = places;
        int nodes = 2 * Integer.highestOneBit(Math.max(1, places.length)) * 2;
        slopes = new double[nodes];
        intercepts = new double[nodes];
        labels = new int[nodes];
        Arrays.fill(intercepts, Double.POSITIVE_INFINITY);
    }

    void add(double newSlope, double newIntercept, int newLabel) {
        double slope = newSlope;
        double intercept = newIntercept;
        int label = newLabel;
        int node = 1;
        int low = 0;
        int high = places.length - 1;
        while (true) {
            int middle = (low + high) >>> 1;
            if (slope * places[middle] + intercept < slopes[node] * places[middle] + intercepts[node]) {
                double heldSlope = slopes[node];
                double heldIntercept = intercepts[node];
                int heldLabel = labels[node];
                slopes[node] = slope;
                intercepts[node] = intercept;
                labels[node] = label;
                slope = heldSlope;
                intercept = heldIntercept;
                label = heldLabel;
            }
            if (low == high || intercept == Double.POSITIVE_INFINITY) {
                return;
            }
            if (slope * places[low] + intercept < slopes[node] * places[low] + intercepts[node]) {
                node = 2 * node;
                high = middle;
            } else if (slope * places[high] + intercept < slopes[node] * places[high] + intercepts[node]) {
                node = 2 * node + 1;
                low = middle + 1;
            } else {
                return;
            }
        }
    }

    /** The node that holds the lowest line at this place; its value may be infinite. */
    int lowest(int place) {
        int node = 1;
        int low = 0;
        int high = places.length - 1;
        int best = 1;
        while (true) {
            if (value(node, place) < value(best, place)) {
                best = node;
            }
            if (low == high) {
                return best;
            }
            int middle = (low + high) >>> 1;
            if (place <= middle) {
                node = 2 * node;
                high = middle;
            } else {
                node = 2 * node + 1;
                low = middle + 1;
            }
        }
    }

    double value(int node, int place) {
        return slopes[node] * places[place] + intercepts[node];
    }

    double slope(int node) {
        return slopes[node];
    }

    int label(int node) {
        return labels[node];
    }
}
