package io.erniegateway.ernie.http;

import io.erniegateway.ernie.Quota;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** Reads {@code X-Ratelimit-…} (facts: page Llroa77io; V1 says {@code Tokens}, V2 input and output tokens). Pure. */
final class QuotaHeaders {
    private static final int MOST_DIGITS = 9;

    private QuotaHeaders() {}

    /** What is missing or no number is null. */
    static Quota read(Headers headers) {
        Integer limit = number(headers, "Limit-Input-Tokens");
        Integer left = number(headers, "Remaining-Input-Tokens");
        return new Quota(
                number(headers, "Limit-Requests"),
                number(headers, "Remaining-Requests"),
                limit == null ? number(headers, "Limit-Tokens") : limit,
                left == null ? number(headers, "Remaining-Tokens") : left,
                number(headers, "Limit-Output-Tokens"),
                number(headers, "Remaining-Output-Tokens"));
    }

    private static @Nullable Integer number(Headers headers, String name) {
        String text = headers.get("X-Ratelimit-" + name);
        return text != null && text.strip().matches("\\d{1," + MOST_DIGITS + "}")
                ? Integer.valueOf(text.strip())
                : null;
    }
}
