package io.erniegateway.gateway.delivery;

import java.time.Duration;

/**
 * How an answer begins: the push notification of most platforms shows the first text only, so it should say something.
 *
 * @param hold how long the first text may wait for more
 * @param enough characters that end the wait
 */
public record Pace(Duration hold, int enough) {
    public static final Pace DEFAULT = new Pace(Duration.ofMillis(300), 20);
}
