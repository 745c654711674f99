package io.erniegateway.connectors.simulated.slack;

import java.time.Duration;
import java.util.List;

/**
 * Slack's times.
 *
 * @param ackWithin how long the app may take to acknowledge (3 s, Events API and Socket Mode)
 * @param retries the waits before the second, third and fourth delivery (at once, 1 min, 5 min)
 * @param minute the window of the rate limits
 * @param statusLasts how long a status is shown (2 min)
 * @param warning how long a socket lives after its {@code warning} (about 10 s)
 * @param ticket how long the address of a socket is good (short; the figure is ours)
 * @param streamLasts how long a stream stays open, however busy ("about 5 min", python-slack-sdk issues 1859, 1880)
 * @param streamIdles how long a stream stays open without a piece ("a few idle minutes"; that these are two is ours)
 * @param sessionLasts how long a session says {@code processing} if nobody ends it (1 h)
 */
public record SlackTimes(
        Duration ackWithin,
        List<Duration> retries,
        Duration minute,
        Duration statusLasts,
        Duration warning,
        Duration ticket,
        Duration streamLasts,
        Duration streamIdles,
        Duration sessionLasts) {

    public SlackTimes {
        retries = List.copyOf(retries);
    }

    /** As documented. */
    public static SlackTimes real() {
        return new SlackTimes(
                Duration.ofSeconds(3),
                List.of(Duration.ZERO, Duration.ofMinutes(1), Duration.ofMinutes(5)),
                Duration.ofMinutes(1),
                Duration.ofMinutes(2),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ofMinutes(2),
                Duration.ofHours(1));
    }
}
