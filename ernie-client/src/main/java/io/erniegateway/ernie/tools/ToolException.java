package io.erniegateway.ernie.tools;

/**
 * What a function tells the model about its failure, such as "there is no city named Xyzzy". The message is sent to the
 * model, which may repeat it to the user; the text of any other exception is not.
 */
public final class ToolException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With what the model shall read. */
    public ToolException(String message) {
        super(message);
    }

    /** With what the model shall read, and a cause, which it never sees. */
    public ToolException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The message; never null here. */
    String told() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
