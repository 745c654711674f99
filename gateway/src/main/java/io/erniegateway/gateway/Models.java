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
import io.erniegateway.ernie.chain.FallbackChain;
import io.erniegateway.gateway.model.EchoModel;
import io.erniegateway.gateway.model.ErnieModel;
import io.erniegateway.gateway.model.Model;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
                models.put(name, model(name, settings.models()));
            }
        });
        return models;
    }

    private static Model model(String name, Map<String, io.erniegateway.config.Model> all) {
        io.erniegateway.config.Model settings = known(name, all);
        return switch (settings.kind()) {
            case ECHO -> EchoModel.whole(name);
            case ECHO_STREAM -> EchoModel.streaming(name, EchoModel.ONE_CHARACTER);
            case ERNIE -> new ErnieModel(name, chain(name, settings, all));
        };
    }

    private static io.erniegateway.config.Model known(String name, Map<String, io.erniegateway.config.Model> all) {
        return Objects.requireNonNull(all.get(name), "the settings were checked");
    }

    /** A model with its fallbacks; theirs are not followed, so that no two can point at each other. */
    private static ErnieClient chain(
            String name, io.erniegateway.config.Model settings, Map<String, io.erniegateway.config.Model> all) {
        if (settings.fallbacks().isEmpty()) {
            return client(name, settings);
        }
        List<FallbackChain.Link> links = new ArrayList<>();
        links.add(link(name, settings));
        settings.fallbacks().forEach(other -> links.add(link(other, known(other, all))));
        return new FallbackChain(links);
    }

    private static FallbackChain.Link link(String name, io.erniegateway.config.Model settings) {
        return new FallbackChain.Link(name, client(name, settings), window(settings));
    }

    private static Window window(io.erniegateway.config.Model settings) {
        return new Window(settings.inputTokens(), settings.inputCharacters());
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
                    .window(window(settings))
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
