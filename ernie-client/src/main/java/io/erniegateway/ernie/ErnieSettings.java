package io.erniegateway.ernie;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where ERNIE is, how to get in, and how patient to be. Made by {@link #builder}; checked when built, so that a fault is
 * told before the first call.
 *
 * @param dialect the interface the server speaks
 * @param baseUrl up to and without {@code /chat/completions} (V2, OpenAI) or {@code /rpc/2.0/…} (V1); any path prefix
 * @param model the model's name; in V1 the suffix of the endpoint, such as {@code completions_pro}
 * @param apiKey V2: {@code bce-v3/…}; OPENAI: empty sends no header; V1: unused
 * @param clientId V1's API key; otherwise unused
 * @param clientSecret V1's secret key; otherwise unused
 * @param oauthUrl V1: what stands before {@code /oauth/2.0/token}; by default the base URL's
 * @param appId V2's optional header that attributes usage and limits to an app ({@code app-…}); empty for none
 * @param connectTimeout for TCP and TLS
 * @param firstByteTimeout how long the server may be silent before the first byte of the answer's body; thinking models
 *     are slow
 * @param gapTimeout how long it may be silent between two bytes after that. There is no limit on the whole answer
 * @param attempts how often a request is sent at most while nothing of an answer has arrived, 1 to 10
 * @param longestRetryWait if the server asks for a longer wait than this, the failure is told instead of waited for
 * @param maxLineBytes longest line of a stream, 1 KiB to 64 MiB
 * @param maxAnswerCharacters an answer longer than this ends with {@code Finished(LENGTH)}; the reasoning has the same
 *     limit of its own
 * @param temperature null for the model's own; V1 (0, 1], otherwise [0, 2]
 * @param topP null for the model's own; [0, 1]
 * @param maxOutputTokens null for the model's own; at least 1, V1 at least 2
 */
public record ErnieSettings(
        Dialect dialect,
        String baseUrl,
        String model,
        String apiKey,
        String clientId,
        String clientSecret,
        String oauthUrl,
        String appId,
        Duration connectTimeout,
        Duration firstByteTimeout,
        Duration gapTimeout,
        int attempts,
        Duration longestRetryWait,
        int maxLineBytes,
        int maxAnswerCharacters,
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Integer maxOutputTokens) {

    /** More than this is a wish to hide an outage, not to survive it. */
    private static final int MOST_ATTEMPTS = 10;

    private static final int LEAST_LINE_BYTES = 1024;
    private static final int MOST_LINE_BYTES = 64 * 1024 * 1024;

    /** OkHttp takes its time-outs as milliseconds in an int; a day is beyond any use. */
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(1);

    /**
     * Checks everything that can be checked without the server.
     *
     * @throws IllegalArgumentException naming the setting, the fault and the remedy, never a secret
     */
    public ErnieSettings {
        baseUrl = BaseUrls.checked("baseUrl", baseUrl);
        oauthUrl = oauthUrl.isBlank() ? BaseUrls.oauthBeside(baseUrl) : BaseUrls.checked("oauthUrl", oauthUrl);
        model = model.strip();
        apiKey = headerText("apiKey", apiKey);
        clientId = headerText("clientId", clientId);
        clientSecret = headerText("clientSecret", clientSecret);
        appId = headerText("appId", appId);
        checkModelAndKeys(dialect, model, apiKey, clientId, clientSecret);
        checkTimeout("connectTimeout", connectTimeout);
        checkTimeout("firstByteTimeout", firstByteTimeout);
        checkTimeout("gapTimeout", gapTimeout);
        checkRange("attempts", attempts, 1, MOST_ATTEMPTS);
        if (longestRetryWait.isNegative()) {
            throw new IllegalArgumentException("longestRetryWait: must not be negative");
        }
        checkRange("maxLineBytes", maxLineBytes, LEAST_LINE_BYTES, MOST_LINE_BYTES);
        checkRange("maxAnswerCharacters", maxAnswerCharacters, 1, Integer.MAX_VALUE);
        checkSampling(dialect, temperature, topP, maxOutputTokens);
    }

    /** Begins settings for a server; everything else has a default, but {@code QIANFAN_*} need their keys. */
    public static Builder builder(Dialect dialect, String baseUrl, String model) {
        return new Builder(dialect, baseUrl, model);
    }

    /** Masks the secrets. */
    @Override
    public String toString() {
        return "ErnieSettings[" + dialect + " " + baseUrl + ", model=" + model + ", apiKey=" + masked(apiKey)
                + ", clientId=" + masked(clientId) + ", clientSecret=" + masked(clientSecret) + ", attempts=" + attempts
                + ", firstByteTimeout=" + firstByteTimeout + ", gapTimeout=" + gapTimeout + "]";
    }

    private static String masked(String secret) {
        return secret.isEmpty() ? "none" : "***";
    }

    private static void checkModelAndKeys(
            Dialect dialect, String model, String apiKey, String clientId, String clientSecret) {
        if (model.isEmpty()) {
            throw new IllegalArgumentException("model: is empty; give the name the server lists, in V1 the endpoint's"
                    + " suffix such as completions_pro");
        }
        switch (dialect.api()) {
            case QIANFAN_V2 -> {
                if (apiKey.isEmpty()) {
                    throw new IllegalArgumentException(
                            "apiKey: is empty; create an API Key (bce-v3/…) in the Qianfan console");
                }
            }
            case QIANFAN_V1 -> {
                if (clientId.isEmpty() || clientSecret.isEmpty()) {
                    throw new IllegalArgumentException(
                            "clientId, clientSecret: V1 needs both, the app's API Key and Secret Key");
                }
            }
            case OPENAI -> {
                // Most self-hosted servers take no key at all.
            }
        }
    }

    private static void checkSampling(
            Dialect dialect, @Nullable Double temperature, @Nullable Double topP, @Nullable Integer maxOutputTokens) {
        boolean v1 = dialect == Dialect.QIANFAN_V1;
        if (temperature != null && v1 && !(temperature > 0 && temperature <= 1)) {
            throw new IllegalArgumentException("temperature: V1 takes more than 0 and at most 1");
        }
        if (temperature != null && !(temperature >= 0 && temperature <= 2)) {
            throw new IllegalArgumentException("temperature: must be 0 to 2");
        }
        if (topP != null && !(topP >= 0 && topP <= 1)) {
            throw new IllegalArgumentException("topP: must be 0 to 1");
        }
        if (maxOutputTokens != null && maxOutputTokens < (v1 ? 2 : 1)) {
            throw new IllegalArgumentException("maxOutputTokens: must be at least " + (v1 ? 2 : 1));
        }
    }

    private static void checkTimeout(String setting, Duration value) {
        if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException(setting + ": must be 1 ms to 1 day");
        }
    }

    private static void checkRange(String setting, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(setting + ": must be " + least + " to " + most);
        }
    }

    /** Strips the newline that a key read from a file brings along, and refuses what no header may carry. */
    private static String headerText(String setting, String value) {
        String text = value.strip();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                throw new IllegalArgumentException(setting + ": the character at position " + i
                        + " is not printable ASCII; copy it again without line breaks and quotation marks");
            }
        }
        return text;
    }

    /** Collects settings; {@link #build} checks them. */
    public static final class Builder {
        /** Thinking models are silent for long, and Baidu's users asked for more than 60 s (its issues 458, 461). */
        private static final Duration DEFAULT_FIRST_BYTE = Duration.ofMinutes(3);

        private static final Duration DEFAULT_GAP = Duration.ofSeconds(90);

        /** Baidu counts requests and tokens by the minute: after a minute's wait a retry has a chance. */
        private static final Duration DEFAULT_LONGEST_RETRY_WAIT = Duration.ofSeconds(70);

        private static final int DEFAULT_LINE_BYTES = 1024 * 1024;

        /** About 65,536 tokens, the largest output of the models known in 2026, with room. */
        private static final int DEFAULT_ANSWER_CHARACTERS = 200_000;

        private final Dialect dialect;
        private final String baseUrl;
        private final String model;
        private String apiKey = "";
        private String clientId = "";
        private String clientSecret = "";
        private String oauthUrl = "";
        private String appId = "";
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration firstByteTimeout = DEFAULT_FIRST_BYTE;
        private Duration gapTimeout = DEFAULT_GAP;
        private int attempts = 3;
        private Duration longestRetryWait = DEFAULT_LONGEST_RETRY_WAIT;
        private int maxLineBytes = DEFAULT_LINE_BYTES;
        private int maxAnswerCharacters = DEFAULT_ANSWER_CHARACTERS;
        private @Nullable Double temperature;
        private @Nullable Double topP;
        private @Nullable Integer maxOutputTokens;

        private Builder(Dialect dialect, String baseUrl, String model) {
            this.dialect = dialect;
            this.baseUrl = baseUrl;
            this.model = model;
        }

        public Builder apiKey(String key) {
            apiKey = key;
            return this;
        }

        public Builder client(String id, String secret) {
            clientId = id;
            clientSecret = secret;
            return this;
        }

        public Builder oauthUrl(String url) {
            oauthUrl = url;
            return this;
        }

        public Builder appId(String id) {
            appId = id;
            return this;
        }

        public Builder connectTimeout(Duration timeout) {
            connectTimeout = timeout;
            return this;
        }

        public Builder firstByteTimeout(Duration timeout) {
            firstByteTimeout = timeout;
            return this;
        }

        public Builder gapTimeout(Duration timeout) {
            gapTimeout = timeout;
            return this;
        }

        public Builder attempts(int most) {
            attempts = most;
            return this;
        }

        public Builder longestRetryWait(Duration wait) {
            longestRetryWait = wait;
            return this;
        }

        public Builder maxLineBytes(int bytes) {
            maxLineBytes = bytes;
            return this;
        }

        public Builder maxAnswerCharacters(int characters) {
            maxAnswerCharacters = characters;
            return this;
        }

        public Builder temperature(@Nullable Double value) {
            temperature = value;
            return this;
        }

        public Builder topP(@Nullable Double value) {
            topP = value;
            return this;
        }

        public Builder maxOutputTokens(@Nullable Integer tokens) {
            maxOutputTokens = tokens;
            return this;
        }

        /**
         * The settings, checked.
         *
         * @throws IllegalArgumentException naming the setting, the fault and the remedy, never a secret
         */
        public ErnieSettings build() {
            return new ErnieSettings(
                    dialect,
                    baseUrl,
                    model,
                    apiKey,
                    clientId,
                    clientSecret,
                    oauthUrl,
                    appId,
                    connectTimeout,
                    firstByteTimeout,
                    gapTimeout,
                    attempts,
                    longestRetryWait,
                    maxLineBytes,
                    maxAnswerCharacters,
                    temperature,
                    topP,
                    maxOutputTokens);
        }
    }
}
