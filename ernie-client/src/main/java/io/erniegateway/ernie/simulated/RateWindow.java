package io.erniegateway.ernie.simulated;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Counts requests, or tokens, by model and window, as Baidu does by the minute. Thread-safe. */
final class RateWindow {
    private final InstantSource clock;
    private final int limit;
    private final Duration length;
    private final Map<String, Long> used = new HashMap<>();
    private Instant end = Instant.MIN;

    /** No limit if it is 0. */
    RateWindow(InstantSource clock, int limit, Duration length) {
        this.clock = clock;
        this.limit = limit;
        this.length = length;
    }

    int limit() {
        return limit;
    }

    /** How many are left after these; negative if these were already too many. They count all the same. */
    synchronized long take(String model, int amount) {
        if (limit == 0) {
            return Long.MAX_VALUE;
        }
        Instant now = clock.instant();
        if (!now.isBefore(end)) {
            used.clear();
            end = now.plus(length);
        }
        return limit - used.merge(model, (long) amount, Long::sum);
    }
}
