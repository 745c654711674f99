package io.erniegateway.gateway.delivery;

import io.erniegateway.connectors.Limits.Call;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long an answer waits after a refusal or a silence of its platform. Guarded by the delivery's lock; nanoseconds. */
final class Patience {
    /** Calls in a row that a platform may leave unanswered: a quarter of an hour with the back-off below. */
    static final int CALLS = 32;

    private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(30);

    private long notBefore;
    private @Nullable Call refused;
    private long refusedUntil;
    private int failures;

    Patience(long now) {
        this.notBefore = now;
        this.refusedUntil = now;
    }

    /** When this call may be sent. A refusal of one kind of call says nothing about another; a silence is one to all. */
    long until(Call call) {
        return call == refused ? Math.max(notBefore, refusedUntil) : notBefore;
    }

    /** When the platform's silence is over. */
    long untilHeard() {
        return notBefore;
    }

    /** Calls of this kind have to wait. */
    void waitFor(Call call, Duration time, long now) {
        long until = now + time.toNanos();
        refusedUntil = call == refused ? Math.max(refusedUntil, until) : until;
        refused = call;
    }

    /** The platform took something. */
    void succeeded() {
        failures = 0;
    }

    /** False if the platform has been silent for too long. */
    boolean backOff(long now) {
        long wait = FIRST_BACK_OFF.toNanos() << Math.min(failures, 10);
        failures++;
        notBefore = now + Math.min(wait, LONGEST_BACK_OFF.toNanos());
        return failures <= CALLS;
    }
}
