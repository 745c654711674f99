package io.erniegateway.connectors.simulated.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An answer of the Bot API.
 *
 * @param status HTTP status, equal to {@code error_code} in a refusal
 * @param body the JSON text
 * @param retryAfter for the header of the same name, 0 for none
 */
record ApiReply(int status, String body, long retryAfter) {

    static final JsonMapper MAPPER = JsonMapper.builder().build();

    static ApiReply ok(JsonNode result) {
        ObjectNode body = MAPPER.createObjectNode().put("ok", true);
        body.set("result", result);
        return new ApiReply(200, body.toString(), 0);
    }

    static ApiReply yes() {
        return ok(BooleanNode.TRUE);
    }

    static ApiReply refused(int code, String description) {
        return new ApiReply(code, failure(code, description).toString(), 0);
    }

    static ApiReply tooMany(long seconds) {
        ObjectNode body = failure(429, "Too Many Requests: retry after " + seconds);
        body.putObject("parameters").put("retry_after", seconds);
        return new ApiReply(429, body.toString(), seconds);
    }

    static ApiReply migrated(long to) {
        ObjectNode body = failure(400, "Bad Request: group chat was upgraded to a supergroup chat");
        body.putObject("parameters").put("migrate_to_chat_id", to);
        return new ApiReply(400, body.toString(), 0);
    }

    /** Proxies' pages are not JSON. */
    String contentType() {
        return body.startsWith("{") ? "application/json" : "text/html";
    }

    private static ObjectNode failure(int code, String description) {
        return MAPPER.createObjectNode()
                .put("ok", false)
                .put("error_code", code)
                .put("description", description);
    }
}
