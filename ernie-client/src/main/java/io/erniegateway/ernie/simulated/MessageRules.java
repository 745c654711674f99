package io.erniegateway.ernie.simulated;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.erniegateway.ernie.Dialect;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code messages} have to be like. V1: an odd number, the user's and the model's in turn, a function's result in
 * the place of a user's. V2 and OpenAI: an optional system message, then the same turns, a model's turn with calls being
 * followed by a result for each. Pure.
 */
final class MessageRules {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Dialect dialect;
    private final Wording words;
    private final boolean vision;

    /** For a model that can look at pictures, or not. */
    MessageRules(Dialect dialect, boolean vision) {
        this.dialect = dialect;
        this.words = Wording.of(dialect);
        // Ollama runs the open ERNIE models without their eyes (its issues 11287 and 11244).
        this.vision = vision && dialect != Dialect.OLLAMA;
    }

    Optional<Rejected> fault(JsonNode body) {
        JsonNode messages = body.path("messages");
        if (!messages.isArray() || messages.isEmpty()) {
            return bad("messages is empty");
        }
        return dialect == Dialect.QIANFAN_V1 ? v1(messages) : others(messages);
    }

    private Optional<Rejected> v1(JsonNode messages) {
        if (messages.size() % 2 == 0) {
            return Optional.of(words.badOrder("the length of messages must be an odd number"));
        }
        String called = "";
        for (int i = 0; i < messages.size(); i++) {
            JsonNode message = messages.get(i);
            String role = message.path("role").asText("");
            String expected = i % 2 == 1 ? "assistant" : called.isEmpty() ? "user" : "function";
            if (!role.equals(expected)) {
                return Optional.of(words.badOrder("the role of messages[" + i + "] must be " + expected));
            }
            Optional<Rejected> fault = switch (role) {
                case "function" -> v1Result(message, called, i);
                case "assistant" -> v1Answer(message, i);
                default -> plain(message, i);
            };
            if (fault.isPresent()) {
                return fault;
            }
            called = message.path("function_call").path("name").asText("");
        }
        return Optional.empty();
    }

    private Optional<Rejected> v1Answer(JsonNode message, int i) {
        if (!message.has("function_call")) {
            return plain(message, i);
        }
        JsonNode call = message.path("function_call");
        return known(message, i, "role", "content", "function_call")
                .or(() -> nothingElse(message, i))
                .or(() -> ToolRules.only(call, Set.of("name", "arguments", "thoughts"))
                        ? badCall(call, i)
                        : bad("function_call of messages[" + i + "] must be {name, arguments, thoughts}"));
    }

    /** Documented as JSON text. */
    private Optional<Rejected> v1Result(JsonNode message, String called, int i) {
        return known(message, i, "role", "name", "content")
                .or(() -> blank(message, i))
                .or(() -> message.path("name").asText("").equals(called)
                        ? Optional.empty()
                        : bad("messages[" + i + "] is no result of the function " + called))
                .or(() -> json(message.path("content").textValue()).isMissingNode()
                        ? bad("content of messages[" + i + "] must be JSON text")
                        : Optional.empty());
    }

    private Optional<Rejected> others(JsonNode messages) {
        String expected = "user";
        Set<String> unanswered = new HashSet<>();
        for (int i = 0; i < messages.size(); i++) {
            JsonNode message = messages.get(i);
            String role = message.path("role").asText("");
            boolean system = i == 0 && role.equals("system");
            if (!system && !role.equals(expected)) {
                return Optional.of(words.badOrder("the role of messages[" + i + "] must be " + expected));
            }
            Optional<Rejected> fault = switch (role) {
                case "user" -> user(message, i);
                case "assistant" -> answer(message, unanswered, i);
                case "tool" -> result(message, unanswered, i);
                default -> plain(message, i);
            };
            if (fault.isPresent()) {
                return fault;
            }
            expected = switch (role) {
                case "user" -> "assistant";
                case "assistant", "tool" -> !unanswered.isEmpty() ? "tool" : role.equals("tool") ? "assistant" : "user";
                default -> "user";
            };
        }
        return expected.equals("assistant")
                ? Optional.empty()
                : Optional.of(words.badOrder("the last message must be the user's, or the result of the last call"));
    }

    private Optional<Rejected> user(JsonNode message, int i) {
        JsonNode content = message.path("content");
        return known(message, i, "role", "name", "content")
                .or(() -> content.isArray() ? parts(content, i) : blank(message, i));
    }

    private Optional<Rejected> parts(JsonNode parts, int i) {
        boolean anything = false;
        for (JsonNode part : parts) {
            String type = part.path("type").asText("");
            boolean text = type.equals("text");
            if (text
                    && ToolRules.only(part, Set.of("type", "text"))
                    && part.path("text").isTextual()) {
                anything |= !part.path("text").textValue().isBlank();
                continue;
            }
            JsonNode image = part.path("image_url");
            boolean picture = type.equals("image_url")
                    && ToolRules.only(part, Set.of("type", "image_url"))
                    && ToolRules.only(image, Set.of("url", "detail"));
            if (!picture) {
                return bad(
                        "content of messages[" + i + "] must be a text or parts of {type:text} and {type:image_url}");
            }
            if (!vision) {
                return bad("the model takes no images: messages[" + i + "]");
            }
            Optional<String> fault = Pictures.fault(image.path("url").asText(""));
            if (fault.isPresent()) {
                return Optional.of(words.badImage(fault.get()));
            }
            anything = true;
        }
        return anything ? Optional.empty() : bad("content of messages[" + i + "] is blank");
    }

    private Optional<Rejected> answer(JsonNode message, Set<String> unanswered, int i) {
        if (message.has("reasoning_content")) {
            return bad("reasoning_content in messages[" + i + "]");
        }
        if (!message.has("tool_calls")) {
            return plain(message, i);
        }
        JsonNode calls = message.path("tool_calls");
        JsonNode content = message.path("content");
        boolean saysNothingOrText = content.isMissingNode() || content.isNull() || content.isTextual();
        if (!calls.isArray() || calls.isEmpty() || !saysNothingOrText) {
            return bad("messages[" + i + "] must have calls, and a text or null beside them");
        }
        for (JsonNode call : calls) {
            String id = call.path("id").asText("");
            boolean shape = ToolRules.only(call, Set.of("id", "type", "function"))
                    && call.path("type").asText("").equals("function")
                    && ToolRules.only(call.path("function"), Set.of("name", "arguments"));
            if (!shape || id.isEmpty() || !unanswered.add(id)) {
                return bad("each of tool_calls of messages[" + i + "] must be {id of its own, type, function}");
            }
            Optional<Rejected> fault = badCall(call.path("function"), i);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return known(message, i, "role", "name", "content", "tool_calls");
    }

    private Optional<Rejected> result(JsonNode message, Set<String> unanswered, int i) {
        return known(message, i, "role", "name", "content", "tool_call_id")
                .or(() -> blank(message, i))
                .or(() -> unanswered.remove(message.path("tool_call_id").asText(""))
                        ? Optional.empty()
                        : bad("tool_call_id of messages[" + i + "] is no id of the calls before it"));
    }

    /** vLLM's and other templates read the arguments of the history as JSON, and fail if they are none. */
    private Optional<Rejected> badCall(JsonNode function, int i) {
        boolean inOrder = !function.path("name").asText("").isEmpty()
                && function.path("arguments").isTextual()
                && json(function.path("arguments").textValue()).isObject();
        return inOrder ? Optional.empty() : bad("a call in messages[" + i + "] must have a name and JSON arguments");
    }

    /** A text of somebody; V1 knows no names of people. */
    private Optional<Rejected> plain(JsonNode message, int i) {
        Optional<Rejected> strange = dialect == Dialect.QIANFAN_V1
                ? known(message, i, "role", "content")
                : known(message, i, "role", "name", "content");
        return strange.or(() -> blank(message, i));
    }

    private Optional<Rejected> nothingElse(JsonNode message, int i) {
        JsonNode content = message.path("content");
        return content.isMissingNode() || content.isNull() || content.asText().isEmpty()
                ? Optional.empty()
                : bad("content of messages[" + i + "] must be null beside a function_call");
    }

    private Optional<Rejected> known(JsonNode message, int i, String... names) {
        return ToolRules.only(message, Set.of(names))
                ? Optional.empty()
                : bad("messages[" + i + "] may have " + String.join(", ", names) + " only");
    }

    private Optional<Rejected> blank(JsonNode message, int i) {
        JsonNode content = message.path("content");
        return content.isTextual() && !content.textValue().isBlank()
                ? Optional.empty()
                : bad("content of messages[" + i + "] is blank");
    }

    private Optional<Rejected> bad(String why) {
        return Optional.of(words.badMessages(why));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
