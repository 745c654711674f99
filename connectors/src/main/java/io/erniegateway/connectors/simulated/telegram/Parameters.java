package io.erniegateway.connectors.simulated.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A call's parameters, from the query, a form or a JSON body. As in the official server all may be given as strings, JSON
 * ones too; what comes as JSON is not written out only to be read again.
 */
final class Parameters {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");

    private static final JsonNode NONE = TextNode.valueOf("");

    private final Map<String, JsonNode> values;

    private Parameters(Map<String, JsonNode> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * What a call brings.
     *
     * @param contentType the body's, null if there is none
     * @throws ApiRefusal if the body cannot be read
     */
    static Parameters of(Map<String, String> query, @Nullable String contentType, byte[] body) {
        Map<String, JsonNode> values = new HashMap<>();
        query.forEach((name, value) -> values.put(name, TextNode.valueOf(value)));
        if (body.length == 0 || contentType == null) {
            return new Parameters(values);
        }
        if (contentType.startsWith("application/json")) {
            addJson(body, values);
        } else if (contentType.startsWith("application/x-www-form-urlencoded")) {
            addForm(new String(body, StandardCharsets.UTF_8), values);
        } else {
            throw ApiRefusal.badRequest("the simulator takes JSON and forms, not " + contentType);
        }
        return new Parameters(values);
    }

    private static void addJson(byte[] body, Map<String, JsonNode> values) {
        try {
            JsonNode json = ApiReply.MAPPER.readTree(new String(body, StandardCharsets.UTF_8));
            if (!json.isObject()) {
                throw ApiRefusal.badRequest("can't parse request JSON object");
            }
            json.properties().forEach(field -> {
                JsonNode value = field.getValue();
                if (!value.isNull()) {
                    values.put(field.getKey(), value);
                }
            });
        } catch (JsonProcessingException e) {
            throw ApiRefusal.badRequest("can't parse request JSON object");
        }
    }

    private static void addForm(String form, Map<String, JsonNode> values) {
        for (String pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(decoded(pair.substring(0, equals)), TextNode.valueOf(decoded(pair.substring(equals + 1))));
            }
        }
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part, StandardCharsets.UTF_8);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    String text(String name) {
        JsonNode value = values.getOrDefault(name, NONE);
        return value.isTextual() ? value.textValue() : value.toString();
    }

    /** Zero if it is missing or no number, as the official server takes it. */
    long number(String name) {
        String value = text(name);
        return NUMBER.matcher(value).matches() ? Long.parseLong(value) : 0;
    }

    boolean flag(String name) {
        String value = text(name);
        return value.equalsIgnoreCase("true") || value.equals("1") || value.equalsIgnoreCase("yes");
    }

    /** A JSON value, or a missing node. */
    JsonNode json(String name) {
        JsonNode value = values.getOrDefault(name, NONE);
        if (!value.isTextual()) {
            return value;
        }
        try {
            return ApiReply.MAPPER.readTree(value.textValue());
        } catch (JsonProcessingException e) {
            throw ApiRefusal.badRequest("can't parse " + name + " JSON object");
        }
    }
}
