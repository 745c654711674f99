package io.erniegateway.ernie.http;

import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.Load;
import io.erniegateway.ernie.failures.Failures;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many answers a client receives at once. When all places are taken the next question is refused and does not wait:
 * an answer may take minutes, nobody knows how many, and a line of waiting threads would only hide the overload from
 * those who could do something about it.
 */
final class Places {
    private final int most;
    private final Failures failures;
    private final Bulkhead bulkhead;

    Places(Load load, Failures failures) {
        this.most = load.concurrent();
        this.failures = failures;
        this.bulkhead = Bulkhead.of(
                "ernie",
                BulkheadConfig.custom()
                        .maxConcurrentCalls(most)
                        .maxWaitDuration(Duration.ZERO)
                        .build());
    }

    /**
     * Takes a place.
     *
     * @throws ErnieException {@code too_many_open} if there is none
     */
    Place take() {
        if (!bulkhead.tryAcquirePermission()) {
            String text = most + " answers are being received already, as many as load.concurrent allows";
            throw new ErnieException(failures.passing("too_many_open", text, ""));
        }
        return new Place();
    }

    /** One place; free again once it is closed, however often. */
    final class Place implements AutoCloseable {
        private final AtomicBoolean taken = new AtomicBoolean(true);

        private Place() {}

        @Override
        public void close() {
            if (taken.compareAndSet(true, false)) {
                bulkhead.onComplete();
            }
        }
    }
}
