package io.erniegateway.gateway.simulation.bound;

import java.util.Arrays;
import java.util.Set;

/**
 * The cheapest schedule of one answer when the n-th counted call may not be sent before its own fixed instant.
 *
 * <p>That is a window's limit loosened: in a window of {@code N} calls per {@code P} the n-th call cannot come before
 * {@code start + floor((n - 1) / N) * P}. A schedule found here that also keeps the window is the best there is. Without
 * counted kinds it is the search without any limit.
 *
 * <p>Dynamic programming over (counted calls so far, instant, characters shown). For fixed counted calls and part the
 * cost of the next call is a line in its instant for every call before it, so the best one is asked from a hull.
 */
final class RankedPath {
    private final Text text;
    private final Prices prices;
    private final Set<CallKind> counted;
    private final long[] releases;
    private final Labels labels = new Labels();
    /** By layer (counted calls so far) and part: the calls that left the part begun but not ended. */
    private final LowerHull[][] begun;
    /** By layer and part: the cheapest way to have ended the part before, plus what that part's characters waited. */
    private final double[][] atBegin;

    private final int[][] atBeginLabel;
    private final double[] offers;
    private final int[] offerParents;
    private final CallKind[] offerKinds;
    private double best = Double.POSITIVE_INFINITY;
    private int bestLabel = Labels.ROOT;

    private RankedPath(Text text, Prices prices, Set<CallKind> counted, long[] releases) {
        this.text = text;
        this.prices = prices;
        this.releases = releases;
        this.counted = counted;
        int layers = releases.length + 1;
        begun = new LowerHull[layers][text.parts()];
        for (LowerHull[] layer : begun) {
            Arrays.setAll(layer, part -> new LowerHull());
        }
        atBegin = new double[layers][text.parts()];
        atBeginLabel = new int[layers][text.parts()];
        for (double[] layer : atBegin) {
            Arrays.fill(layer, Double.POSITIVE_INFINITY);
        }
        atBegin[0][0] = 0;
        atBeginLabel[0][0] = Labels.ROOT;
        offers = new double[layers];
        offerParents = new int[layers];
        offerKinds = new CallKind[layers];
    }

    /** The cheapest schedule without a limit. */
    static Path free(Text text, Prices prices) {
        return new RankedPath(text, prices, Set.of(), new long[0]).search();
    }

    /**
     * The cheapest schedule.
     *
     * @param counted the kinds of call that are counted
     * @param releases the instant before which the n-th counted call may not be sent, rising; there are no more calls
     */
    static Path released(Text text, Prices prices, Set<CallKind> counted, long[] releases) {
        return new RankedPath(text, prices, counted, releases).search();
    }

    private Path search() {
        for (int time = 0; time < text.times.length; time++) {
            for (int part = 0; part < text.parts() && text.arrived[time] > text.begin(part); part++) {
                Arrays.fill(offers, Double.POSITIVE_INFINITY);
                gatherOffers(time, part);
                takeOffers(time, part);
            }
        }
        if (best == Double.POSITIVE_INFINITY) {
            throw new IllegalStateException("the instants end before the answer can");
        }
        return new Path(best, labels.calls(bestLabel, text.times));
    }

    private void gatherOffers(int time, int part) {
        long now = text.times[time];
        int shows = text.shows(part, time);
        boolean ends = shows == text.ends[part];
        CallKind next = ends ? CallKind.LAST : CallKind.LATER;
        for (int layer = 0; layer < atBegin.length; layer++) {
            if (atBegin[layer][part] < Double.POSITIVE_INFINITY) {
                double line = atBegin[layer][part] - (double) now * text.begin(part);
                offer(layer, CallKind.FIRST, time, line, atBeginLabel[layer][part]);
            }
            LowerHull hull = begun[layer][part];
            if (!hull.isEmpty()) {
                hull.seek((double) now);
                if (-hull.slope() < shows) {
                    offer(layer, next, time, hull.value((double) now), hull.label());
                }
            }
        }
    }

    private void offer(int layer, CallKind kind, int time, double cost, int parent) {
        int after = layer;
        if (counted.contains(kind)) {
            if (layer == releases.length || text.times[time] < releases[layer]) {
                return;
            }
            after = layer + 1;
        }
        double charged = cost + prices.of(kind, time);
        if (charged < offers[after]) {
            offers[after] = charged;
            offerParents[after] = parent;
            offerKinds[after] = kind;
        }
    }

    private void takeOffers(int time, int part) {
        double now = text.times[time];
        int shows = text.shows(part, time);
        boolean ends = shows == text.ends[part];
        for (int layer = 0; layer < offers.length; layer++) {
            if (offers[layer] == Double.POSITIVE_INFINITY) {
                continue;
            }
            // What the offer lacks is the part common to all: the characters shown and when they came.
            double held = offers[layer] + now * shows;
            if (!ends) {
                int label = labels.add(time, offerKinds[layer], offerParents[layer]);
                begun[layer][part].add(-shows, held, label);
            } else if (part + 1 < text.parts()) {
                if (held < atBegin[layer][part + 1]) {
                    atBegin[layer][part + 1] = held;
                    atBeginLabel[layer][part + 1] = labels.add(time, offerKinds[layer], offerParents[layer]);
                }
            } else {
                double cost = held - text.endSums[part];
                if (cost < best) {
                    best = cost;
                    bestLabel = labels.add(time, offerKinds[layer], offerParents[layer]);
                }
            }
        }
    }
}
