package io.erniegateway.gateway;

import io.erniegateway.config.Settings;
import io.erniegateway.ernie.Access;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieClient;
import io.erniegateway.ernie.ErnieSettings;
import io.erniegateway.ernie.Parameter;
import io.erniegateway.gateway.model.EchoModel;
import io.erniegateway.gateway.model.ErnieModel;
import io.erniegateway.gateway.model.Model;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Makes the models that the bots answer with; one that no bot uses is not made, and needs no key. */
final class Models {
    /** A server that wants a longer pause is "busy": a kind sentence now is better than an answer after a minute's silence. */
    private static final Duration LONGEST_SILENT_WAIT = Duration.ofSeconds(10);

    private Models() {}

    static Map<String, Model> from(Settings settings, Set<String> used) {
        Map<String, Model> models = new LinkedHashMap<>();
        settings.models().forEach((name, model) -> {
            if (used.contains(name)) {
                models.put(name, model(name, model));
            }
        });
        return models;
    }

    private static Model model(String name, io.erniegateway.config.Model settings) {
        return switch (settings.kind()) {
            case ECHO -> EchoModel.whole(name);
            case ECHO_STREAM -> EchoModel.streaming(name, EchoModel.ONE_CHARACTER);
            case ERNIE -> ernie(name, settings);
        };
    }

    private static Model ernie(String name, io.erniegateway.config.Model settings) {
        try {
            ErnieSettings.Builder builder = ErnieSettings.builder(
                            dialect(settings.dialect()), settings.baseUrl().toString(), settings.name())
                    .access(access(settings))
                    .connectTimeout(settings.connectTimeout())
                    .firstByteTimeout(settings.firstByteTimeout())
                    .gapTimeout(settings.gapTimeout())
                    .attempts(settings.attempts())
                    .longestRetryWait(LONGEST_SILENT_WAIT)
                    .maxAnswerCharacters(settings.maxAnswerCharacters())
                    .with(Parameter.TEMPERATURE, settings.temperature())
                    .with(Parameter.MAX_OUTPUT_TOKENS, settings.maxOutputTokens());
            return new ErnieModel(name, ErnieClient.connect(builder.build()));
        } catch (IllegalArgumentException e) {
            throw new StartException(
                    "models." + name + ": " + e.getMessage() + keyHint(settings)
                            + " To see the gateway without a key: ./ernie-gateway demo",
                    e);
        }
    }

    private static Access access(io.erniegateway.config.Model settings) {
        if (settings.dialect() != io.erniegateway.config.Model.Dialect.QIANFAN_V1) {
            return new Access.ApiKey(settings.apiKey().value());
        }
        return new Access.OAuth(
                settings.clientId().value(),
                settings.clientSecret().value(),
                settings.tokenUrl() == null ? "" : settings.tokenUrl().toString());
    }

    private static String keyHint(io.erniegateway.config.Model settings) {
        return settings.apiKey().isEmpty() && settings.dialect() == io.erniegateway.config.Model.Dialect.QIANFAN_V2
                ? ". Set it in the environment: export ERNIE_API_KEY=bce-v3/…"
                : ".";
    }

    private static Dialect dialect(io.erniegateway.config.Model.Dialect dialect) {
        return switch (dialect) {
            case QIANFAN_V2 -> Dialect.QIANFAN_V2;
            case QIANFAN_V1 -> Dialect.QIANFAN_V1;
            case OPENAI -> Dialect.OPENAI;
        };
    }
}
