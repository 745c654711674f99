package io.erniegateway.ernie;

/**
 * How much a model reads at once. Both limits count the persona, all turns and the functions; a limit of 0 is not known
 * and not kept.
 *
 * @param tokens most tokens of input
 * @param characters most characters of input, for V1's older models (facts: both apply)
 */
public record Window(int tokens, int characters) {
    /** Nothing is trimmed; the server says when it is too much, and then the older half is left out once. */
    public static final Window UNKNOWN = new Window(0, 0);

    public Window {
        if (tokens < 0 || characters < 0) {
            throw new IllegalArgumentException("window: tokens and characters must be 0 or more");
        }
    }
}
