package io.erniegateway.ernie.simulated;

import java.time.Duration;
import java.util.Set;

/**
 * What the simulated account and server are like. Begin with {@link #defaults}; nothing in it is a real key.
 *
 * @param port 0 for any free one; the simulator listens on 127.0.0.1 only
 * @param models the names it knows; in V1 the endpoint's suffixes
 * @param offlineModels names that were retired: 403 {@code model_offline}
 * @param apiKey what V2 takes as bearer
 * @param clientId V1's
 * @param clientSecret V1's
 * @param openAiKey the OpenAI dialect's bearer, empty for a server without keys
 * @param tokenLife of a V1 token; Baidu's is 30 days
 * @param timeScale 1 is the recorded speed, 0.01 a hundred times as fast, 0 without any wait
 * @param requestsPerMinute per model, 0 for no limit
 * @param rateWindow Baidu's is a minute
 * @param maxCharacters of all messages together
 * @param seed of the sizes and gaps of chunks
 */
public record SimulatorOptions(
        int port,
        Set<String> models,
        Set<String> offlineModels,
        String apiKey,
        String clientId,
        String clientSecret,
        String openAiKey,
        Duration tokenLife,
        double timeScale,
        int requestsPerMinute,
        Duration rateWindow,
        int maxCharacters,
        long seed,
        Script script) {

    /** Honest about what answers. */
    public static final String DEMO_MODEL = "scripted-demo";

    public SimulatorOptions {
        models = Set.copyOf(models);
        offlineModels = Set.copyOf(offlineModels);
        if (models.isEmpty()) {
            throw new IllegalArgumentException("models: name at least one");
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
                "simulated-api-key",
                "simulated-client-id",
                "simulated-client-secret",
                "",
                Duration.ofDays(30),
                1,
                0,
                Duration.ofMinutes(1),
                516_096, // as the 128K models
                1,
                new DemoScript());
    }

    public SimulatorOptions withPort(int number) {
        return new SimulatorOptions(
                number,
                models,
                offlineModels,
                apiKey,
                clientId,
                clientSecret,
                openAiKey,
                tokenLife,
                timeScale,
                requestsPerMinute,
                rateWindow,
                maxCharacters,
                seed,
                script);
    }

    public SimulatorOptions withModels(Set<String> known, Set<String> retired) {
        return new SimulatorOptions(
                port,
                known,
                retired,
                apiKey,
                clientId,
                clientSecret,
                openAiKey,
                tokenLife,
                timeScale,
                requestsPerMinute,
                rateWindow,
                maxCharacters,
                seed,
                script);
    }

    public SimulatorOptions withOpenAiKey(String key) {
        return new SimulatorOptions(
                port,
                models,
                offlineModels,
                apiKey,
                clientId,
                clientSecret,
                key,
                tokenLife,
                timeScale,
                requestsPerMinute,
                rateWindow,
                maxCharacters,
                seed,
                script);
    }

    public SimulatorOptions withTokenLife(Duration life) {
        return new SimulatorOptions(
                port,
                models,
                offlineModels,
                apiKey,
                clientId,
                clientSecret,
                openAiKey,
                life,
                timeScale,
                requestsPerMinute,
                rateWindow,
                maxCharacters,
                seed,
                script);
    }

    public SimulatorOptions withTimeScale(double factor) {
        return new SimulatorOptions(
                port,
                models,
                offlineModels,
                apiKey,
                clientId,
                clientSecret,
                openAiKey,
                tokenLife,
                factor,
                requestsPerMinute,
                rateWindow,
                maxCharacters,
                seed,
                script);
    }

    public SimulatorOptions withRate(int requests, Duration window) {
        return new SimulatorOptions(
                port,
                models,
                offlineModels,
                apiKey,
                clientId,
                clientSecret,
                openAiKey,
                tokenLife,
                timeScale,
                requests,
                window,
                maxCharacters,
                seed,
                script);
    }

    public SimulatorOptions withMaxCharacters(int characters) {
        return new SimulatorOptions(
                port,
                models,
                offlineModels,
                apiKey,
                clientId,
                clientSecret,
                openAiKey,
                tokenLife,
                timeScale,
                requestsPerMinute,
                rateWindow,
                characters,
                seed,
                script);
    }

    public SimulatorOptions withSeed(long number) {
        return new SimulatorOptions(
                port,
                models,
                offlineModels,
                apiKey,
                clientId,
                clientSecret,
                openAiKey,
                tokenLife,
                timeScale,
                requestsPerMinute,
                rateWindow,
                maxCharacters,
                number,
                script);
    }

    public SimulatorOptions withScript(Script chosen) {
        return new SimulatorOptions(
                port,
                models,
                offlineModels,
                apiKey,
                clientId,
                clientSecret,
                openAiKey,
                tokenLife,
                timeScale,
                requestsPerMinute,
                rateWindow,
                maxCharacters,
                seed,
                chosen);
    }
}
