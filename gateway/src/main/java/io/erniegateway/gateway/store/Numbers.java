package io.erniegateway.gateway.store;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** Numbers that grow with time, within a process and across restarts, without asking the database. Thread-safe. */
final class Numbers {
    /** Room for so many numbers a millisecond; 2^63 then lasts for four thousand years. */
    private static final int BITS_PER_MILLISECOND = 16;

    private final Clock clock;
    private final AtomicLong last;

    /** @param highest the highest number in use, so that a clock set back does no harm */
    Numbers(Clock clock, long highest) {
        this.clock = clock;
        this.last = new AtomicLong(highest);
    }

    long next() {
        long now = clock.millis() << BITS_PER_MILLISECOND;
        return last.updateAndGet(previous -> Math.max(previous + 1, now));
    }
}
