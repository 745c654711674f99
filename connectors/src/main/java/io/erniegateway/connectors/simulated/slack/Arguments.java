package io.erniegateway.connectors.simulated.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a call, out of a form or JSON.
 *
 * @param problem Slack's error code if the body cannot be read, else empty
 */
record Arguments(Map<String, String> values, String problem) {

    /** Nothing that an app may say is longer. */
    static final int MAX_BODY = 1024 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper();

    static Arguments of(@Nullable String type, byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        if (type == null || type.isEmpty()) {
            return new Arguments(Map.of(), body.length == 0 ? "" : "missing_post_type");
        }
        if (type.startsWith("application/x-www-form-urlencoded")) {
            return form(text);
        }
        return type.startsWith("application/json") ? json(text) : new Arguments(Map.of(), "invalid_post_type");
    }

    private static Arguments form(String text) {
        Map<String, String> values = new HashMap<>();
        for (String field : text.split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                values.put(
                        URLDecoder.decode(field.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return new Arguments(values, "");
    }

    private static Arguments json(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            if (!json.isObject()) {
                return new Arguments(Map.of(), "json_not_object");
            }
            Map<String, String> values = new HashMap<>();
            json.properties()
                    .forEach(field -> values.put(
                            field.getKey(),
                            field.getValue().isValueNode()
                                    ? field.getValue().asText()
                                    : field.getValue().toString()));
            return new Arguments(values, "");
        } catch (JsonProcessingException e) {
            return new Arguments(Map.of(), "invalid_json");
        }
    }
}
