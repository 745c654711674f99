package io.erniegateway.ernie.simulated;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.erniegateway.ernie.Dialect;

/**
 * A refusal before any answer, worded as the dialect words it.
 *
 * @param status V1 refuses with 200
 * @param type V2's and OpenAI's {@code error.type}
 */
record Rejected(int status, String code, String message, String type) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Rejected v1(int code, String message) {
        return new Rejected(200, Integer.toString(code), message, "");
    }

    static Rejected v2(int status, String code, String message) {
        String type = switch (status) {
            case 403 -> "access_denied";
            case 429 -> "rate_limit_exceeded";
            case 500 -> "Internal_error";
            default -> "invalid_request_error";
        };
        // 403 system_unsafe and its like, but also 400 image_url_unsafe (D:Om9b4yj3w).
        return new Rejected(status, code, message, code.endsWith("_unsafe") ? "unsafe_request" : type);
    }

    static Rejected openAi(int status, String type, String message) {
        return new Rejected(status, Integer.toString(status), message, type);
    }

    /** What a script wants refused, in a dialect's words. */
    static Rejected scripted(Dialect dialect, int status, String code, String message) {
        return switch (dialect.api()) {
            case QIANFAN_V1 -> new Rejected(status, code, message, "");
            case QIANFAN_V2, OPENAI -> v2(status, code, message);
        };
    }

    String body(Dialect dialect, String requestId) {
        ObjectNode body = JSON.createObjectNode();
        switch (dialect.api()) {
            case QIANFAN_V1 -> {
                if (code.matches("\\d{1,9}")) {
                    body.put("error_code", Integer.parseInt(code));
                } else {
                    body.put("error_code", code);
                }
                body.put("error_msg", message).put("id", requestId);
            }
            case QIANFAN_V2 -> {
                body.putObject("error")
                        .put("code", code)
                        .put("message", message)
                        .put("type", type);
                body.put("id", requestId);
            }
            case OPENAI -> {
                ObjectNode error = body.putObject("error");
                error.put("message", message).put("type", type).putNull("param");
                if (code.matches("\\d{1,9}")) {
                    error.put("code", Integer.parseInt(code));
                } else {
                    error.put("code", code);
                }
            }
        }
        return body.toString();
    }
}
