package io.erniegateway.connectors.simulated.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A call's parameters, from the query, a form or a JSON body. As in the official server all are strings first. */
final class Parameters {
    private final Map<String, String> values;

    Parameters(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** @throws ApiRefusal if the body cannot be read */
    static Parameters of(HttpServerExchange exchange, byte[] body) {
        Map<String, String> values = new HashMap<>();
        exchange.getQueryParameters().forEach((name, all) -> values.put(name, all.getFirst()));
        String type = exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE);
        if (body.length == 0 || type == null) {
            return new Parameters(values);
        }
        if (type.startsWith("application/json")) {
            addJson(body, values);
        } else if (type.startsWith("application/x-www-form-urlencoded")) {
            addForm(new String(body, StandardCharsets.UTF_8), values);
        } else {
            throw ApiRefusal.badRequest("the simulator takes JSON and forms, not " + type);
        }
        return new Parameters(values);
    }

    private static void addJson(byte[] body, Map<String, String> values) {
        try {
            JsonNode json = ApiReply.MAPPER.readTree(new String(body, StandardCharsets.UTF_8));
            if (!json.isObject()) {
                throw ApiRefusal.badRequest("can't parse request JSON object");
            }
            json.properties().forEach(field -> {
                JsonNode value = field.getValue();
                if (!value.isNull()) {
                    values.put(field.getKey(), value.isTextual() ? value.textValue() : value.toString());
                }
            });
        } catch (JsonProcessingException e) {
            throw ApiRefusal.badRequest("can't parse request JSON object");
        }
    }

    private static void addForm(String form, Map<String, String> values) {
        for (String pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
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
        return values.getOrDefault(name, "");
    }

    /** Zero if it is missing or no number, as the official server takes it. */
    long number(String name) {
        String value = text(name);
        return value.matches("-?[0-9]{1,18}") ? Long.parseLong(value) : 0;
    }

    boolean flag(String name) {
        String value = text(name);
        return value.equalsIgnoreCase("true") || value.equals("1") || value.equalsIgnoreCase("yes");
    }

    /** A JSON value, or a missing node. */
    JsonNode json(String name) {
        try {
            return ApiReply.MAPPER.readTree(text(name));
        } catch (JsonProcessingException e) {
            throw ApiRefusal.badRequest("can't parse " + name + " JSON object");
        }
    }
}
