package io.erniegateway.ernie.http;

import io.erniegateway.ernie.ErnieEvent.Usage;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieFailure;
import io.erniegateway.ernie.ErnieFailure.RetryLater;
import io.erniegateway.ernie.ErnieSettings;
import io.erniegateway.ernie.Quota;
import io.erniegateway.ernie.failures.Failures;
import io.erniegateway.ernie.http.Allowance.Booking;
import io.erniegateway.ernie.http.Allowance.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What every attempt passes before it is sent, of a stream or of a single answer: the server's breaker, then the minute's
 * allowance.
 *
 * <pre>{@code
 * try (Gate.Pass pass = gate.enter(model, question.tokens(), cancelled)) {   // throws if it may not be sent
 *     … send …
 *     pass.told(quota);          // whenever headers came, be it with a refusal
 *     pass.succeeded();          // the server answers: the first event, the whole JSON
 *     pass.used(usage);          // if it told
 * } catch (…) { pass.failed(failure) before it is closed; closed without a word it counts as neither }
 * }</pre>
 *
 * <p>The breaker is looked at first, so that nobody waits in line for a server that is down, and entered last, so that
 * nobody holds one of its few trials while waiting. What the gate throws is not to be retried: it has waited as long as
 * the settings allow. Thread-safe.
 */
final class Gate {
    /** An account uses a handful of models. */
    private static final int MOST_MODELS = 100;

    private final ErnieSettings settings;
    private final Breakers breakers;
    private final Sleeper sleeper;
    private final Failures failures;
    private final Recent<String, Allowance> allowances;

    Gate(ErnieSettings settings, Breakers breakers, Ticker ticker, Sleeper sleeper, Failures failures) {
        this.settings = settings;
        this.breakers = breakers;
        this.sleeper = sleeper;
        this.failures = failures;
        this.allowances =
                new Recent<>(MOST_MODELS, model -> new Allowance(settings.load(), settings.dialect(), ticker));
    }

    /**
     * Waits until the attempt may be sent.
     *
     * @param tokens of input, by estimate
     * @param cancelled ends the wait
     * @throws ErnieException RetryLater {@code breaker_open} or {@code local_rate_limit}, with the time to wait; GiveUp
     *     {@code closed} or {@code interrupted} if the wait was ended
     */
    Pass enter(String model, long tokens, CountDownLatch cancelled) {
        Circuit circuit = breakers.of(settings.baseUrl(), model, settings.breaker());
        refuse(circuit, circuit.rest());
        Allowance allowance = allowances.get(model);
        Booking booking = await(allowance, tokens, cancelled);
        Optional<Duration> rest = circuit.enter();
        if (rest.isPresent()) {
            allowance.giveBack(booking);
            refuse(circuit, rest);
        }
        return new Pass(circuit, allowance, booking);
    }

    private void refuse(Circuit circuit, Optional<Duration> rest) {
        if (rest.isPresent()) {
            String text = "too many of the last attempts failed, lastly with " + circuit.lastCode()
                    + "; the server is left alone for another " + rest.get().toMillis() + " ms";
            throw new ErnieException(failures.notBefore(rest.get(), "breaker_open", text));
        }
    }

    private Booking await(Allowance allowance, long tokens, CountDownLatch cancelled) {
        return switch (allowance.book(tokens, settings.longestRetryWait())) {
            case Outcome.Full(Duration wait) -> {
                String text = "the minute's allowance is used up (" + allowance + "); there is room again in "
                        + wait.toMillis() + " ms, which is longer than longestRetryWait";
                throw new ErnieException(failures.notBefore(wait, "local_rate_limit", text));
            }
            case Outcome.Booked(Booking booking, Duration wait) -> {
                if (wait.isPositive()) {
                    sleep(wait, cancelled, () -> allowance.giveBack(booking));
                }
                yield booking;
            }
        };
    }

    private void sleep(Duration wait, CountDownLatch cancelled, Runnable whenEnded) {
        try {
            sleeper.sleep(wait, cancelled);
        } catch (InterruptedException e) {
            whenEnded.run();
            Thread.currentThread().interrupt();
            throw new ErnieException(failures.lasting(0, "interrupted", "the waiting thread was interrupted", ""));
        }
        if (cancelled.getCount() == 0) {
            whenEnded.run();
            throw new ErnieException(failures.lasting(0, "closed", "closed while it waited for its minute", ""));
        }
    }

    /** One attempt under way. Says what became of it, once; more words are ignored. Thread-safe. */
    static final class Pass implements AutoCloseable {
        private final Circuit circuit;
        private final int era;
        private final Allowance allowance;
        private final Booking booking;
        private final AtomicBoolean settled = new AtomicBoolean();

        private Pass(Circuit circuit, Allowance allowance, Booking booking) {
            this.circuit = circuit;
            this.era = circuit.era();
            this.allowance = allowance;
            this.booking = booking;
        }

        /** What the headers said about the minute. */
        void told(Quota quota) {
            allowance.told(quota);
        }

        /** The server answers. */
        void succeeded() {
            if (settled.compareAndSet(false, true)) {
                circuit.succeeded(era);
            }
        }

        /** True numbers instead of the estimate. */
        void used(Usage usage) {
            allowance.used(booking, usage);
        }

        /** What the server, or the way to it, had to say instead of an answer. */
        void failed(ErnieFailure failure) {
            boolean limited = Failures.rateLimited(failure);
            if (limited && failure instanceof RetryLater(var details, Duration wait) && wait != null) {
                allowance.closedFor(wait);
            }
            if (failure instanceof RetryLater && !limited) {
                if (settled.compareAndSet(false, true)) {
                    circuit.failed(era, failure);
                    // Nothing has reached the server, so it has counted nothing.
                    if (failure.details().code().equals("unreachable")) {
                        allowance.giveBack(booking);
                    }
                }
            } else {
                close();
            }
        }

        /** The server was not asked after all. */
        void notSent() {
            if (settled.compareAndSet(false, true)) {
                circuit.neither(era);
                allowance.giveBack(booking);
            }
        }

        /** Over. Whoever has heard nothing until now learns nothing. */
        @Override
        public void close() {
            if (settled.compareAndSet(false, true)) {
                circuit.neither(era);
            }
        }
    }
}
