package io.erniegateway.gateway.store;

/** The database cannot be used. The message is one sentence for the operator. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
