package io.erniegateway.ernie.sse;

/** A place of a {@link Template} where the lines of one stream differ, by what stands there. */
enum Hole {
    TEXT(true),
    REASONING(true),
    PROMPT(false),
    COMPLETION(false),
    TOTAL(false),
    /** A number that no event depends on. */
    ANY_NUMBER(false);

    private final boolean words;

    Hole(boolean words) {
        this.words = words;
    }

    /** Whether a string stands there; else a whole number that is not negative. */
    boolean words() {
        return words;
    }
}
