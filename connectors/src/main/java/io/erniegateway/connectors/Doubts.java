package io.erniegateway.connectors;

/**
 * A connector that can find out whether a message stands although the answer to its post was lost, so that nobody reads
 * an answer twice.
 */
public interface Doubts {

    /** What one look has shown. */
    sealed interface Look {
        /** It stands. */
        record Found(MessageRef message) implements Look {}

        /** It does not stand, as far as can be told. */
        record Missing() implements Look {}

        /** Not where was looked; there is another place to look at, with the next attempt. */
        record Elsewhere() implements Look {}

        /** The platform did not say. */
        record Refused(Refusal refusal) implements Look {}
    }

    /**
     * Looks in one place for a message of this bot. One call of kind {@code LOOK}, or none if there is nowhere to look.
     *
     * @param text what was posted, as it was posted
     * @param attempt 0 for the first look after the post, then 1 more after each {@link Look.Elsewhere}; they end
     */
    Look look(ChatId chat, Rendered text, int attempt);
}
