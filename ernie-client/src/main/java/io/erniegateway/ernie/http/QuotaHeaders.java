package io.erniegateway.ernie.http;

import io.erniegateway.ernie.Quota;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code X-Ratelimit-Limit-…} and {@code X-Ratelimit-Remaining-…} (Baidu's page Llroa77io): V1 counts {@code
 * Tokens}, V2 {@code Input-Tokens} and {@code Output-Tokens}. What is no number is taken as not said. Pure.
 */
final class QuotaHeaders {
    private static final String PREFIX = "X-Ratelimit-";

    private QuotaHeaders() {}

    static Quota read(Headers headers) {
        Quota quota = new Quota(
                number(headers, "Limit-Requests"),
                number(headers, "Remaining-Requests"),
                eitherOf(headers, "Limit-Input-Tokens", "Limit-Tokens"),
                eitherOf(headers, "Remaining-Input-Tokens", "Remaining-Tokens"),
                number(headers, "Limit-Output-Tokens"),
                number(headers, "Remaining-Output-Tokens"));
        return quota.equals(Quota.UNTOLD) ? Quota.UNTOLD : quota;
    }

    private static @Nullable Integer eitherOf(Headers headers, String first, String second) {
        Integer number = number(headers, first);
        return number == null ? number(headers, second) : number;
    }

    private static @Nullable Integer number(Headers headers, String name) {
        String value = headers.get(PREFIX + name);
        if (value == null) {
            return null;
        }
        try {
            return Integer.valueOf(value.strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
