package io.erniegateway.ernie.http;

import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieFailure;
import io.erniegateway.ernie.failures.Failures;
import io.erniegateway.ernie.request.Question;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Supplier;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls that are answered at once. Nothing of an answer is handed out before all of it was read and understood, so
 * whatever may pass is tried again, a half or unreadable answer too. Thread-safe.
 */
final class JsonCalls {
    private final Asker asker;
    private final JsonAttempt attempt;
    private final Failures failures;
    private final Patience patience;
    private final Sleeper sleeper;

    private final Set<Run> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    JsonCalls(Asker asker, JsonAttempt attempt, Failures failures, Patience patience, Sleeper sleeper) {
        this.asker = asker;
        this.attempt = attempt;
        this.failures = failures;
        this.patience = patience;
        this.sleeper = sleeper;
    }

    /**
     * Begins what may take several calls.
     *
     * @throws IllegalStateException if the client is closed
     */
    Run begin() {
        Run run = new Run();
        running.add(run);
        if (closed) {
            run.close();
            throw new IllegalStateException("the client is closed");
        }
        return run;
    }

    /** Cancels all that run, and lets nothing begin. */
    void close() {
        closed = true;
        running.forEach(Run::cancel);
    }

    /** One operation of a caller, on the caller's thread; {@link #cancel} alone is for any thread. */
    final class Run implements AutoCloseable {
        private final CountDownLatch cancelled = new CountDownLatch(1);
        private volatile @Nullable Call call;

        private Run() {}

        /**
         * Asks for something.
         *
         * @param reader throws an {@link ErnieException} if the answer is none; judged like a server's failure
         */
        <T> T get(HttpUrl url, Function<Answered, T> reader) {
            return persist(url, null, Optional::empty, reader);
        }

        /** Sends something, and reads the answer. */
        <T> T post(HttpUrl url, byte[] body, Function<Answered, T> reader) {
            return persist(url, body, Optional::empty, reader);
        }

        /** Sends a question, which is made shorter once if the server finds it too long. */
        <T> T post(HttpUrl url, Question question, Function<Answered, T> reader) {
            return persist(url, question.body(), question::shorter, reader);
        }

        private <T> T persist(
                HttpUrl url,
                byte @Nullable [] first,
                Supplier<Optional<Question>> shorter,
                Function<Answered, T> reader) {
            Attempts attempts = new Attempts(asker, patience.begin(), sleeper, cancelled);
            byte[] body = first;
            boolean shortened = false;
            while (true) {
                Request signed = null;
                try {
                    // Fetching a token may fail as a call does, and is worth the same patience.
                    signed = asker.call(url, body);
                    return attempt(signed, reader);
                } catch (ErnieException e) {
                    failIfCancelled();
                    Optional<Question> less = shortened || !(e.failure() instanceof ErnieFailure.Shorten)
                            ? Optional.empty()
                            : shorter.get();
                    if (less.isPresent()) {
                        shortened = true;
                        body = less.get().body();
                    } else {
                        attempts.another(e, signed);
                        failIfCancelled();
                    }
                }
            }
        }

        @Override
        public void close() {
            running.remove(this);
        }

        void cancel() {
            cancelled.countDown();
            Call begun = call;
            if (begun != null) {
                begun.cancel();
            }
        }

        /**
         * One attempt, from before its first byte is sent until its answer was understood: whatever counts, limits or
         * forbids attempts goes around this.
         */
        private <T> T attempt(Request signed, Function<Answered, T> reader) {
            return reader.apply(attempt.send(signed, this::begun));
        }

        private void begun(Call started) {
            call = started;
            if (cancelled.getCount() == 0) {
                started.cancel();
            }
        }

        private void failIfCancelled() {
            if (cancelled.getCount() == 0) {
                throw new ErnieException(failures.lasting(0, "closed", "the client was closed meanwhile", ""));
            }
        }
    }
}
