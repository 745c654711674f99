package io.erniegateway.ernie.simulated;

import io.erniegateway.ernie.Dialect;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What the simulated account and server are like. Begin with {@link #defaults}; nothing in it is a real key.
 *
 * @param port 0 for any free one; the simulator listens on 127.0.0.1 only
 * @param models the names it knows; in V1 the endpoint's suffixes
 * @param offlineModels names that were retired: 403 {@code model_offline}
 * @param visionModels those of them that can look at images; V1's chat never does
 * @param selfHosted which server {@code /v1} plays: it knows the fields of that one
 * @param apiKey what V2 takes as bearer
 * @param appId the one app that a header of V2 may name, {@code app-…}
 * @param clientId V1's
 * @param clientSecret V1's
 * @param accessKey of the IAM user that signs V1 calls and mints bearers
 * @param secretKey of the same
 * @param openAiKey the OpenAI dialect's bearer, empty for a server without keys
 * @param tokenLife of a V1 token; Baidu's is 30 days
 * @param timeScale 1 is the recorded speed, 0.01 a hundred times as fast, 0 without any wait
 * @param requestsPerMinute per model, 0 for no limit
 * @param tokensPerMinute per model, of prompts and completions together, 0 for no limit; only chats are counted
 * @param rateWindow Baidu's is a minute
 * @param maxCharacters of all messages together
 * @param seed of the sizes and gaps of chunks
 */
public record SimulatorOptions(
        int port,
        Set<String> models,
        Set<String> offlineModels,
        Set<String> visionModels,
        Dialect selfHosted,
        String apiKey,
        String appId,
        String clientId,
        String clientSecret,
        String accessKey,
        String secretKey,
        String openAiKey,
        Duration tokenLife,
        double timeScale,
        int requestsPerMinute,
        int tokensPerMinute,
        Duration rateWindow,
        int maxCharacters,
        long seed,
        Script script) {

    /** Honest about what answers. */
    public static final String DEMO_MODEL = "scripted-demo";

    public SimulatorOptions {
        models = Set.copyOf(models);
        offlineModels = Set.copyOf(offlineModels);
        visionModels = Set.copyOf(visionModels);
        if (models.isEmpty()) {
            throw new IllegalArgumentException("models: name at least one");
        }
        if (selfHosted.api() != Dialect.Api.OPENAI) {
            throw new IllegalArgumentException("selfHosted: must be a self-hosted server, not " + selfHosted);
        }
        if (!appId.startsWith("app-")) {
            throw new IllegalArgumentException("appId: must begin with app-, not " + appId);
        }
        if (tokensPerMinute < 0) {
            throw new IllegalArgumentException("tokensPerMinute: must be 0, for no limit, or more");
        }
        if (!(timeScale >= 0)) {
            throw new IllegalArgumentException("timeScale: must be 0 or more");
        }
    }

    /** A free port, one model named {@link #DEMO_MODEL}, the demo script, the recorded speed. */
    public static SimulatorOptions defaults() {
        return new SimulatorOptions(
                0,
                Set.of(DEMO_MODEL),
                Set.of(),
                Set.of(),
                Dialect.OPENAI,
                "simulated-api-key",
                "app-simulated",
                "simulated-client-id",
                "simulated-client-secret",
                "simulated-access-key",
                "simulated-secret-key",
                "",
                Duration.ofDays(30),
                1,
                0,
                0,
                Duration.ofMinutes(1),
                516_096, // as the 128K models
                1,
                new DemoScript());
    }

    public SimulatorOptions withPort(int number) {
        return with(copy -> copy.port = number);
    }

    public SimulatorOptions withModels(Set<String> known, Set<String> retired) {
        return with(copy -> {
            copy.models = known;
            copy.offlineModels = retired;
        });
    }

    /** These of the models can look at images. */
    public SimulatorOptions withVision(Set<String> seeing) {
        return with(copy -> copy.visionModels = seeing);
    }

    /** {@code /v1} plays this server. */
    public SimulatorOptions withSelfHosted(Dialect server) {
        return with(copy -> copy.selfHosted = server);
    }

    /** The IAM user's pair. */
    public SimulatorOptions withAccessKeys(String access, String secret) {
        return with(copy -> {
            copy.accessKey = access;
            copy.secretKey = secret;
        });
    }

    /** V2's {@code appid} header may name this app and no other. */
    public SimulatorOptions withAppId(String id) {
        return with(copy -> copy.appId = id);
    }

    public SimulatorOptions withOpenAiKey(String key) {
        return with(copy -> copy.openAiKey = key);
    }

    public SimulatorOptions withTokenLife(Duration life) {
        return with(copy -> copy.tokenLife = life);
    }

    public SimulatorOptions withTimeScale(double factor) {
        return with(copy -> copy.timeScale = factor);
    }

    public SimulatorOptions withRate(int requests, Duration window) {
        return with(copy -> {
            copy.requestsPerMinute = requests;
            copy.rateWindow = window;
        });
    }

    /** Counted in the same window as the requests; 0 for no limit. */
    public SimulatorOptions withTokensPerMinute(int tokens) {
        return with(copy -> copy.tokensPerMinute = tokens);
    }

    public SimulatorOptions withMaxCharacters(int characters) {
        return with(copy -> copy.maxCharacters = characters);
    }

    public SimulatorOptions withSeed(long number) {
        return with(copy -> copy.seed = number);
    }

    public SimulatorOptions withScript(Script chosen) {
        return with(copy -> copy.script = chosen);
    }

    private SimulatorOptions with(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.options();
    }

    /** The same values while some of them change: the one place besides the header that lists them all. */
    private static final class Copy {
        private int port;
        private Set<String> models;
        private Set<String> offlineModels;
        private Set<String> visionModels;
        private Dialect selfHosted;
        private String apiKey;
        private String appId;
        private String clientId;
        private String clientSecret;
        private String accessKey;
        private String secretKey;
        private String openAiKey;
        private Duration tokenLife;
        private double timeScale;
        private int requestsPerMinute;
        private int tokensPerMinute;
        private Duration rateWindow;
        private int maxCharacters;
        private long seed;
        private Script script;

        Copy(SimulatorOptions options) {
            port = options.port;
            models = options.models;
            offlineModels = options.offlineModels;
            visionModels = options.visionModels;
            selfHosted = options.selfHosted;
            apiKey = options.apiKey;
            appId = options.appId;
            clientId = options.clientId;
            clientSecret = options.clientSecret;
            accessKey = options.accessKey;
            secretKey = options.secretKey;
            openAiKey = options.openAiKey;
            tokenLife = options.tokenLife;
            timeScale = options.timeScale;
            requestsPerMinute = options.requestsPerMinute;
            tokensPerMinute = options.tokensPerMinute;
            rateWindow = options.rateWindow;
            maxCharacters = options.maxCharacters;
            seed = options.seed;
            script = options.script;
        }

        SimulatorOptions options() {
            return new SimulatorOptions(
                    port,
                    models,
                    offlineModels,
                    visionModels,
                    selfHosted,
                    apiKey,
                    appId,
                    clientId,
                    clientSecret,
                    accessKey,
                    secretKey,
                    openAiKey,
                    tokenLife,
                    timeScale,
                    requestsPerMinute,
                    tokensPerMinute,
                    rateWindow,
                    maxCharacters,
                    seed,
                    script);
        }
    }
}
