package io.erniegateway.gateway.simulation.bound;

import java.util.Arrays;

/**
 * The lowest of many lines at rising places, where each new line falls at least as steeply as those before: a convex
 * hull with a moving head, so that adding and asking cost constant time on average.
 */
final class LowerHull {
    private double[] slopes = new double[16];
    private double[] intercepts = new double[16];
    private int[] labels = new int[16];
    private int head;
    private int size;

    void clear() {
        head = 0;
        size = 0;
    }

    boolean isEmpty() {
        return head == size;
    }

    /** Adds {@code slope * x + intercept}. */
    void add(double slope, double intercept, int label) {
        if (size > head && slopes[size - 1] == slope) {
            if (intercepts[size - 1] <= intercept) {
                return;
            }
            size--;
        }
        while (size - head >= 2 && lastIsHidden(slope, intercept)) {
            size--;
        }
        if (size == slopes.length) {
            slopes = Arrays.copyOf(slopes, 2 * size);
            intercepts = Arrays.copyOf(intercepts, 2 * size);
            labels = Arrays.copyOf(labels, 2 * size);
        }
        slopes[size] = slope;
        intercepts[size] = intercept;
        labels[size] = label;
        size++;
    }

    /** Goes to the lowest line at this place, which is not before an earlier one; the getters then speak of it. */
    void seek(double x) {
        while (size - head >= 2 && value(head + 1, x) < value(head, x)) {
            head++;
        }
    }

    double value(double x) {
        return value(head, x);
    }

    double slope() {
        return slopes[head];
    }

    int label() {
        return labels[head];
    }

    /** Hands what can still become the lowest to a search that takes lines in any order. */
    void pour(LineTree tree) {
        for (int i = head; i < size; i++) {
            tree.add(slopes[i], intercepts[i], labels[i]);
        }
    }

    private double value(int line, double x) {
        return slopes[line] * x + intercepts[line];
    }

    private boolean lastIsHidden(double slope, double intercept) {
        int before = size - 2;
        int last = size - 1;
        return (intercept - intercepts[before]) * (slopes[before] - slopes[last])
                <= (intercepts[last] - intercepts[before]) * (slopes[before] - slope);
    }
}
