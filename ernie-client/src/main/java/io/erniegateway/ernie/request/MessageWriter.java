package io.erniegateway.ernie.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.Image;
import io.erniegateway.ernie.ToolCall;
import io.erniegateway.ernie.Turn;
import io.erniegateway.ernie.sse.Json;
import java.util.List;

/** Writes a repaired history as {@code messages}. Pure. */
final class MessageWriter {
    /** V1 (and, in its last message, V2) refuses a blank content; a function may well return nothing. */
    private static final String NOTHING = "{}";

    private static final ObjectReader JSON = Json.MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Dialect.Api api;

    MessageWriter(Dialect.Api api) {
        this.api = api;
    }

    /** Appends the turns. */
    void write(List<Turn> turns, ArrayNode messages) {
        boolean v1 = api == Dialect.Api.QIANFAN_V1;
        for (int i = 0; i < turns.size(); i++) {
            switch (turns.get(i)) {
                case Turn.User user -> user(user, messages);
                case Turn.Assistant said when v1 && !said.calls().isEmpty() -> i += v1Calls(turns, i, messages);
                case Turn.Assistant said -> assistant(said, messages);
                case Turn.ToolResult result -> result(result, messages);
            }
        }
    }

    private void user(Turn.User user, ArrayNode messages) {
        ObjectNode message = messages.addObject().put("role", "user");
        if (user.images().isEmpty()) {
            message.put("content", user.text());
            return;
        }
        if (api == Dialect.Api.QIANFAN_V1) {
            throw new IllegalArgumentException("turns: V1's chat takes no images; use V2 and a vision model");
        }
        ArrayNode parts = message.putArray("content");
        if (!user.text().isBlank()) {
            parts.addObject().put("type", "text").put("text", user.text());
        }
        for (Image image : user.images()) {
            parts.addObject().put("type", "image_url").putObject("image_url").put("url", image.url());
        }
    }

    private static void assistant(Turn.Assistant said, ArrayNode messages) {
        ObjectNode message = messages.addObject().put("role", "assistant").put("content", said.text());
        if (said.calls().isEmpty()) {
            return;
        }
        ArrayNode calls = message.putArray("tool_calls");
        for (ToolCall call : said.calls()) {
            calls.addObject()
                    .put("id", id(call))
                    .put("type", "function")
                    .putObject("function")
                    .put("name", call.name())
                    .put("arguments", arguments(call));
        }
    }

    private static void result(Turn.ToolResult result, ArrayNode messages) {
        messages.addObject()
                .put("role", "tool")
                .put("tool_call_id", id(result.call()))
                .put("content", shown(result));
    }

    /** V1 knows one call a turn: parallel ones of another server's turn become one after the other. */
    private static int v1Calls(List<Turn> turns, int at, ArrayNode messages) {
        int results = 0;
        while (at + results + 1 < turns.size() && turns.get(at + results + 1) instanceof Turn.ToolResult result) {
            results++;
            ToolCall call = result.call();
            ObjectNode wanted = messages.addObject()
                    .put("role", "assistant")
                    .putNull("content")
                    .putObject("function_call");
            wanted.put("name", call.name()).put("arguments", arguments(call));
            if (!call.thoughts().isEmpty()) {
                wanted.put("thoughts", call.thoughts());
            }
            messages.addObject()
                    .put("role", "function")
                    .put("name", call.name())
                    .put("content", jsonText(shown(result)));
        }
        return results;
    }

    /**
     * As the model wrote them, unless that is no JSON object: servers read the arguments of the history again, and a
     * chat template that cannot (vLLM's, for one) fails with the whole request.
     */
    private static String arguments(ToolCall call) {
        if (call.arguments().isBlank()) {
            return NOTHING;
        }
        return json(call.arguments()).isObject()
                ? call.arguments()
                : JsonNodeFactory.instance
                        .objectNode()
                        .put("malformed", call.arguments())
                        .toString();
    }

    /** V1 documents a function's content as JSON text; a plain text is a JSON string. */
    private static String jsonText(String result) {
        return json(result).isMissingNode() ? TextNode.valueOf(result).toString() : result;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static String shown(Turn.ToolResult result) {
        return result.text().isBlank() ? NOTHING : result.text();
    }

    /** V1 and some self-hosted servers give calls no id, but V2 wants one that its result repeats. */
    private static String id(ToolCall call) {
        return call.id().isEmpty() ? "call_" + call.name() : call.id();
    }
}
