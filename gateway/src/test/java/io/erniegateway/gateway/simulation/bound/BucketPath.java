package io.erniegateway.gateway.simulation.bound;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The cheapest schedule of one answer under one token bucket that counts every call.
 *
 * <p>The bucket's state is one number, the instant at which it will be full again. Dynamic programming over (full-again
 * instant, instant of the last call, characters shown): all states with one full-again instant {@code f} may send from
 * the same instant {@code f - (burst - 1) * refill} on, and
 *
 * <ul>
 *   <li>a call at or before {@code f} leads to {@code f + refill}, whatever its instant,
 *   <li>a call at {@code t} after {@code f} leads to {@code t + refill}, whatever {@code f} was.
 * </ul>
 *
 * <p>So the states of one {@code f} share a hull of lines, and all that are full again share another; the search costs
 * about (instants) x (instants within {@code burst * refill}). {@code f} is rounded down to the next of the given
 * columns: when every reachable {@code f} is a column the search is exact, otherwise the bucket refills a little too
 * soon and the result is a lower bound.
 */
final class BucketPath {
    private final Text text;
    private final Prices prices;
    private final long[] columns;
    private final long refill;
    private final long spare;
    private final Labels labels = new Labels();
    /** The states of each column, in order of time: label, part, characters shown, line. */
    private final @Nullable States[] states;

    private final LowerHull[] columnHulls;
    private final double[] columnBegins;
    private final int[] columnBeginLabels;
    private final LineTree[] fullLines;
    private final double[] fullBegins;
    private final int[] fullBeginLabels;
    private double best = Double.POSITIVE_INFINITY;
    private int bestLabel = Labels.ROOT;

    private BucketPath(Text text, Prices prices, Limit.Bucket bucket, long[] columns) {
        this.text = text;
        this.prices = prices;
        this.columns = columns;
        refill = Limit.micros(bucket.refill());
        spare = (bucket.burst() - 1) * refill;
        states = new States[columns.length];
        int parts = text.parts();
        columnHulls = new LowerHull[parts];
        Arrays.setAll(columnHulls, part -> new LowerHull());
        columnBegins = new double[parts];
        columnBeginLabels = new int[parts];
        fullLines = new LineTree[parts];
        Arrays.setAll(fullLines, part -> new LineTree(text.times));
        fullBegins = new double[parts];
        Arrays.fill(fullBegins, Double.POSITIVE_INFINITY);
        fullBegins[0] = 0;
        fullBeginLabels = new int[parts];
        fullBeginLabels[0] = Labels.ROOT;
    }

    /**
     * The cheapest schedule.
     *
     * @param columns the full-again instants told apart, rising, from the first instant on and beyond the last one by
     *     all the bucket holds
     */
    static Path under(Limit.Bucket bucket, Text text, Prices prices, long[] columns) {
        return new BucketPath(text, prices, bucket, columns).search();
    }

    private Path search() {
        int column = 0;
        for (int time = 0; time < text.times.length; time++) {
            for (; column < columns.length && columns[column] <= text.times[time]; column++) {
                sendBeforeFull(column);
            }
            sendWhenFull(time);
        }
        for (; column < columns.length; column++) {
            sendBeforeFull(column);
        }
        if (best == Double.POSITIVE_INFINITY) {
            throw new IllegalStateException("the instants end before the answer can");
        }
        return new Path(best, labels.calls(bestLabel, text.times));
    }

    /** The calls at {@code time} of every state whose bucket is full by then. */
    private void sendWhenFull(int time) {
        long now = text.times[time];
        int target = floor(now + refill);
        for (int part = 0; part < text.parts() && text.arrived[time] > text.begin(part); part++) {
            int shows = text.shows(part, time);
            if (fullBegins[part] < Double.POSITIVE_INFINITY) {
                double cost = fullBegins[part] - (double) now * text.begin(part);
                reach(target, time, part, CallKind.FIRST, cost, fullBeginLabels[part]);
            }
            LineTree lines = fullLines[part];
            int node = lines.lowest(time);
            double cost = lines.value(node, time);
            if (cost < Double.POSITIVE_INFINITY && -lines.slope(node) < shows) {
                reach(target, time, part, laterKind(part, shows), cost, lines.label(node));
            }
        }
    }

    /** The calls of the states of one column until its bucket is full, then its states join those that are full. */
    private void sendBeforeFull(int column) {
        States from = states[column];
        if (from == null) {
            return;
        }
        for (int part = 0; part < text.parts(); part++) {
            columnHulls[part].clear();
            columnBegins[part] = Double.POSITIVE_INFINITY;
        }
        long full = columns[column];
        int target = floor(full + refill);
        int taken = 0;
        for (int time = firstFrom(full - spare); time < text.times.length && text.times[time] <= full; time++) {
            for (; taken < from.size && labels.time(from.labels[taken]) <= time; taken++) {
                take(from, taken);
            }
            sendFromColumn(time, target);
        }
        for (; taken < from.size; taken++) {
            take(from, taken);
        }
        for (int part = 0; part < text.parts(); part++) {
            columnHulls[part].pour(fullLines[part]);
            if (columnBegins[part] < fullBegins[part]) {
                fullBegins[part] = columnBegins[part];
                fullBeginLabels[part] = columnBeginLabels[part];
            }
        }
        states[column] = null;
    }

    private void take(States from, int index) {
        int part = from.parts[index];
        if (from.shown[index] > text.begin(part)) {
            columnHulls[part].add(-from.shown[index], from.held[index], from.labels[index]);
        } else if (from.held[index] < columnBegins[part]) {
            columnBegins[part] = from.held[index];
            columnBeginLabels[part] = from.labels[index];
        }
    }

    private void sendFromColumn(int time, int target) {
        long now = text.times[time];
        for (int part = 0; part < text.parts() && text.arrived[time] > text.begin(part); part++) {
            if (columnBegins[part] < Double.POSITIVE_INFINITY) {
                double cost = columnBegins[part] - (double) now * text.begin(part);
                reach(target, time, part, CallKind.FIRST, cost, columnBeginLabels[part]);
            }
            LowerHull hull = columnHulls[part];
            int shows = text.shows(part, time);
            if (!hull.isEmpty()) {
                hull.seek((double) now);
                if (-hull.slope() < shows) {
                    reach(target, time, part, laterKind(part, shows), hull.value((double) now), hull.label());
                }
            }
        }
    }

    private CallKind laterKind(int part, int shows) {
        return shows == text.ends[part] ? CallKind.LAST : CallKind.LATER;
    }

    private void reach(int column, int time, int part, CallKind kind, double cost, int parent) {
        int shows = text.shows(part, time);
        double held = cost + prices.of(kind, time) + (double) text.times[time] * shows;
        if (shows == text.ends[part] && part + 1 == text.parts()) {
            if (held - text.endSums[part] < best) {
                best = held - text.endSums[part];
                bestLabel = labels.add(time, kind, parent);
            }
            return;
        }
        States into = states[column];
        if (into == null) {
            into = new States();
            states[column] = into;
        }
        into.add(labels.add(time, kind, parent), shows == text.ends[part] ? part + 1 : part, shows, held);
    }

    /** The last column at or before an instant. */
    private int floor(long instant) {
        int found = Arrays.binarySearch(columns, instant);
        return found >= 0 ? found : -found - 2;
    }

    private int firstFrom(long instant) {
        int found = Arrays.binarySearch(text.times, instant);
        return found >= 0 ? found : -found - 1;
    }

    /** A growing table. */
    private static final class States {
        private int[] labels = new int[8];
        private int[] parts = new int[8];
        private int[] shown = new int[8];
        private double[] held = new double[8];
        private int size;

        private void add(int label, int part, int characters, double cost) {
            if (size == labels.length) {
                labels = Arrays.copyOf(labels, 2 * size);
                parts = Arrays.copyOf(parts, 2 * size);
                shown = Arrays.copyOf(shown, 2 * size);
                held = Arrays.copyOf(held, 2 * size);
            }
            labels[size] = label;
            parts[size] = part;
            shown[size] = characters;
            held[size] = cost;
            size++;
        }
    }
}
