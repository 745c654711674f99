package io.erniegateway.config;

/**
 * A token or key. Its text form is masked, so that a record that holds one can be logged.
 *
 * @param value the secret itself, empty if none was given
 */
public record Secret(String value) {
    public static final Secret EMPTY = new Secret("");

    public boolean isEmpty() {
        return value.isEmpty();
    }

    /** Says only whether there is one. */
    @Override
    public String toString() {
        return isEmpty() ? "(empty)" : "***";
    }
}
