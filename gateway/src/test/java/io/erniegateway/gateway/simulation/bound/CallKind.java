package io.erniegateway.gateway.simulation.bound;

/** What a call is to its message: platforms count these apart. */
public enum CallKind {
    /** The first call of a message: a post, the start of a stream. A message of one call has this one only. */
    FIRST,
    /** A call in between: an edit, an append. */
    LATER,
    /** The call that shows the end of a message and is not its first: an edit too, or the stop of a stream. */
    LAST
}
