package io.erniegateway.ernie.failures;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Recognises a refusal in a JSON object, whatever status or content type it came with: V1 sends {@code error_code} with
 * HTTP 200 although a stream was asked for, and Baidu's own mock does the same with V2's {@code error} object.
 */
public final class RefusalReader {
    private RefusalReader() {}

    /** The refusal that the object holds, or empty if it is something else, such as a piece of an answer. */
    public static Optional<Refusal> read(int status, JsonNode body) {
        if (!body.isObject()) {
            return Optional.empty();
        }
        JsonNode error = body.path("error");
        if (error.isObject()) {
            return Optional.of(fromErrorObject(status, body, error));
        }
        if (error.isTextual() && !error.textValue().isEmpty()) {
            // OAuth: {"error":"invalid_client","error_description":"unknown client id"}
            return Optional.of(new Refusal(
                    status, error.textValue(), "", text(body, "error_description"), text(body, "request_id")));
        }
        String v1Code = text(body, "error_code");
        if (!v1Code.isEmpty() && !v1Code.equals("0")) {
            return Optional.of(new Refusal(status, v1Code, "", text(body, "error_msg"), text(body, "id")));
        }
        return fromFlatObject(status, body);
    }

    /**
     * The refusal of Baidu's gateway, which stands before the services and checks signatures; it speaks in headers.
     *
     * @param code {@code X-Bce-Error-Code}
     * @param message {@code X-Bce-Error-Message}
     */
    public static Optional<Refusal> ofGateway(int status, @Nullable String code, @Nullable String message) {
        return code == null || code.isBlank()
                ? Optional.empty()
                : Optional.of(new Refusal(status, code.strip(), "", message == null ? "" : message, ""));
    }

    private static Refusal fromErrorObject(int status, JsonNode body, JsonNode error) {
        // Self-hosted servers send null or the HTTP status as the code.
        String code = text(error, "code");
        return new Refusal(status, code, text(error, "type"), text(error, "message"), text(body, "id"));
    }

    /** {@code {"code":"AccessDenied","message":…,"requestId":…}} of Baidu's gateway; {@code {"object":"error",…}} of vLLM. */
    private static Optional<Refusal> fromFlatObject(int status, JsonNode body) {
        boolean answer = body.has("choices") || body.has("result");
        boolean flat = (body.has("message") && body.has("code"))
                || text(body, "object").equals("error");
        if (flat && !answer) {
            return Optional.of(new Refusal(
                    status, text(body, "code"), text(body, "type"), text(body, "message"), text(body, "requestId")));
        }
        if (body.has("detail") && !answer) {
            return Optional.of(new Refusal(status, "", "", body.path("detail").toString(), ""));
        }
        return Optional.empty();
    }

    private static String text(JsonNode object, String field) {
        JsonNode value = object.path(field);
        return value.isValueNode() && !value.isNull() ? value.asText() : "";
    }
}
