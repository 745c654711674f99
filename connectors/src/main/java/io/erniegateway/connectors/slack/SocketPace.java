package io.erniegateway.connectors.slack;

import java.time.Duration;

/**
 * The times of Socket Mode.
 *
 * @param firstBackOff the wait after a first failure; it doubles up to {@code longestBackOff}
 * @param longestBackOff the longest wait; {@code apps.connections.open} may be as scarce as one call a minute
 * @param steady a socket that lived this long was a good one: the next may be opened at once
 * @param hello how long the first frame may take
 * @param ping how often we ask whether the other side is still there
 * @param farewell how long a replaced socket stays open for what is still under way on it; Slack itself takes it down
 *     about ten seconds after its warning
 */
record SocketPace(
        Duration firstBackOff,
        Duration longestBackOff,
        Duration steady,
        Duration hello,
        Duration ping,
        Duration farewell) {

    static final SocketPace REAL = new SocketPace(
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30));
}
