package io.erniegateway.connectors.simulated.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/** What goes back over the wire. */
sealed interface Reply {

    /**
     * An answer.
     *
     * @param retryAfter seconds, 0 for no such header
     * @param late how long it is held back
     */
    record Told(int status, String type, String body, long retryAfter, Duration late) implements Reply {

        static Told json(ObjectNode answer) {
            return new Told(200, "application/json; charset=utf-8", answer.toString(), 0, Duration.ZERO);
        }

        /** A page that some server on the way made up. */
        static Told page(int status, String html) {
            return new Told(status, "text/html", html, 0, Duration.ZERO);
        }

        Told refusedFor(long seconds) {
            return new Told(429, type, body, seconds, late);
        }

        Told later(Duration by) {
            return new Told(status, type, body, retryAfter, by);
        }
    }

    /** No answer: the connection is cut. */
    record Cut() implements Reply {}
}
