package io.erniegateway.gateway.simulation.bound;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a limit says about one half-open interval: no more calls than this. A limit says more than a few rows do, so
 * keeping rows instead of limits can only make a schedule cheaper.
 *
 * @param kinds whose calls are counted
 * @param from first instant counted
 * @param to first instant no longer counted
 * @param capacity the most calls, of all answers the row is for
 */
record Row(Set<CallKind> kinds, long from, long to, double capacity) {
    /** Rows of one limit: more are tighter and slower. */
    private static final int ENOUGH = 150;

    private static final int FEWEST_OFFSETS = 5;
    private static final int MOST_OFFSETS = 20;

    boolean counts(Call call) {
        return call.atMicros() >= from && call.atMicros() < to && kinds.contains(call.kind());
    }

    /**
     * Rows of one limit.
     *
     * @param from the first arrival of the answers it counts together
     * @param to the last
     * @param parts how many messages these have
     * @param times how often the same limit stands beside itself, for rooms that are alike
     */
    static List<Row> of(Limit limit, long from, long to, int parts, int times) {
        return switch (limit.rule()) {
            case Limit.Window window -> ofWindow(limit, window, from, to, parts, times);
            case Limit.Bucket bucket -> ofBucket(limit, bucket, from, to, parts, times);
        };
    }

    private static List<Row> ofWindow(Limit limit, Limit.Window window, long from, long to, int parts, int times) {
        long per = Limit.micros(window.per());
        // After the last arrival every message needs one call more, so prices end where all these fit.
        long horizon = to + per * (Math.ceilDiv(parts, window.calls()) + 1);
        long offsets = Math.clamp(ENOUGH * per / (horizon - from), FEWEST_OFFSETS, MOST_OFFSETS);
        long step = to - from < per ? per : Math.max(1, per / offsets);
        List<Row> rows = new ArrayList<>();
        for (long at = from; at < horizon; at += step) {
            rows.add(row(limit, at, at + per, times));
        }
        return rows;
    }

    /** Intervals of one, two, four … refills, each length in steps of half of it. */
    private static List<Row> ofBucket(Limit limit, Limit.Bucket bucket, long from, long to, int parts, int times) {
        long refill = Limit.micros(bucket.refill());
        long horizon = to + refill * (parts + 1);
        List<Row> rows = new ArrayList<>();
        for (long length = refill; length < 2 * (horizon - from); length *= 2) {
            long step = Math.max(refill, length / 2);
            for (long at = from; at < horizon; at += step) {
                rows.add(row(limit, at, at + length, times));
            }
        }
        return rows;
    }

    private static Row row(Limit limit, long from, long to, int times) {
        return new Row(limit.kinds(), from, to, (double) limit.rule().most(to - from) * times);
    }
}
