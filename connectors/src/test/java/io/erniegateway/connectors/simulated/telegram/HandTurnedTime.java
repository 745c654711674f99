package io.erniegateway.connectors.simulated.telegram;

import io.erniegateway.connectors.simulated.SimulatedTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes only when somebody sleeps or the test says so. */
public final class HandTurnedTime implements SimulatedTime {
    private static final long START = 1_000_000_000_000L;
    private final AtomicLong now = new AtomicLong(START);

    @Override
    public long nanos() {
        return now.get();
    }

    @Override
    public void sleep(Duration time) {
        now.addAndGet(time.toNanos());
    }

    /** Milliseconds since the start. */
    public long millis() {
        return millis(nanos());
    }

    /** A moment of this time, in milliseconds since the start. */
    public static long millis(long nanos) {
        return (nanos - START) / 1_000_000;
    }
}
