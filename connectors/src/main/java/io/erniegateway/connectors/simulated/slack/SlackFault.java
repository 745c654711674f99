package io.erniegateway.connectors.simulated.slack;

import java.time.Duration;

/** Something that goes wrong with the next call of a method. */
public sealed interface SlackFault {

    /** HTTP 429 for this and every later call of the method, until {@code pause} is over. */
    record TooMany(Duration pause) implements SlackFault {}

    /** {@code ok:false} with any code, without anything done. */
    record Refused(String code) implements SlackFault {}

    /** {@code internal_error}, before or after the call was carried out. */
    record Internal(boolean acted) implements SlackFault {}

    /** An HTTP status of 5xx without a Slack answer, nothing done. */
    record Broken(int status) implements SlackFault {}

    /** The connection is cut without an answer, before or after the call was carried out. */
    record Reset(boolean acted) implements SlackFault {}

    /** HTTP 200 with a page instead of JSON, after the call was carried out. */
    record Garbage() implements SlackFault {}

    /** The answer comes late. */
    record Late(Duration by) implements SlackFault {}
}
