package io.erniegateway.ernie.failures;

/**
 * What a server said when it refused, as it said it: not yet judged, not yet free of secrets.
 *
 * @param status HTTP status; 200 for Baidu's errors that come as a success
 * @param code {@code error_code} (V1), {@code error.code} (V2) or a name of the transport's trouble; empty if none
 * @param type {@code error.type} (V2, OpenAI), else empty
 * @param message the server's text
 * @param requestId {@code as-…}, else empty
 */
public record Refusal(int status, String code, String type, String message, String requestId) {

    /** A refusal of which only the status and a text are known. */
    public static Refusal plain(int status, String message) {
        return new Refusal(status, "", "", message, "");
    }

    /** The same with this id if it has none of its own: an error inside a stream seldom repeats it. */
    public Refusal orWithId(String id) {
        return requestId.isEmpty() ? new Refusal(status, code, type, message, id) : this;
    }
}
