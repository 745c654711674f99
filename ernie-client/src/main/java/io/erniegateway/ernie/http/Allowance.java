package io.erniegateway.ernie.http;

import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieEvent.Usage;
import io.erniegateway.ernie.Load;
import io.erniegateway.ernie.Quota;
import java.time.Duration;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one model grants one account by the minute. An attempt books its moment and then waits for it, in the order of
 * booking, so that nobody is overtaken for ever. Thread-safe.
 */
final class Allowance {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** A server that asks for more is not believed for all questions to come: one of them finds out again. */
    private static final Duration LONGEST_CLOSURE = Duration.ofMinutes(2);

    /**
     * How far apart requests are sent in the minute after a refusal, where no limit is known: at first as if 600 a minute
     * were granted (usual are 300), and twice as far with each further refusal.
     */
    private static final Duration FIRST_SPACING = Duration.ofMillis(100);

    private static final Duration WIDEST_SPACING = Duration.ofSeconds(3);

    /** What came of booking. */
    sealed interface Outcome {
        /** Nothing was booked, for the wait would be too long. */
        record Full(Duration pause) implements Outcome {}

        /** Booked, to be used after {@code pause}; zero for now. */
        record Booked(Booking booking, Duration pause) implements Outcome {}
    }

    /** A moment, and what was reckoned to be used then. */
    record Booking(long at, long tokens) {}

    private final Ticker ticker;
    private final long origin;
    private final boolean outputCountsToo;
    private final Meter requests;
    private final Meter tokens;
    private final Meter outputTokens = new Meter(0);
    /** Moments that are booked and not yet over, with how many bookings each has. */
    private final NavigableMap<Long, Integer> booked = new TreeMap<>();

    private long closedUntil;
    private long spacing;

    Allowance(Load load, Dialect dialect, Ticker ticker) {
        this.ticker = ticker;
        this.origin = ticker.nanos();
        this.outputCountsToo = dialect == Dialect.QIANFAN_V1;
        this.requests = new Meter(load.requestsPerMinute());
        this.tokens = new Meter(load.tokensPerMinute());
    }

    /** Books the first moment at which a request of so many tokens fits, unless that is too far away. */
    synchronized Outcome book(long cost, Duration longestWait) {
        long now = now();
        booked.headMap(now).clear();
        long at = Math.max(now, Math.max(booked.isEmpty() ? 0 : booked.lastKey(), closedUntil));
        if (!requests.limited() && !booked.isEmpty() && closedUntil > 0 && at < closedUntil + MINUTE.toNanos()) {
            // All who wait would else come back at the same moment, and be refused together again.
            at = Math.max(at, booked.lastKey() + spacing);
        }
        long asked;
        do {
            asked = at;
            at = requests.earliest(at, 1);
            at = tokens.earliest(at, cost);
            // What it will say nobody knows; there must be room to say anything.
            at = outputTokens.earliest(at, 1);
        } while (at > asked);
        Duration wait = Duration.ofNanos(at - now);
        if (wait.compareTo(longestWait) > 0) {
            return new Outcome.Full(wait);
        }
        booked.merge(at, 1, Integer::sum);
        requests.add(at, 1);
        tokens.add(at, cost);
        return new Outcome.Booked(new Booking(at, cost), wait);
    }

    /** It was not sent after all. */
    synchronized void giveBack(Booking booking) {
        // So that nobody waits behind a moment that nobody uses.
        booked.computeIfPresent(booking.at(), (at, count) -> count > 1 ? count - 1 : null);
        requests.add(booking.at(), -1);
        tokens.add(booking.at(), -booking.tokens());
    }

    /** Puts the true number in the place of the reckoned one. */
    synchronized void used(Booking booking, Usage usage) {
        tokens.add(booking.at(), usage.prompt() - booking.tokens());
        (outputCountsToo ? tokens : outputTokens).add(now(), usage.completion());
    }

    synchronized void told(Quota quota) {
        if (quota.equals(Quota.UNTOLD)) {
            return;
        }
        long now = now();
        requests.told(quota.limitRequests(), quota.remainingRequests(), now);
        tokens.told(quota.limitTokens(), quota.remainingTokens(), now);
        outputTokens.told(quota.limitOutputTokens(), quota.remainingOutputTokens(), now);
        if (usedUp(requests, quota.remainingRequests())
                || usedUp(tokens, quota.remainingTokens())
                || usedUp(outputTokens, quota.remainingOutputTokens())) {
            closedFor(MINUTE);
        }
    }

    /** The server said that it takes nothing for this long. */
    synchronized void closedFor(Duration wait) {
        Duration believed = wait.compareTo(LONGEST_CLOSURE) > 0 ? LONGEST_CLOSURE : wait;
        long now = now();
        if (now >= closedUntil) {
            boolean again = now < closedUntil + MINUTE.toNanos() && closedUntil > 0;
            spacing = again ? Math.min(spacing * 2, WIDEST_SPACING.toNanos()) : FIRST_SPACING.toNanos();
        }
        closedUntil = Math.max(closedUntil, now + believed.toNanos());
    }

    /** Where the limit is known, the meter knows better when there is room again. */
    private static boolean usedUp(Meter meter, @Nullable Integer remaining) {
        return remaining != null && remaining <= 0 && !meter.learnt();
    }

    private long now() {
        return Math.max(0, ticker.nanos() - origin);
    }

    @Override
    public synchronized String toString() {
        return "requests a minute: " + requests + ", tokens: " + tokens + ", output tokens: " + outputTokens;
    }
}
