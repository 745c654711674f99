package io.erniegateway.connectors;

/** What became of {@link Connector#edit}. */
public sealed interface EditOutcome permits EditOutcome.Applied, EditOutcome.Unchanged, Refusal {
    record Applied() implements EditOutcome {}

    /** The message looks like this already. */
    record Unchanged() implements EditOutcome {}
}
