package io.erniegateway.connectors;

/** A bot that cannot start. The message is one sentence for the operator and never holds a secret. */
public final class ConnectorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConnectorException(String message) {
        super(message);
    }

    public ConnectorException(String message, Throwable cause) {
        super(message, cause);
    }
}
