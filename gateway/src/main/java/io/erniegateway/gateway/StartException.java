package io.erniegateway.gateway;

/** The gateway cannot start. The message is one sentence for the operator that says what to mend. */
final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartException(String message, Throwable cause) {
        super(message, cause);
    }

    StartException(String message) {
        super(message);
    }
}
