package io.erniegateway.connectors.simulated;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The time a simulated platform lives in: the machine's own, or one that a simulation turns by hand. */
public interface SimulatedTime {

    /** Nanoseconds since some moment; never goes back. */
    long nanos();

    /** Returns after this much of {@link #nanos()} has passed. */
    void sleep(Duration time);

    /** The machine's own time. */
    static SimulatedTime real() {
        return new SimulatedTime() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void sleep(Duration time) {
                long until = System.nanoTime() + time.toNanos();
                for (long left = time.toNanos(); left > 0; left = until - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                    if (Thread.currentThread().isInterrupted()) {
                        return;
                    }
                }
            }
        };
    }
}
