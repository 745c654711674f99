package io.erniegateway.connectors.simulated.slack;

import io.erniegateway.connectors.simulated.SimulatedTime;
import java.time.Duration;

/** A time in which only sleeping takes any. */
public final class TurnedTime implements SimulatedTime {
    private long now = 42;

    @Override
    public synchronized long nanos() {
        return now;
    }

    @Override
    public synchronized void sleep(Duration time) {
        now += time.toNanos();
    }
}
