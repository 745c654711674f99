package io.erniegateway.ernie;

/**
 * How much a client may ask of its server at once. What goes over is refused here as {@link ErnieFailure.RetryLater}, or
 * waits up to {@code longestRetryWait}, before the server has to refuse it.
 *
 * @param concurrent most answers that are being received at the same time, 1 to 100,000
 * @param requestsPerMinute 0 if not known; is then learnt from {@code X-Ratelimit-Limit-Requests}
 * @param tokensPerMinute of input (V1: and output) by estimate; 0 if not known, is then learnt from the headers
 */
public record Load(int concurrent, int requestsPerMinute, int tokensPerMinute) {
    /** Far above what one account is granted (300 requests a minute), far below what would hurt this process. */
    public static final Load USUAL = new Load(1000, 0, 0);

    private static final int MOST_CONCURRENT = 100_000;

    public Load {
        if (concurrent < 1 || concurrent > MOST_CONCURRENT) {
            throw new IllegalArgumentException("concurrent: must be 1 to " + MOST_CONCURRENT + ", not " + concurrent);
        }
        if (requestsPerMinute < 0 || tokensPerMinute < 0) {
            throw new IllegalArgumentException("requestsPerMinute, tokensPerMinute: must be 0 (not known) or more");
        }
    }
}
