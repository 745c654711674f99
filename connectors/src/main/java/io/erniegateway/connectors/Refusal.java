package io.erniegateway.connectors;

import java.time.Duration;

/** Why a platform did not do what it was asked. Named by what the gateway does next. */
public sealed interface Refusal extends PostOutcome, EditOutcome {

    /** For the operator's log; never holds a secret. */
    String why();

    /** Calls like this one must wait. {@code retryAfter} is the server's own figure, at least one millisecond. */
    record SlowDown(Duration retryAfter, String why) implements Refusal {}

    /** The message or the chat is no longer there, or closed to the bot: stop. */
    record Gone(String why) implements Refusal {}

    /** The platform does not accept this content or this call; the same again would fail again. */
    record Rejected(String why) implements Refusal {}

    /**
     * No usable answer: network failure, time-out or a 5xx.
     *
     * @param mayHaveActed whether the platform may have carried it out all the same
     */
    record Unreachable(String why, boolean mayHaveActed) implements Refusal {}
}
