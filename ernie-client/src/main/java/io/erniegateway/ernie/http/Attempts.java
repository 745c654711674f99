package io.erniegateway.ernie.http;

import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.failures.Failures;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** Decides after a failed attempt of one call whether there is another one, and waits until then. Not thread-safe. */
final class Attempts {
    private final Asker asker;
    private final Patience.Course patience;
    private final Sleeper sleeper;
    private final CountDownLatch closed;
    private boolean renewed;

    Attempts(Asker asker, Patience.Course patience, Sleeper sleeper, CountDownLatch closed) {
        this.asker = asker;
        this.patience = patience;
        this.sleeper = sleeper;
        this.closed = closed;
    }

    /**
     * Returns when it is time to try again: at once with another token if this one was stale, once; after a wait if the
     * failure may pass.
     *
     * @param rejected the request that failed, null if it could not even be signed
     * @throws ErnieException the failure itself, if another attempt would fail again or there have been enough
     */
    void another(ErnieException failed, @Nullable Request rejected) {
        if (!renewed && rejected != null && Failures.staleToken(failed.failure()) && asker.renew(rejected)) {
            renewed = true;
            return;
        }
        Optional<Duration> wait = patience.after(failed);
        if (wait.isEmpty()) {
            throw failed;
        }
        try {
            sleeper.sleep(wait.get(), closed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed;
        }
    }
}
