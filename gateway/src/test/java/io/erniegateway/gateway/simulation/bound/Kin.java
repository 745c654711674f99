package io.erniegateway.gateway.simulation.bound;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Answers that are alike: the same arrivals under the same limits. At given prices one search speaks for all of them.
 */
final class Kin {
    private final int index;
    private final int count;
    private final ArrivalCurve curve;
    private final List<Row> rows;
    private final int[] rowIndexes;
    private final Optional<Limit.Bucket> bucket;
    private final long[] columns;
    private final Text text;
    private final Prices prices;
    /** The instants from and before which each row charges. */
    private final int[] chargedFrom;

    private final int[] chargedTo;

    /**
     * Prepares the searches.
     *
     * @param rowIndexes which of all rows count these answers
     * @param bucket one that counts every call of one answer; it is kept as it is, not as rows
     * @param grain into how many steps the bucket's refill is cut
     */
    Kin(
            int index,
            int count,
            ArrivalCurve curve,
            List<Row> allRows,
            int[] rowIndexes,
            Optional<Limit.Bucket> bucket,
            int grain) {
        this.index = index;
        this.count = count;
        this.curve = curve;
        this.rowIndexes = rowIndexes;
        this.bucket = bucket;
        rows = Arrays.stream(rowIndexes).mapToObj(allRows::get).toList();
        long[] changes = rows.stream()
                .flatMap(row -> Stream.of(row.from(), row.to()))
                .mapToLong(Long::longValue)
                .filter(at -> at >= curve.startedAt())
                .toArray();
        long[] times = Instants.merged(Instants.arrivals(curve), changes);
        columns = bucket.map(held -> columns(held, times[times.length - 1], grain))
                .orElse(new long[0]);
        long end = bucket.map(this::lastCall).orElse(0L);
        text = new Text(curve, Instants.merged(times, Instants.until(columns, Math.max(end, times[times.length - 1]))));
        prices = Prices.none(text.times.length);
        chargedFrom = rows.stream().mapToInt(row -> firstFrom(row.from())).toArray();
        chargedTo = rows.stream().mapToInt(row -> firstFrom(row.to())).toArray();
    }

    int count() {
        return count;
    }

    /** The cheapest schedule of one of these answers at these prices of all rows. */
    Path cheapest(double[] rowPrices) {
        prices.clear();
        for (int i = 0; i < rowIndexes.length; i++) {
            double price = rowPrices[rowIndexes[i]];
            if (price > 0) {
                for (CallKind kind : rows.get(i).kinds()) {
                    prices.charge(kind, chargedFrom[i], chargedTo[i], price);
                }
            }
        }
        prices.settle();
        Path free = RankedPath.free(text, prices);
        // A schedule that keeps the bucket though it need not is the cheapest of those that must.
        return bucket.filter(held -> !held.allows(
                        free.calls().stream().mapToLong(Call::atMicros).toArray()))
                .map(held -> BucketPath.under(held, text, prices, columns))
                .orElse(free);
    }

    /** A schedule as a column. */
    Column column(Path path) {
        double waits = path.cost();
        double[] uses = new double[rowIndexes.length];
        for (Call call : path.calls()) {
            waits -= prices.of(call.kind(), firstFrom(call.atMicros()));
            for (int i = 0; i < uses.length; i++) {
                if (rows.get(i).counts(call)) {
                    uses[i]++;
                }
            }
        }
        int[] used = IntStream.range(0, uses.length).filter(i -> uses[i] > 0).toArray();
        return new Column(
                index,
                waits,
                Arrays.stream(used).map(i -> rowIndexes[i]).toArray(),
                Arrays.stream(used).mapToDouble(i -> uses[i]).toArray());
    }

    /** To show everything at one instant that no row counts: always possible, hardly ever good. */
    Column lateColumn(long instant) {
        double waits = 0;
        int shown = 0;
        for (ArrivalCurve.Arrival arrival : curve.arrivals()) {
            waits += (double) (instant - arrival.atMicros()) * (arrival.characters() - shown);
            shown = arrival.characters();
        }
        return new Column(index, waits, new int[0], new double[0]);
    }

    private long lastCall(Limit.Bucket held) {
        return curve.finishedAt() + (curve.partEnds().size() + 1) * Limit.micros(held.refill());
    }

    private long[] columns(Limit.Bucket held, long lastChange, int grain) {
        long refill = Limit.micros(held.refill());
        long step = Math.max(1, refill / grain);
        long end = Math.max(lastChange, lastCall(held)) + (held.burst() + 1) * refill;
        return Instants.grid(curve.startedAt(), step, end);
    }

    private int firstFrom(long instant) {
        int found = Arrays.binarySearch(text.times, instant);
        return found >= 0 ? found : -found - 1;
    }
}
