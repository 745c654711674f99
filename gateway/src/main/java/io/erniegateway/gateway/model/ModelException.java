package io.erniegateway.gateway.model;

/** A model that does not answer, or not to the end. */
public final class ModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Named by what the reader is told. */
    public enum Trouble {
        /** Overload, network, a cut stream: trying again helps. */
        BUSY,
        /** The conversation is longer than the model takes. */
        TOO_LONG,
        /** The content check refused; the conversation is to be forgotten. */
        UNSAFE,
        /** Only the operator can mend it. */
        BROKEN
    }

    private final Trouble trouble;
    private final String code;

    /**
     * A failure.
     *
     * @param code the server's code, for metrics
     * @param message for the operator's log; without secrets
     */
    public ModelException(Trouble trouble, String code, String message, Throwable cause) {
        super(message, cause);
        this.trouble = trouble;
        this.code = code;
    }

    public Trouble trouble() {
        return trouble;
    }

    public String code() {
        return code;
    }
}
