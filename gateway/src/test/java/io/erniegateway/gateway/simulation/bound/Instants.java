package io.erniegateway.gateway.simulation.bound;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * The instants at which it is enough to send.
 *
 * <p>Every limit says only "not before a fixed time after an earlier call", so a call of any schedule may be moved
 * earlier until it meets the arrival of what it shows first, the end of such a wait, or a change of the price of
 * calls; nothing gets worse by it. The first are the arrivals, the second arise from them by adding waits.
 */
final class Instants {
    /** Beyond this many the exact search of a bucket would take seconds. */
    private static final int MOST_COLUMNS = 40_000;

    private Instants() {}

    /** The arrivals alone: enough where no limit makes a call wait. */
    static long[] arrivals(ArrivalCurve curve) {
        return curve.arrivals().stream()
                .mapToLong(ArrivalCurve.Arrival::atMicros)
                .toArray();
    }

    /** Both, rising, each once. */
    static long[] merged(long[] one, long[] other) {
        return LongStream.concat(Arrays.stream(one), Arrays.stream(other))
                .sorted()
                .distinct()
                .toArray();
    }

    /** These and all that follow them by whole steps up to an end; empty when they are too many. */
    static Optional<long[]> closed(long[] instants, long step, long end) {
        long total = 0;
        for (long instant : instants) {
            total += Math.max(0, (end - instant) / step) + 1;
        }
        if (total > 100L * MOST_COLUMNS) {
            return Optional.empty();
        }
        long[] closed = Arrays.stream(instants)
                .flatMap(instant -> LongStream.iterate(instant, at -> at <= end, at -> at + step))
                .sorted()
                .distinct()
                .toArray();
        return closed.length > MOST_COLUMNS ? Optional.empty() : Optional.of(closed);
    }

    /** Equal steps from one instant to the first at or after another. */
    static long[] grid(long from, long step, long to) {
        return LongStream.rangeClosed(0, Math.ceilDiv(Math.max(0, to - from), step))
                .map(i -> from + i * step)
                .toArray();
    }

    /** Those that are not after an end. */
    static long[] until(long[] instants, long end) {
        return Arrays.stream(instants).filter(instant -> instant <= end).toArray();
    }
}
