package io.erniegateway.ernie.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.Image;
import io.erniegateway.ernie.ToolCall;
import io.erniegateway.ernie.ToolChoice;
import io.erniegateway.ernie.ToolSpec;
import io.erniegateway.ernie.Turn;
import java.util.ArrayList;
import java.util.List;

/** From a request that was found to be in order to what a script sees. Pure. */
final class QuestionReader {
    private QuestionReader() {}

    static Question read(Dialect dialect, String model, JsonNode body) {
        String system = body.path("system").asText("");
        List<Turn> turns = new ArrayList<>();
        for (JsonNode message : body.path("messages")) {
            switch (message.path("role").asText()) {
                case "system" -> system = message.path("content").asText();
                case "assistant" -> turns.add(assistant(message));
                case "tool", "function" -> turns.add(result(message, turns));
                default -> turns.add(user(message.path("content")));
            }
        }
        boolean v1 = dialect == Dialect.QIANFAN_V1;
        return new Question(
                dialect,
                model,
                system,
                turns,
                body.path(v1 ? "user_id" : "user").asText(""),
                tools(body.path(v1 ? "functions" : "tools")),
                choice(body.path("tool_choice")),
                v1 ? tracesV1(body) : tracesV2(body.path("web_search")));
    }

    private static Turn user(JsonNode content) {
        if (content.isTextual()) {
            return Turn.user(content.textValue());
        }
        List<String> texts = new ArrayList<>();
        List<Image> images = new ArrayList<>();
        for (JsonNode part : content) {
            if (part.has("text")) {
                texts.add(part.path("text").asText());
            } else {
                images.add(new Image(part.path("image_url").path("url").asText()));
            }
        }
        return new Turn.User(String.join("\n", texts), images);
    }

    private static Turn assistant(JsonNode message) {
        List<ToolCall> calls = new ArrayList<>();
        for (JsonNode call : message.path("tool_calls")) {
            calls.add(call(call.path("id").asText(), call.path("function")));
        }
        if (message.has("function_call")) {
            calls.add(call("", message.path("function_call")));
        }
        return new Turn.Assistant(message.path("content").asText(""), calls);
    }

    private static ToolCall call(String id, JsonNode function) {
        return new ToolCall(
                id,
                function.path("name").asText(),
                function.path("arguments").asText(),
                function.path("thoughts").asText(""));
    }

    private static Turn result(JsonNode message, List<Turn> before) {
        String id = message.path("tool_call_id").asText("");
        ToolCall answered = before.reversed().stream()
                .filter(Turn.Assistant.class::isInstance)
                .flatMap(turn -> ((Turn.Assistant) turn).calls().stream())
                .filter(call -> call.id().equals(id))
                .findFirst()
                .orElseThrow();
        return new Turn.ToolResult(answered, message.path("content").asText());
    }

    private static List<ToolSpec> tools(JsonNode list) {
        List<ToolSpec> tools = new ArrayList<>();
        for (JsonNode entry : list) {
            JsonNode function = entry.has("function") ? entry.path("function") : entry;
            JsonNode parameters = function.path("parameters");
            tools.add(new ToolSpec(
                    function.path("name").asText(),
                    function.path("description").asText(""),
                    parameters.isObject() ? parameters.toString() : "{}"));
        }
        return tools;
    }

    private static ToolChoice choice(JsonNode choice) {
        return switch (choice.asText("")) {
            case "none" -> new ToolChoice.None();
            case "required" -> new ToolChoice.Required();
            case "auto" -> new ToolChoice.Auto();
            default ->
                choice.isObject()
                        ? new ToolChoice.Named(
                                choice.path("function").path("name").asText())
                        : new ToolChoice.Auto();
        };
    }

    /** V1 searches unless it is told not to. */
    private static boolean tracesV1(JsonNode body) {
        return body.path("enable_trace").asBoolean(false)
                && !body.path("disable_search").asBoolean(false);
    }

    private static boolean tracesV2(JsonNode search) {
        return search.path("enable").asBoolean(false)
                && search.path("enable_trace").asBoolean(false);
    }
}
