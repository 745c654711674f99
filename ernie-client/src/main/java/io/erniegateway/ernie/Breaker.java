package io.erniegateway.ernie;

import java.time.Duration;

/**
 * When to stop asking a server that fails. One breaker stands for one base URL and model, over all clients of a
 * process. Counted is what may pass by itself: overload, errors of the server, broken connections; not what the caller
 * did wrong.
 *
 * @param calls over how many of the last attempts is counted, 1 to 10,000
 * @param percent from which share of failures on it opens, 1 to 100
 * @param pause how long nobody asks, 1 ms to 1 hour; after it a few attempts decide whether it closes again
 */
public record Breaker(int calls, int percent, Duration pause) {
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    /** Opens within seconds when a server is down, and lets single refusals pass. */
    public static final Breaker USUAL = new Breaker(20, 50, Duration.ofSeconds(15));

    private static final int MOST_CALLS = 10_000;
    private static final int WHOLE = 100;

    public Breaker {
        if (calls < 1 || calls > MOST_CALLS) {
            throw new IllegalArgumentException("breaker calls: must be 1 to " + MOST_CALLS + ", not " + calls);
        }
        if (percent < 1 || percent > WHOLE) {
            throw new IllegalArgumentException("breaker percent: must be 1 to 100, not " + percent);
        }
        if (pause.compareTo(Duration.ofMillis(1)) < 0 || pause.compareTo(LONGEST_PAUSE) > 0) {
            throw new IllegalArgumentException("breaker pause: must be 1 ms to 1 hour, not " + pause);
        }
    }
}
