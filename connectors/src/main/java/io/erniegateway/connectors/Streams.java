package io.erniegateway.connectors;

import java.time.Duration;

/**
 * A connector whose platform takes a message piece by piece (Slack's {@code chat.startStream}). What was sent cannot be
 * taken back while the stream is open; afterwards the message is edited like any other.
 */
public interface Streams {

    /**
     * Whether a stream may be started in this chat. False once the platform has refused one there for good. Pure memory,
     * asked under a lock.
     */
    boolean streamsIn(ChatId chat);

    /** The largest {@link Rendered#size()} of a streamed message, in the unit of {@link #streamed}. */
    int maxStreamSize();

    /** How long a stream may stay open; the platform closes it by itself soon after. */
    Duration streamLasts();

    /**
     * The form of a piece of Markdown in a streamed message. Its {@linkplain Rendered#text() text} only grows when the
     * Markdown grows: the form of a beginning is a beginning of the form. Such a form may also be given to {@link
     * Connector#post} and {@link Connector#edit}.
     */
    Rendered streamed(String markdown);

    /** Posts a new message that takes more text. Not idempotent, as {@link Connector#post}. */
    PostOutcome start(ChatId chat, Rendered text);

    /** Adds the next piece. Not idempotent: after {@link Refusal.Unreachable} it may be there all the same. */
    EditOutcome append(MessageRef message, String piece);

    /** Adds the last piece, which may be empty, and ends the stream. */
    EditOutcome stop(MessageRef message, String piece);
}
