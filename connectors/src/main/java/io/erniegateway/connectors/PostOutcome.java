package io.erniegateway.connectors;

/** What became of {@link Connector#post}. */
public sealed interface PostOutcome permits PostOutcome.Posted, Refusal {
    record Posted(MessageRef message) implements PostOutcome {}
}
