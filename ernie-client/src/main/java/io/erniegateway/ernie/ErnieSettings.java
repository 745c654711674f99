package io.erniegateway.ernie;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where ERNIE is, how to get in, and how patient to be. Made by {@link #builder}; checked when built, so that a fault is
 * told before the first call.
 *
 * @param dialect the server
 * @param baseUrl up to and without {@code /chat/completions} (V2, OpenAI) or {@code /rpc/2.0/…} (V1); any path prefix
 * @param model the model's name; in V1 the suffix of the endpoint, such as {@code completions_pro}
 * @param access key, app or key pair
 * @param appId V2's optional header that attributes usage and limits to an app ({@code app-…}); empty for none
 * @param connectTimeout for TCP; TLS is agreed on under {@code firstByteTimeout}
 * @param firstByteTimeout how long the server may be silent before the first byte of the answer's body; thinking models
 *     are slow
 * @param gapTimeout how long it may be silent between two bytes after that, at most {@code firstByteTimeout}. There is
 *     no limit on the whole answer
 * @param eventTimeout how long it may send bytes that tell nothing, such as keep-alive comments and empty chunks, before
 *     it counts as hung
 * @param attempts how often a request is sent at most while nothing of an answer has arrived, 1 to 10
 * @param longestRetryWait if the server, or the limits of {@code load}, ask for a longer wait than this, the failure is
 *     told instead of waited for
 * @param maxLineBytes longest line of a stream, 1 KiB to 64 MiB
 * @param maxAnswerCharacters an answer longer than this ends with {@code Finished(LENGTH)}; the reasoning, and the tool
 *     calls together, have the same limit of their own
 * @param parameters what every request sets, unless it says otherwise
 * @param window what the model reads at once, to which histories are trimmed
 * @param load how much is asked at once
 * @param breaker when a failing server is left alone
 * @param rerankPath V2's path of {@link ErnieClient#rerank} below the base URL: {@code rerank} as documented (page
 *     2m7u4zt74), or {@code rerankers} as Baidu's SDKs have it
 */
public record ErnieSettings(
        Dialect dialect,
        String baseUrl,
        String model,
        Access access,
        String appId,
        Duration connectTimeout,
        Duration firstByteTimeout,
        Duration gapTimeout,
        Duration eventTimeout,
        int attempts,
        Duration longestRetryWait,
        int maxLineBytes,
        int maxAnswerCharacters,
        Parameters parameters,
        Window window,
        Load load,
        Breaker breaker,
        String rerankPath) {

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
        model = model.strip();
        if (model.isEmpty()) {
            throw new IllegalArgumentException("model: is empty; give the name the server lists, in V1 the endpoint's"
                    + " suffix such as completions_pro");
        }
        access = AccessRules.checked(dialect, baseUrl, access);
        appId = AccessRules.headerText("appId", appId);
        checkTimeout("connectTimeout", connectTimeout);
        checkTimeout("firstByteTimeout", firstByteTimeout);
        checkTimeout("gapTimeout", gapTimeout);
        if (gapTimeout.compareTo(firstByteTimeout) > 0) {
            // The socket's own time-out is set once, for the first byte, and would end a longer gap.
            throw new IllegalArgumentException("gapTimeout: must not be longer than firstByteTimeout");
        }
        checkTimeout("eventTimeout", eventTimeout);
        checkRange("attempts", attempts, 1, MOST_ATTEMPTS);
        if (longestRetryWait.isNegative()) {
            throw new IllegalArgumentException("longestRetryWait: must not be negative");
        }
        checkRange("maxLineBytes", maxLineBytes, LEAST_LINE_BYTES, MOST_LINE_BYTES);
        checkRange("maxAnswerCharacters", maxAnswerCharacters, 1, Integer.MAX_VALUE);
        parameters.check(dialect);
        if (!rerankPath.matches("[a-z0-9_-]+(/[a-z0-9_-]+)*")) {
            throw new IllegalArgumentException(
                    "rerankPath: must be what follows the base URL, such as rerank or rerankers");
        }
    }

    /** Begins settings for a server; everything else has a default, but {@code QIANFAN_*} need their keys. */
    public static Builder builder(Dialect dialect, String baseUrl, String model) {
        return new Builder(dialect, baseUrl, model);
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

    /** Collects settings; {@link #build} checks them. */
    public static final class Builder {
        /** Thinking models are silent for long, and Baidu's users asked for more than 60 s (its issues 458, 461). */
        private static final Duration DEFAULT_FIRST_BYTE = Duration.ofMinutes(3);

        private static final Duration DEFAULT_GAP = Duration.ofSeconds(90);

        /** Longer than the wait for a first byte: a proxy that keeps the line alive must not cut a model's thinking. */
        private static final Duration DEFAULT_EVENT = Duration.ofMinutes(5);

        /** Baidu counts requests and tokens by the minute: after a minute's wait a retry has a chance. */
        private static final Duration DEFAULT_LONGEST_RETRY_WAIT = Duration.ofSeconds(70);

        private static final int DEFAULT_LINE_BYTES = 1024 * 1024;

        /** About 65,536 tokens, the largest output of the models known in 2026, with room. */
        private static final int DEFAULT_ANSWER_CHARACTERS = 200_000;

        private final Dialect dialect;
        private final String baseUrl;
        private final String model;
        private Access access = new Access.ApiKey("");
        private String appId = "";
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration firstByteTimeout = DEFAULT_FIRST_BYTE;
        private @Nullable Duration gapTimeout;
        private Duration eventTimeout = DEFAULT_EVENT;
        private int attempts = 3;
        private Duration longestRetryWait = DEFAULT_LONGEST_RETRY_WAIT;
        private int maxLineBytes = DEFAULT_LINE_BYTES;
        private int maxAnswerCharacters = DEFAULT_ANSWER_CHARACTERS;
        private Parameters parameters = Parameters.NONE;
        private Window window = Window.UNKNOWN;
        private Load load = Load.USUAL;
        private Breaker breaker = Breaker.USUAL;
        private String rerankPath = "rerank";

        private Builder(Dialect dialect, String baseUrl, String model) {
            this.dialect = dialect;
            this.baseUrl = baseUrl;
            this.model = model;
        }

        public Builder apiKey(String key) {
            access = new Access.ApiKey(key);
            return this;
        }

        /** V1's app, whose tokens are beside the base URL; {@link #access} takes another place. */
        public Builder client(String id, String secret) {
            access = new Access.OAuth(id, secret, "");
            return this;
        }

        /** An IAM key pair. */
        public Builder iam(String accessKey, String secretKey) {
            access = new Access.Iam(accessKey, secretKey, Access.Iam.PUBLIC_URL, Access.Iam.USUAL_LIFE);
            return this;
        }

        public Builder access(Access way) {
            access = way;
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

        public Builder eventTimeout(Duration timeout) {
            eventTimeout = timeout;
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

        /** Sets a parameter for every request; null for the model's own. */
        public <T> Builder with(Parameter<T> parameter, @Nullable T value) {
            parameters = parameters.with(parameter, value);
            return this;
        }

        public Builder window(Window size) {
            window = size;
            return this;
        }

        public Builder load(Load most) {
            load = most;
            return this;
        }

        public Builder breaker(Breaker rule) {
            breaker = rule;
            return this;
        }

        public Builder rerankPath(String path) {
            rerankPath = path;
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
                    access,
                    appId,
                    connectTimeout,
                    firstByteTimeout,
                    gapTimeout == null ? usualGap() : gapTimeout,
                    eventTimeout,
                    attempts,
                    longestRetryWait,
                    maxLineBytes,
                    maxAnswerCharacters,
                    parameters,
                    window,
                    load,
                    breaker,
                    rerankPath);
        }

        private Duration usualGap() {
            return DEFAULT_GAP.compareTo(firstByteTimeout) > 0 ? firstByteTimeout : DEFAULT_GAP;
        }
    }
}
