package io.erniegateway.ernie.http;

import io.erniegateway.ernie.Breaker;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieFailure;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Whether one server still answers for one model, as its last attempts tell. Resilience4j's breaker, and its rest. */
final class Circuit {
    /** After the pause so many attempts decide; the others are still refused. */
    private static final int TRIALS = 3;

    /** While they are under way nobody knows how long they take. */
    private static final Duration TRIALS_TAKE = Duration.ofSeconds(1);

    /** The breaker lets go strictly after its pause. */
    private static final Duration STRICTLY_AFTER = Duration.ofMillis(1);

    private final Ticker ticker;
    private final CircuitBreaker breaker;
    private final AtomicInteger changes = new AtomicInteger();
    private volatile long openUntil;
    private volatile String lastCode = "";

    Circuit(Breaker rule, Ticker ticker) {
        this.ticker = ticker;
        // Half the window must have been filled: the first failure of a process is not all of its attempts.
        int least = Math.max(1, rule.calls() / 2);
        this.breaker = CircuitBreaker.of(
                "ernie",
                CircuitBreakerConfig.custom()
                        .slidingWindow(rule.calls(), least, SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(rule.percent())
                        .waitDurationInOpenState(rule.pause())
                        .permittedNumberOfCallsInHalfOpenState(TRIALS)
                        .clock(ticker.clock())
                        .build());
        breaker.getEventPublisher().onStateTransition(event -> {
            changes.incrementAndGet();
            if (event.getStateTransition().getToState() == State.OPEN) {
                openUntil = ticker.nanos() + rule.pause().toNanos();
            }
        });
    }

    /** For how long nobody is let in; empty if somebody may be. A look only. */
    Optional<Duration> rest() {
        long left = openUntil - ticker.nanos();
        return breaker.getState() == State.OPEN && left >= 0
                ? Optional.of(Duration.ofNanos(left).plus(STRICTLY_AFTER))
                : Optional.empty();
    }

    /**
     * Lets in, or tells when to come again. Who was let in ends with exactly one of the three calls below, and names the
     * {@link #era} of its entry: what an attempt that began minutes ago has met says nothing about the trials of today.
     */
    Optional<Duration> enter() {
        return breaker.tryAcquirePermission() ? Optional.empty() : rest().or(() -> Optional.of(TRIALS_TAKE));
    }

    /** Changes whenever the breaker opens, tries or closes. */
    int era() {
        return changes.get();
    }

    void succeeded(int era) {
        if (era == era()) {
            breaker.onSuccess(0, TimeUnit.NANOSECONDS);
        }
    }

    void failed(int era, ErnieFailure failure) {
        if (era == era()) {
            lastCode = failure.details().code();
            breaker.onError(0, TimeUnit.NANOSECONDS, new ErnieException(failure));
        }
    }

    /** What happened says nothing about the server. */
    void neither(int era) {
        if (era == era()) {
            breaker.releasePermission();
        }
    }

    /** The code of the last failure, for those who are refused because of it. */
    String lastCode() {
        return lastCode;
    }
}
