package io.erniegateway.ernie;

import java.time.Duration;

/** How a client shows who it is. None of these prints its secrets. */
public sealed interface Access {

    /** A long-lived API key ({@code bce-v3/…}) as bearer; empty for a self-hosted server without keys. */
    record ApiKey(String key) implements Access {
        @Override
        public String toString() {
            return key.isEmpty() ? "no key" : "ApiKey[***]";
        }
    }

    /**
     * V1's app: an access token of 30 days is fetched from {@code url/oauth/2.0/token}.
     *
     * @param url empty for the base URL's origin
     */
    record OAuth(String clientId, String clientSecret, String url) implements Access {
        @Override
        public String toString() {
            return "OAuth[***]";
        }
    }

    /**
     * An IAM key pair. V1: each request is signed ({@code bce-auth-v1}). V2: a bearer token that lives {@code life} is
     * fetched from {@code url}, so that no long-lived key stands in any request.
     *
     * @param url of V2's token service
     * @param life of a V2 token, 300 seconds to 30 days (page Gm5z8ryv5)
     */
    record Iam(String accessKey, String secretKey, String url, Duration life) implements Access {
        /** Baidu's token service. */
        public static final String PUBLIC_URL = "https://iam.bj.baidubce.com";

        /** Baidu's default. */
        public static final Duration USUAL_LIFE = Duration.ofMinutes(30);

        /** Baidu mints nothing shorter. */
        public static final Duration SHORTEST_LIFE = Duration.ofMinutes(5);

        /** Nor anything longer. */
        public static final Duration LONGEST_LIFE = Duration.ofDays(30);

        @Override
        public String toString() {
            return "Iam[***]";
        }
    }
}
