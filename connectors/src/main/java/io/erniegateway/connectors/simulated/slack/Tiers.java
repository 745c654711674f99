package io.erniegateway.connectors.simulated.slack;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * The rate limits of one app in one workspace, per method (docs.slack.dev {@code apis/web-api/rate-limits}). Guarded by
 * its own monitor.
 *
 * <p>How Slack cuts its minutes is not published. This one takes the strictest reading: never more than the tier's number
 * in any sixty seconds, and nothing for the "+".
 */
final class Tiers {

    static final int TIER_3 = 50;
    static final int TIER_4 = 100;
    private static final int TIER_2 = 20;
    /** "Special, several hundred"; the number is the SDK's. */
    private static final int SPECIAL = 600;
    /** "Several hundred messages per minute per workspace": the least that can be meant. */
    private static final int POSTS_PER_WORKSPACE = 200;
    /** "1 per second per channel, short bursts"; that a burst is one post and two ahead of time is a guess. */
    private static final int POST_BURST_AHEAD = 2;

    private static final int STATUS_PER_CHANNEL = 60;

    private static final String POST = "chat.postMessage";
    private static final String STATUS = "assistant.threads.setStatus";

    private final LongSupplier millis;
    private final long minute;
    private final Map<String, ArrayDeque<Long>> calls = new HashMap<>();
    private final Map<String, Integer> lowered = new HashMap<>();
    private final Map<String, Long> blockedUntil = new HashMap<>();
    /** When the next post in a channel would be on time. */
    private final Map<String, Long> nextPost = new HashMap<>();

    Tiers(LongSupplier millis, Duration minute) {
        this.millis = millis;
        this.minute = minute.toMillis();
    }

    /** Counts a call, or says how many milliseconds it came too early; a refused call is not counted. */
    synchronized OptionalLong admit(String method, String channel) {
        long now = millis.getAsLong();
        long blocked = blockedUntil.getOrDefault(method, now) - now;
        long early = Math.max(blocked, early(method, channel, now));
        if (early > 0) {
            return OptionalLong.of(early);
        }
        window(method).addLast(now);
        switch (method) {
            case POST -> posted(channel, now);
            case StreamMethods.START -> {
                window(POST).addLast(now);
                posted(channel, now);
            }
            case STATUS -> window(STATUS + " " + channel).addLast(now);
            default -> {}
        }
        return OptionalLong.empty();
    }

    private void posted(String channel, long now) {
        nextPost.merge(channel, now + second(), (next, first) -> Math.max(next, now) + second());
    }

    /** From now on, so many calls of this method in a minute. */
    synchronized void allow(String method, int perMinute) {
        lowered.put(method, perMinute);
    }

    /** Refuses the method until then, whatever the windows say. */
    synchronized void block(String method, Duration wait) {
        blockedUntil.put(method, millis.getAsLong() + wait.toMillis());
    }

    /** Calls of this method in the present minute. */
    synchronized int used(String method) {
        ArrayDeque<Long> window = window(method);
        forget(window, millis.getAsLong() - minute);
        return window.size();
    }

    private long early(String method, String channel, long now) {
        long workspace = early(window(method), now, minute, perMinute(method));
        return switch (method) {
            case POST -> Math.max(workspace, earlyPost(channel, now));
            // Whether a stream's first message counts as a post is not published; the strict reading is that it does.
            case StreamMethods.START ->
                Math.max(
                        Math.max(workspace, earlyPost(channel, now)),
                        early(window(POST), now, minute, perMinute(POST)));
            case STATUS -> early(window(STATUS + " " + channel), now, minute, STATUS_PER_CHANNEL);
            default -> workspace;
        };
    }

    private long earlyPost(String channel, long now) {
        return nextPost.getOrDefault(channel, now) - POST_BURST_AHEAD * second() - now;
    }

    private long second() {
        return minute / 60;
    }

    private static long early(ArrayDeque<Long> window, long now, long length, int allowed) {
        long inside = window.stream().filter(at -> at > now - length).count();
        if (inside < allowed) {
            return 0;
        }
        long leaves = window.stream()
                .filter(at -> at > now - length)
                .skip(inside - allowed)
                .findFirst()
                .orElse(now);
        return leaves + length - now;
    }

    private int perMinute(String method) {
        Integer given = lowered.get(method);
        return given == null ? published(method) : given;
    }

    private static int published(String method) {
        return switch (method) {
            case POST -> POSTS_PER_WORKSPACE;
            case STATUS, "auth.test" -> SPECIAL;
            case "chat.postEphemeral", StreamMethods.APPEND -> TIER_4;
            case StreamMethods.START, StreamMethods.STOP -> TIER_2;
            // chat.update, chat.delete, conversations.*, and apps.connections.open by the method reference.
            default -> TIER_3;
        };
    }

    private ArrayDeque<Long> window(String key) {
        ArrayDeque<Long> window = calls.computeIfAbsent(key, k -> new ArrayDeque<>());
        forget(window, millis.getAsLong() - minute);
        return window;
    }

    private static void forget(ArrayDeque<Long> window, long before) {
        while (!window.isEmpty() && window.getFirst() <= before) {
            window.removeFirst();
        }
    }
}
