package io.erniegateway.ernie;

import org.jspecify.annotations.Nullable;

/**
 * What a server said about the present minute's allowance, in {@code X-Ratelimit-Limit-…} and {@code
 * X-Ratelimit-Remaining-…} headers (facts: Baidu's rate-limit page Llroa77io; every one is optional, and self-hosted
 * servers send none). Null where it said nothing.
 *
 * @param limitRequests requests per minute, for the account and the model
 * @param remainingRequests of them, how many are left in this minute
 * @param limitTokens tokens per minute: V1 counts input and output together, V2's input tokens stand here
 * @param remainingTokens of them, how many are left
 * @param limitOutputTokens V2 only
 * @param remainingOutputTokens V2 only
 */
public record Quota(
        @Nullable Integer limitRequests,
        @Nullable Integer remainingRequests,
        @Nullable Integer limitTokens,
        @Nullable Integer remainingTokens,
        @Nullable Integer limitOutputTokens,
        @Nullable Integer remainingOutputTokens) {

    /** The server said nothing. */
    public static final Quota UNTOLD = new Quota(null, null, null, null, null, null);

    /** Short where nothing was told, as nearly always. */
    @Override
    public String toString() {
        return equals(UNTOLD)
                ? "untold"
                : "requests " + remainingRequests + "/" + limitRequests + ", tokens " + remainingTokens + "/"
                        + limitTokens + ", output tokens " + remainingOutputTokens + "/" + limitOutputTokens;
    }
}
