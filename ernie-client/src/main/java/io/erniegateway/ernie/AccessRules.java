package io.erniegateway.ernie;

import java.time.Duration;

/** Says what is wrong with keys, before a server does so with less. Pure. */
final class AccessRules {
    private AccessRules() {}

    /**
     * The access without what a file brings along, such as a newline, and with its addresses complete.
     *
     * @throws IllegalArgumentException naming the setting, the fault and the remedy, never a key
     */
    static Access checked(Dialect dialect, String baseUrl, Access access) {
        return switch (access) {
            case Access.ApiKey(String key) -> new Access.ApiKey(checkedKey(dialect, headerText("apiKey", key)));
            case Access.OAuth(String id, String secret, String url) -> {
                if (dialect != Dialect.QIANFAN_V1) {
                    throw new IllegalArgumentException(
                            "clientId, clientSecret: only V1 knows them; use an API Key or an IAM key pair");
                }
                yield new Access.OAuth(
                        needed("clientId", "the app's API Key", id),
                        needed("clientSecret", "the app's Secret Key", secret),
                        url.isBlank() ? BaseUrls.oauthBeside(baseUrl) : BaseUrls.checked("oauthUrl", url));
            }
            case Access.Iam(String key, String secret, String url, Duration life) -> {
                if (dialect.api() == Dialect.Api.OPENAI) {
                    throw new IllegalArgumentException("accessKey, secretKey: only Baidu knows them; use an API key");
                }
                if (life.compareTo(Access.Iam.SHORTEST_LIFE) < 0 || life.compareTo(Access.Iam.LONGEST_LIFE) > 0) {
                    throw new IllegalArgumentException("tokenLife: must be 5 minutes to 30 days");
                }
                yield new Access.Iam(
                        needed("accessKey", "the account's Access Key", key),
                        needed("secretKey", "the account's Secret Key", secret),
                        BaseUrls.checked("iamUrl", url),
                        life);
            }
        };
    }

    /** Most self-hosted servers take no key at all. */
    private static String checkedKey(Dialect dialect, String key) {
        if (dialect == Dialect.QIANFAN_V1) {
            throw new IllegalArgumentException(
                    "clientId, clientSecret: V1 needs both, the app's API Key and Secret Key, or an IAM key pair");
        }
        if (dialect == Dialect.QIANFAN_V2 && key.isEmpty()) {
            throw new IllegalArgumentException("apiKey: is empty; create an API Key (bce-v3/…) in the Qianfan console,"
                    + " or give an IAM key pair");
        }
        return key;
    }

    private static String needed(String setting, String what, String value) {
        String text = headerText(setting, value);
        if (text.isEmpty()) {
            throw new IllegalArgumentException(setting + ": is empty; give " + what);
        }
        return text;
    }

    /** Strips the newline that a key read from a file brings along, and refuses what no header may carry. */
    static String headerText(String setting, String value) {
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
}
