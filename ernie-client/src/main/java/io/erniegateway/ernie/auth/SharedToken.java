package io.erniegateway.ernie.auth;

import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.failures.Failures;
import io.erniegateway.ernie.failures.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One token for all callers. However many want it, one fetch serves them all, its failure too.
 *
 * <pre>
 *            fetched                                replaceAt               end
 *   none ───────┼──────────── used ─────────────────────┼──── used if ───────┼──── none
 *                                                       │  no other is to be had
 *                                                       └► fetched by the next caller
 *   refused by the server ──► none
 * </pre>
 */
final class SharedToken {
    private static final Logger LOG = LoggerFactory.getLogger(SharedToken.class);

    /** A token is replaced so long before its end, but never before nine tenths of its life. */
    private static final Duration LONGEST_MARGIN = Duration.ofMinutes(5);

    private static final int MARGIN_PARTS = 10;

    /** While the old token still works, a token endpoint that fails is not asked at every call. */
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(10);

    /** So late may a wait end that was cancelled; a token that comes is taken at once. */
    private static final Duration LOOK_UP = Duration.ofMillis(50);

    /** A fetched token, and how long it works from now on. */
    record Fetched(String text, Duration life) {}

    private record Token(String text, Instant replaceAt, Instant end) {}

    private final String name;
    private final Supplier<Fetched> source;
    private final InstantSource clock;
    private final Failures failures;
    private final Secrets secrets;

    private final Object lock = new Object();
    private @Nullable Token current;
    private @Nullable FutureTask<Token> fetching;

    /**
     * @param name of the thread that fetches
     * @param source fetches one; throws an {@link ErnieException} if there is none to be had
     */
    SharedToken(String name, Supplier<Fetched> source, InstantSource clock, Failures failures, Secrets secrets) {
        this.name = name;
        this.source = source;
        this.clock = clock;
        this.failures = failures;
        this.secrets = secrets;
    }

    /**
     * The token; waits for it if there is none that is fresh.
     *
     * @param cancelled ends the wait, not the fetch: others may wait for the same token
     */
    String text(CountDownLatch cancelled) {
        FutureTask<Token> task;
        synchronized (lock) {
            if (current != null && clock.instant().isBefore(current.replaceAt())) {
                return current.text();
            }
            if (fetching == null) {
                fetching = new FutureTask<>(this::fetchAndKeep);
                // On a thread of its own: a caller who is interrupted leaves the others their token.
                Thread.ofVirtual().name(name).start(fetching);
            }
            task = fetching;
        }
        return await(task, cancelled).text();
    }

    /** Drops the token if it still is the one that was refused; another caller may have replaced it meanwhile. */
    void refused(@Nullable String text) {
        synchronized (lock) {
            if (current != null && current.text().equals(text)) {
                current = null;
            }
        }
    }

    private Token await(FutureTask<Token> task, CountDownLatch cancelled) {
        try {
            while (cancelled.getCount() > 0) {
                if (task.isDone()) {
                    return task.get();
                }
                awaitAWhile(task);
            }
            throw new ErnieException(failures.lasting(0, "closed", "closed while it waited for an access token", ""));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ErnieException(
                    failures.lasting(0, "interrupted", "interrupted while waiting for an access token", ""), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ErnieException refused) {
                // A new exception for each caller: its stack shows who asked.
                throw new ErnieException(refused.failure(), refused);
            }
            throw new IllegalStateException("fetching an access token failed", e.getCause());
        }
    }

    private static void awaitAWhile(FutureTask<Token> task) throws InterruptedException, ExecutionException {
        try {
            Token unused = task.get(LOOK_UP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // Not yet there.
        }
    }

    private Token fetchAndKeep() {
        Token fetched = null;
        try {
            fetched = fetch();
            return fetched;
        } catch (ErnieException e) {
            return keepOld(e);
        } finally {
            synchronized (lock) {
                if (fetched != null) {
                    current = fetched;
                }
                fetching = null;
            }
        }
    }

    private Token fetch() {
        Fetched fetched = source.get();
        secrets.learn(fetched.text());
        Duration part = fetched.life().dividedBy(MARGIN_PARTS);
        Duration margin = part.compareTo(LONGEST_MARGIN) < 0 ? part : LONGEST_MARGIN;
        Instant end = clock.instant().plus(fetched.life());
        return new Token(fetched.text(), end.minus(margin), end);
    }

    /** Throws if the old token has ended, or was refused while a new one was being fetched. */
    private Token keepOld(ErnieException failed) {
        synchronized (lock) {
            Instant now = clock.instant();
            if (current == null || !now.isBefore(current.end())) {
                current = null;
                throw failed;
            }
            Instant again = now.plus(PAUSE_AFTER_FAILURE);
            Instant end = current.end();
            Token kept = new Token(current.text(), again.isBefore(end) ? again : end, end);
            current = kept;
            LOG.warn(
                    "no new token yet, the old one is used: {}",
                    failed.failure().details().message());
            return kept;
        }
    }
}
