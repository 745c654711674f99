package io.erniegateway.gateway;

import io.erniegateway.config.Model.Switch;
import io.erniegateway.config.Settings;
import io.erniegateway.ernie.Access;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieClient;
import io.erniegateway.ernie.ErnieSettings;
import io.erniegateway.ernie.Load;
import io.erniegateway.ernie.Parameter;
import io.erniegateway.ernie.WebSearch;
import io.erniegateway.ernie.Window;
import io.erniegateway.gateway.model.EchoModel;
import io.erniegateway.gateway.model.ErnieModel;
import io.erniegateway.gateway.model.Model;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
        return new ErnieModel(name, client(name, settings));
    }

    private static ErnieClient client(String name, io.erniegateway.config.Model settings) {
        try {
            return ErnieClient.connect(ErnieSettings.builder(
                            dialect(settings.dialect()), settings.baseUrl().toString(), settings.name())
                    .access(access(settings))
                    .connectTimeout(settings.connectTimeout())
                    .firstByteTimeout(settings.firstByteTimeout())
                    .gapTimeout(settings.gapTimeout())
                    .attempts(settings.attempts())
                    .longestRetryWait(LONGEST_SILENT_WAIT)
                    .maxAnswerCharacters(settings.maxAnswerCharacters())
                    .with(Parameter.TEMPERATURE, settings.temperature())
                    .with(Parameter.TOP_P, settings.topP())
                    .with(Parameter.MAX_OUTPUT_TOKENS, settings.maxOutputTokens())
                    .with(Parameter.WEB_SEARCH, webSearch(settings.webSearch()))
                    .with(Parameter.ENABLE_THINKING, thinking(settings.thinking()))
                    .window(new Window(settings.inputTokens(), settings.inputCharacters()))
                    .load(new Load(settings.concurrent(), settings.requestsPerMinute(), settings.tokensPerMinute()))
                    .build());
        } catch (IllegalArgumentException e) {
            throw new StartException(
                    "models." + name + ": " + e.getMessage() + keyHint(settings)
                            + " To see the gateway without a key: ./ernie-gateway demo",
                    e);
        }
    }

    /** Without the superscripts, whose pages a chat does not show. */
    private static @Nullable WebSearch webSearch(Switch wish) {
        return switch (wish) {
            case DEFAULT -> null;
            case ON -> new WebSearch(true, false, false, false, false, null, null);
            case OFF -> WebSearch.OFF;
        };
    }

    private static @Nullable Boolean thinking(Switch wish) {
        return switch (wish) {
            case DEFAULT -> null;
            case ON -> true;
            case OFF -> false;
        };
    }

    private static Access access(io.erniegateway.config.Model settings) {
        if (!settings.accessKey().isEmpty()) {
            URI iam = settings.iamUrl();
            return new Access.Iam(
                    settings.accessKey().value(),
                    settings.secretKey().value(),
                    iam == null ? Access.Iam.PUBLIC_URL : iam.toString(),
                    Access.Iam.USUAL_LIFE);
        }
        if (settings.dialect() != io.erniegateway.config.Model.Dialect.QIANFAN_V1) {
            return new Access.ApiKey(settings.apiKey().value());
        }
        URI tokens = settings.tokenUrl();
        return new Access.OAuth(
                settings.clientId().value(), settings.clientSecret().value(), tokens == null ? "" : tokens.toString());
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
            case FASTDEPLOY -> Dialect.FASTDEPLOY;
            case VLLM -> Dialect.VLLM;
            case LLAMA_CPP -> Dialect.LLAMA_CPP;
            case OLLAMA -> Dialect.OLLAMA;
        };
    }
}
