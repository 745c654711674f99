package io.erniegateway.ernie;

/** Whether the model may, must or must not call functions. */
public sealed interface ToolChoice {
    /** The model decides; the default of every server. */
    record Auto() implements ToolChoice {}

    /** No call in this answer. V1 has no word for it: the functions are then not sent at all. */
    record None() implements ToolChoice {}

    /** At least one call. V1 has no word for it either: it is refused there. */
    record Required() implements ToolChoice {}

    /** A call of this function; in V1 only the 3.5 family understands it. */
    record Named(String name) implements ToolChoice {}
}
