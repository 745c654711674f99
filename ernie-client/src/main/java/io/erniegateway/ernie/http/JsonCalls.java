package io.erniegateway.ernie.http;

import io.erniegateway.ernie.ErnieEvent.Usage;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieFailure;
import io.erniegateway.ernie.failures.Failures;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Supplier;
import okhttp3.Call;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls that are answered at once. Nothing of an answer is handed out before all of it was read and understood, so
 * whatever may pass is tried again, a half or unreadable answer too. Thread-safe.
 */
final class JsonCalls {
    private final Places places;
    private final Gate gate;
    private final Asker asker;
    private final JsonAttempt attempt;
    private final Failures failures;
    private final Patience patience;
    private final Sleeper sleeper;

    private final Set<Run> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    JsonCalls(
            Places places,
            Gate gate,
            Asker asker,
            JsonAttempt attempt,
            Failures failures,
            Patience patience,
            Sleeper sleeper) {
        this.places = places;
        this.gate = gate;
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
     * @throws ErnieException {@code too_many_open} if so much runs already
     */
    Run begin() {
        Run run = new Run(places.take());
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
        private final Places.Place place;
        private volatile @Nullable Call call;

        private Run(Places.Place place) {
            this.place = place;
        }

        /**
         * Asks, and reads the answer.
         *
         * @param reader throws an {@link ErnieException} if the answer is none; judged like a server's failure
         */
        <T> T call(Ask ask, Function<Answered, T> reader) {
            return call(ask, Optional::empty, reader);
        }

        /**
         * Asks, and once more for less if the server finds it too long.
         *
         * @param shorter empty if nothing can be left out
         */
        <T> T call(Ask asked, Supplier<Optional<Ask>> shorter, Function<Answered, T> reader) {
            Attempts attempts = new Attempts(asker, patience.begin(), sleeper, cancelled);
            Ask ask = asked;
            boolean shortened = false;
            while (true) {
                Request signed = null;
                // What the gate refuses is not tried again: it has waited already.
                try (Gate.Pass pass = gate.enter(ask.model(), ask.tokens(), cancelled)) {
                    try {
                        signed = signed(ask, pass);
                        return attempt(signed, pass, reader);
                    } catch (ErnieException e) {
                        failIfCancelled();
                        pass.told(e.failure().details().quota());
                        pass.failed(e.failure());
                        boolean tooLong = !shortened && e.failure() instanceof ErnieFailure.Shorten;
                        Optional<Ask> less = tooLong ? shorter.get() : Optional.empty();
                        if (less.isPresent()) {
                            shortened = true;
                            ask = less.get();
                        } else {
                            attempts.another(e, signed);
                            failIfCancelled();
                        }
                    }
                }
            }
        }

        @Override
        public void close() {
            running.remove(this);
            place.close();
        }

        void cancel() {
            cancelled.countDown();
            Call begun = call;
            if (begun != null) {
                begun.cancel();
            }
        }

        /** If there is no token to be had, that is no fault of the server that was to be asked. */
        private Request signed(Ask ask, Gate.Pass pass) {
            try {
                return asker.call(ask.url(), ask.body(), cancelled);
            } catch (ErnieException e) {
                pass.notSent();
                throw e;
            }
        }

        /** One attempt, from its first byte until its answer was understood. */
        private <T> T attempt(Request signed, Gate.Pass pass, Function<Answered, T> reader) {
            Answered answered = attempt.send(signed, this::begun);
            pass.told(answered.quota());
            T read = reader.apply(answered);
            pass.succeeded();
            Usage usage = JsonFields.usage(answered.body(), true);
            if (usage != null) {
                pass.used(usage);
            }
            return read;
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
