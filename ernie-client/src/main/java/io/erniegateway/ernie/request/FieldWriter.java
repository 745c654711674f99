package io.erniegateway.ernie.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.Parameters;
import io.erniegateway.ernie.ResponseFormat;
import io.erniegateway.ernie.ToolChoice;
import io.erniegateway.ernie.ToolSpec;
import io.erniegateway.ernie.WebSearch;
import io.erniegateway.ernie.sse.Json;
import java.util.List;
import java.util.Locale;

/** Writes parameters and functions as fields of the body, as the dialect has them. Pure. */
final class FieldWriter {
    private final Dialect dialect;

    FieldWriter(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Adds what is set and known to the dialect. */
    void parameters(Parameters parameters, ObjectNode body) {
        parameters.forEach(dialect, (field, value) -> {
            int dot = field.indexOf('.');
            ObjectNode holder = dot < 0 ? body : body.withObjectProperty(field.substring(0, dot));
            put(holder, field.substring(dot + 1), value);
        });
    }

    /** Adds the functions; V1 can forbid a call only by not offering any. */
    void tools(List<ToolSpec> tools, ToolChoice choice, ObjectNode body) {
        boolean v1 = dialect.api() == Dialect.Api.QIANFAN_V1;
        if (tools.isEmpty() || (v1 && choice instanceof ToolChoice.None)) {
            return;
        }
        ArrayNode list = body.putArray(v1 ? "functions" : "tools");
        for (ToolSpec tool : tools) {
            ObjectNode function = v1
                    ? list.addObject()
                    : list.addObject().put("type", "function").putObject("function");
            function.put("name", tool.name()).put("description", tool.description());
            function.set("parameters", tree(tool.parameters()));
        }
        choice(choice, v1, body);
    }

    private static void choice(ToolChoice choice, boolean v1, ObjectNode body) {
        switch (choice) {
            case ToolChoice.Auto auto -> {
                // The default of all servers.
            }
            case ToolChoice.None none -> body.put("tool_choice", "none");
            case ToolChoice.Required required -> {
                if (v1) {
                    throw new IllegalArgumentException(
                            "tool_choice: V1 cannot require a call; name the function instead");
                }
                body.put("tool_choice", "required");
            }
            case ToolChoice.Named(String name) ->
                body.putObject("tool_choice")
                        .put("type", "function")
                        .putObject("function")
                        .put("name", name);
        }
    }

    private void put(ObjectNode holder, String field, Object value) {
        switch (value) {
            case WebSearch search -> webSearch(search, holder);
            case ResponseFormat format -> format(format, holder);
            case Enum<?> word -> holder.put(field, word.name().toLowerCase(Locale.ROOT));
            default -> holder.set(field, Json.MAPPER.valueToTree(value));
        }
    }

    /** V1 searches unless told not to, V2 only when told to. */
    private void webSearch(WebSearch search, ObjectNode body) {
        if (dialect.api() == Dialect.Api.QIANFAN_V1) {
            body.put("disable_search", !search.enabled())
                    .put("enable_citation", search.enabled() && search.citations())
                    .put("enable_trace", search.enabled() && search.trace());
            return;
        }
        ObjectNode fields = body.putObject("web_search").put("enable", search.enabled());
        if (!search.enabled()) {
            return;
        }
        fields.put("enable_citation", search.citations())
                .put("enable_trace", search.trace())
                .put("enable_status", search.status())
                .put("search_mode", search.required() ? "required" : "auto");
        if (search.searched() != null) {
            fields.put("search_number", search.searched());
        }
        if (search.referenced() != null) {
            fields.put("reference_number", search.referenced());
        }
    }

    private void format(ResponseFormat format, ObjectNode body) {
        String type = switch (format) {
            case ResponseFormat.Text text -> "text";
            case ResponseFormat.JsonObject object -> "json_object";
            case ResponseFormat.JsonSchema schema -> "json_schema";
        };
        if (dialect.api() == Dialect.Api.QIANFAN_V1) {
            body.put("response_format", type);
            return;
        }
        ObjectNode holder = body.putObject("response_format").put("type", type);
        if (format instanceof ResponseFormat.JsonSchema(String name, String schema)) {
            holder.putObject("json_schema").put("name", name).set("schema", tree(schema));
        }
    }

    private static JsonNode tree(String schema) {
        try {
            return Json.MAPPER.readTree(schema);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("json schema: is no JSON: " + e.getOriginalMessage(), e);
        }
    }
}
