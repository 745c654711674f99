package io.erniegateway.ernie.http;

import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieFailure.RetryLater;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Whether to ask again, and after how long: exponential with jitter, and never sooner than the server wants. Resilience4j
 * keeps the count; the waiting is done elsewhere, so that it can be cancelled and tested.
 */
final class Patience {
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);

    /** Doubling ends here: more attempts than that are not made anyway. */
    private static final int MOST_DOUBLINGS = 6;

    private final Retry retry;

    /** @param longestWait a server that wants more is not waited for */
    Patience(int attempts, Duration longestWait, RandomGenerator random) {
        RetryConfig config = RetryConfig.custom()
                .maxAttempts(attempts)
                .retryOnException(thrown -> worthwhile(thrown, longestWait))
                .intervalBiFunction((attempt, outcome) ->
                        wait(attempt, asked(outcome.getLeft()), random).toMillis())
                .build();
        this.retry = Retry.of("ernie", config);
    }

    /** The patience for one question. */
    Course begin() {
        Retry.AsyncContext<Object> context = retry.asyncContext();
        return failed -> {
            long millis = context.onError(failed);
            return millis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
        };
    }

    /** Counts the attempts of one question. */
    @FunctionalInterface
    interface Course {
        /** How long to wait before asking again, or empty to let the failure through. */
        Optional<Duration> after(ErnieException failed);
    }

    private static boolean worthwhile(Throwable thrown, Duration longestWait) {
        if (!(thrown instanceof ErnieException failed && failed.failure() instanceof RetryLater)) {
            return false;
        }
        Duration asked = asked(thrown);
        return asked == null || asked.compareTo(longestWait) <= 0;
    }

    private static @Nullable Duration asked(Throwable thrown) {
        return thrown instanceof ErnieException failed && failed.failure() instanceof RetryLater later
                ? later.retryAfter()
                : null;
    }

    /** Jitter upwards only where the server named a time: all its clients would come back at once, but none too soon. */
    private static Duration wait(int attempt, @Nullable Duration asked, RandomGenerator random) {
        long backoff = FIRST_WAIT.toMillis() << Math.min(attempt - 1, MOST_DOUBLINGS);
        long jittered = backoff / 2 + random.nextLong(backoff);
        if (asked == null) {
            return Duration.ofMillis(jittered);
        }
        long least = asked.toMillis();
        return Duration.ofMillis(Math.max(least + random.nextLong(least / 10 + 1), jittered));
    }
}
