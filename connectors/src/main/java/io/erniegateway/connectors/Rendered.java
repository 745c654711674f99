package io.erniegateway.connectors;

/**
 * A piece of an answer in the form a platform shows. Two equal values look the same, so nothing need be sent.
 *
 * @param text the visible characters, without markup
 * @param markup the platform's own form (Telegram entities, Slack blocks, HTML), opaque outside the connector; empty
 *     means the characters alone, which every connector accepts
 * @param size how much of {@link Limits#maxSize()} it takes, in the platform's unit
 */
public record Rendered(String text, String markup, int size) {

    /** The same characters without any markup: what is sent when a platform does not take the formatted form. */
    public Rendered plain() {
        return new Rendered(text, "", size);
    }

    /** Whether there is nothing to see; platforms refuse such messages. */
    public boolean isBlank() {
        return text.isBlank();
    }
}
