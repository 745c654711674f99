package io.erniegateway.ernie.http;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits between attempts; a test puts one here that does not. */
@FunctionalInterface
public interface Sleeper {
    /** Waits on the machine's clock. */
    Sleeper REAL = (duration, cancelled) -> cancelled.await(duration.toMillis(), TimeUnit.MILLISECONDS);

    /** Returns after the duration, or at once when the latch opens. */
    void sleep(Duration duration, CountDownLatch cancelled) throws InterruptedException;
}
