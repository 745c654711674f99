package io.erniegateway.connectors;

/** What became of {@link Connector#edit}, {@link Streams#append} and {@link Streams#stop}. */
public sealed interface EditOutcome
        permits EditOutcome.Applied, EditOutcome.Unchanged, EditOutcome.StreamOver, EditOutcome.StreamOpen, Refusal {
    record Applied() implements EditOutcome {}

    /** The message looks like this already. */
    record Unchanged() implements EditOutcome {}

    /**
     * The message stands, but takes no more pieces (Slack closes a stream by itself after some minutes); nothing of this
     * call was shown. From now on it is an ordinary message that can be edited.
     *
     * @param byReader whether the reader stopped it: then no more is wanted
     */
    record StreamOver(boolean byReader) implements EditOutcome {}

    /** An edit of a message that is still a stream, left open by an earlier process: it has to be stopped first. */
    record StreamOpen() implements EditOutcome {}
}
