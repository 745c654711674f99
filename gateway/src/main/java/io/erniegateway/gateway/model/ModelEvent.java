package io.erniegateway.gateway.model;

/** What a model tells while it answers. */
public sealed interface ModelEvent {

    /** The next characters of the answer. */
    record Delta(String text) implements ModelEvent {}

    /** The content check demands that this answer be taken back and the conversation be forgotten. */
    record Retracted() implements ModelEvent {}

    /** The content check allows the answer, but the conversation must be forgotten after it. */
    record LastAllowed() implements ModelEvent {}

    /** The answer is complete; always the last event. */
    record Complete(How how) implements ModelEvent {
        public enum How {
            WHOLE,
            /** Cut by an output limit. */
            TOO_LONG,
            /** Cut or replaced by the content check; not for the history. */
            FILTERED
        }
    }
}
