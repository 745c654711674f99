package io.erniegateway.ernie;

/** Carries an {@link ErnieFailure} through an iteration. Its message never holds a key, a token or a query string. */
public final class ErnieException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ErnieFailure failure;

    public ErnieException(ErnieFailure failure) {
        super(failure.toString());
        this.failure = failure;
    }

    public ErnieException(ErnieFailure failure, Throwable cause) {
        super(failure.toString(), cause);
        this.failure = failure;
    }

    public ErnieFailure failure() {
        return failure;
    }
}
