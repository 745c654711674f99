package io.erniegateway.ernie.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import io.erniegateway.ernie.Dialect;
import java.util.Optional;

/**
 * What a request has to be like, by dialect: its fields ({@link FieldRules}), its functions ({@link ToolRules}), its
 * messages ({@link MessageRules}). Pure.
 */
final class RequestRules {

    sealed interface Checked {
        record InOrder(Question question, boolean stream, TokenCounts counts) implements Checked {}

        record Refused(Rejected why) implements Checked {}
    }

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
        Optional<Rejected> fault = FieldRules.of(dialect)
                .fault(body)
                .map(words::badArgument)
                .or(() -> badModel(dialect, model))
                .or(() -> ToolRules.fault(dialect, body).map(words::badArgument))
                .or(() -> new MessageRules(dialect, options.visionModels().contains(model)).fault(body))
                .or(() -> tooLong(body, words));
        if (fault.isPresent()) {
            return refused(fault.get());
        }
        return new Checked.InOrder(
                QuestionReader.read(dialect, model, body),
                body.path("stream").asBoolean(false),
                counts(dialect, body.path("stream_options")));
    }

    private static TokenCounts counts(Dialect dialect, JsonNode asked) {
        if (asked.path("chunk_include_usage").asBoolean(false)) {
            return TokenCounts.ON_EACH_CHUNK;
        }
        // V1 always tells usage, FastDeploy unless told not to, the others when asked.
        boolean usual = dialect == Dialect.QIANFAN_V1 || dialect == Dialect.FASTDEPLOY;
        return asked.path("include_usage").asBoolean(usual) ? TokenCounts.AT_THE_END : TokenCounts.UNTOLD;
    }

    private static Checked refused(Rejected why) {
        return new Checked.Refused(why);
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

    private Optional<Rejected> tooLong(JsonNode body, Wording words) {
        long characters = body.path("system").asText("").length();
        for (JsonNode message : body.path("messages")) {
            characters += message.path("content").asText("").length();
            for (JsonNode part : message.path("content")) {
                characters += part.path("text").asText("").length();
            }
            for (JsonNode call : message.path("tool_calls")) {
                characters += call.path("function").path("arguments").asText("").length();
            }
            characters +=
                    message.path("function_call").path("arguments").asText("").length();
        }
        return characters > options.maxCharacters()
                ? Optional.of(words.tooLong(options.maxCharacters()))
                : Optional.empty();
    }
}
