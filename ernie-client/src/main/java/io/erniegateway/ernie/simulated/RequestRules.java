package io.erniegateway.ernie.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.Turn;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a request has to be like, by dialect. Pure. Fields that no document names are refused. */
final class RequestRules {

    sealed interface Checked {
        record InOrder(Question question, boolean stream, boolean usage) implements Checked {}

        record Refused(Rejected why) implements Checked {}
    }

    /** Baidu's V1 pages (tlmyncueh and the model pages). */
    private static final Set<String> V1_FIELDS = Set.of(
            "messages",
            "system",
            "temperature",
            "top_p",
            "penalty_score",
            "stream",
            "stop",
            "disable_search",
            "enable_citation",
            "enable_trace",
            "max_output_tokens",
            "min_output_tokens",
            "response_format",
            "user_id",
            "functions",
            "tool_choice",
            "tools",
            "frequency_penalty",
            "presence_penalty");

    private static final Set<String> OPENAI_FIELDS = Set.of(
            "model",
            "messages",
            "stream",
            "stream_options",
            "temperature",
            "top_p",
            "frequency_penalty",
            "presence_penalty",
            "max_tokens",
            "max_completion_tokens",
            "seed",
            "stop",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "response_format",
            "user");

    /** Baidu's page 3m7of64lb: OpenAI's fields and these. */
    private static final Set<String> V2_FIELDS = Set.of(
            "penalty_score",
            "repetition_penalty",
            "web_search",
            "enable_thinking",
            "thinking",
            "thinking_budget",
            "thinking_strategy",
            "reasoning_effort",
            "metadata");

    private final SimulatorOptions options;

    RequestRules(SimulatorOptions options) {
        this.options = options;
    }

    /** A request whose sender has been let in. */
    Checked check(Dialect dialect, String model, JsonNode body) {
        Wording words = Wording.of(dialect);
        if (!body.isObject()) {
            return refused(words.badJson());
        }
        Optional<Rejected> fault = unknownField(dialect, body, words)
                .or(() -> badModel(dialect, model))
                .or(() -> badMessages(dialect, body.path("messages"), words))
                .or(() -> badNumbers(dialect, body, words))
                .or(() -> tooLong(body, words));
        if (fault.isPresent()) {
            return refused(fault.get());
        }
        return new Checked.InOrder(
                question(dialect, model, body),
                body.path("stream").asBoolean(false),
                dialect == Dialect.QIANFAN_V1
                        || body.path("stream_options").path("include_usage").asBoolean(false));
    }

    private static Checked refused(Rejected why) {
        return new Checked.Refused(why);
    }

    private static Optional<Rejected> unknownField(Dialect dialect, JsonNode body, Wording words) {
        for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            boolean known = switch (dialect.api()) {
                case QIANFAN_V1 -> V1_FIELDS.contains(name);
                case QIANFAN_V2 -> OPENAI_FIELDS.contains(name) || V2_FIELDS.contains(name);
                case OPENAI -> OPENAI_FIELDS.contains(name);
            };
            if (!known) {
                return Optional.of(words.badArgument("unknown field " + name));
            }
        }
        return Optional.empty();
    }

    private Optional<Rejected> badModel(Dialect dialect, String model) {
        if (options.models().contains(model)) {
            return Optional.empty();
        }
        boolean offline = options.offlineModels().contains(model);
        return Optional.of(
                switch (dialect.api()) {
                    case QIANFAN_V1 -> Rejected.v1(3, "Unsupported openapi method");
                    case QIANFAN_V2 -> {
                        if (model.isEmpty()) {
                            yield Rejected.v2(400, "invalid_model", "model is empty");
                        }
                        yield offline
                                ? Rejected.v2(403, "model_offline", "the model is offline")
                                : Rejected.v2(401, "invalid_model", "no access to the model");
                    }
                    case OPENAI -> Rejected.openAi(404, "NotFoundError", "The model does not exist.");
                });
    }

    private static Optional<Rejected> badMessages(Dialect dialect, JsonNode messages, Wording words) {
        if (!messages.isArray() || messages.isEmpty()) {
            return Optional.of(words.badMessages("messages is empty"));
        }
        boolean v1 = dialect == Dialect.QIANFAN_V1;
        if (v1 && messages.size() % 2 == 0) {
            return Optional.of(Rejected.v1(336006, "the length of messages must be an odd number"));
        }
        int first = !v1 && messages.path(0).path("role").asText("").equals("system") ? 1 : 0;
        for (int i = 0; i < messages.size(); i++) {
            JsonNode message = messages.get(i);
            if (!message.path("content").isTextual()
                    || message.path("content").textValue().isBlank()) {
                return Optional.of(words.badMessages("content of messages[" + i + "] is blank"));
            }
            if (message.has("reasoning_content")) {
                return Optional.of(words.badMessages("reasoning_content in messages[" + i + "]"));
            }
            String expected = (i - first) % 2 == 0 ? "user" : "assistant";
            if (i >= first && !message.path("role").asText("").equals(expected)) {
                return Optional.of(words.badOrder("the role of messages[" + i + "] must be " + expected));
            }
        }
        return (messages.size() - first) % 2 == 0
                ? Optional.of(words.badOrder("the last message must be the user's"))
                : Optional.empty();
    }

    private static Optional<Rejected> badNumbers(Dialect dialect, JsonNode body, Wording words) {
        boolean v1 = dialect == Dialect.QIANFAN_V1;
        JsonNode temperature = body.path("temperature");
        double degree = temperature.asDouble(-1);
        if (!temperature.isMissingNode() && !(v1 ? degree > 0 && degree <= 1 : degree >= 0 && degree <= 2)) {
            return Optional.of(words.badArgument("temperature is out of range " + (v1 ? "(0, 1.0]" : "[0, 2]")));
        }
        JsonNode topP = body.path("top_p");
        if (!topP.isMissingNode() && !(topP.asDouble(-1) >= 0 && topP.asDouble(-1) <= 1)) {
            return Optional.of(words.badArgument("top_p is out of range [0, 1.0]"));
        }
        JsonNode tokens = body.path(v1 ? "max_output_tokens" : "max_tokens");
        int most = v1 ? 2048 : 65_536;
        if (!tokens.isMissingNode() && !(tokens.asInt(0) >= (v1 ? 2 : 1) && tokens.asInt(0) <= most)) {
            return Optional.of(words.badArgument("the number of output tokens is out of range, at most " + most));
        }
        JsonNode user = body.path(v1 ? "user_id" : "user");
        if (!user.isMissingNode() && !user.isTextual()) {
            return Optional.of(words.badArgument("the user's id must be a text"));
        }
        return Optional.empty();
    }

    private Optional<Rejected> tooLong(JsonNode body, Wording words) {
        long characters = body.path("system").asText("").length();
        for (JsonNode message : body.path("messages")) {
            characters += message.path("content").asText("").length();
        }
        return characters > options.maxCharacters()
                ? Optional.of(words.tooLong(options.maxCharacters()))
                : Optional.empty();
    }

    private static Question question(Dialect dialect, String model, JsonNode body) {
        String system = body.path("system").asText("");
        List<Turn> turns = new ArrayList<>();
        for (JsonNode message : body.path("messages")) {
            String content = message.path("content").asText();
            switch (message.path("role").asText()) {
                case "system" -> system = content;
                case "assistant" -> turns.add(Turn.assistant(content));
                default -> turns.add(Turn.user(content));
            }
        }
        String user =
                body.path(dialect == Dialect.QIANFAN_V1 ? "user_id" : "user").asText("");
        return new Question(dialect, model, system, turns, user);
    }

    /** The codes and statuses with which the dialects say the same things. */
    private record Wording(
            Rejected badJson, int status, String argument, String messages, String order, String length) {

        static Wording of(Dialect dialect) {
            return switch (dialect.api()) {
                case QIANFAN_V1 ->
                    new Wording(Rejected.v1(336002, "Invalid JSON"), 200, "336003", "336003", "336006", "336007");
                case QIANFAN_V2 ->
                    new Wording(
                            Rejected.v2(400, "malformed_json", "the body is no JSON object"),
                            400,
                            "invalid_argument",
                            "invalid_messages",
                            "invalid_messages",
                            "characters_too_long");
                case OPENAI ->
                    new Wording(
                            Rejected.openAi(400, "BadRequestError", "JSON decode error"),
                            400,
                            "400",
                            "400",
                            "400",
                            "400");
            };
        }

        Rejected badArgument(String message) {
            return rejected(argument, message);
        }

        Rejected badMessages(String message) {
            return rejected(messages, message);
        }

        Rejected badOrder(String message) {
            return rejected(order, message);
        }

        /** The texts differ: a self-hosted server tells it in no other way. */
        Rejected tooLong(int most) {
            return rejected(
                    length,
                    length.equals("400")
                            ? "This model's maximum context length is " + most
                                    + " tokens. Please reduce the length of the messages."
                            : "the max input characters is " + most);
        }

        private Rejected rejected(String code, String message) {
            return new Rejected(status, code, message, status == 200 ? "" : "invalid_request_error");
        }
    }
}
