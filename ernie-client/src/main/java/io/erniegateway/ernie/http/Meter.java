package io.erniegateway.ernie.http;

import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How much of one thing (requests, tokens) went out in the last minute, by the second. Never more than the limit in any
 * sixty seconds: so it does not matter when the server's own minute begins, which nobody knows (facts: refilled within 0
 * to 60 s). Not thread-safe.
 *
 * <p>Times are nanoseconds on the owner's scale, and never negative.
 */
final class Meter {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /**
     * Baidu's minute and one second: amounts are kept by the second, and a request that follows another after exactly a
     * minute may reach the server a little sooner than that.
     */
    private static final long WINDOW_SECONDS = 61;

    private final int own;
    private int learnt;
    private final NavigableMap<Long, Long> bySecond = new TreeMap<>();
    private long others;
    private long othersUntil;

    /** @param own what the settings allow this client; 0 if they do not say */
    Meter(int own) {
        this.own = own;
    }

    void add(long at, long amount) {
        bySecond.merge(at / SECOND, amount, Long::sum);
    }

    /** Whether the server ever told its limit. */
    boolean learnt() {
        return learnt > 0;
    }

    /**
     * The server's word on its minute. What it counts beyond what this client has sent came from others with the same
     * account, just now for all we know. Each word replaces the one before.
     */
    void told(@Nullable Integer limit, @Nullable Integer remaining, long now) {
        if (limit != null && limit > 0) {
            learnt = limit;
        }
        if (remaining != null && learnt()) {
            others = Math.max(0, learnt - Math.max(0, remaining) - sent(now));
            othersUntil = now + WINDOW_SECONDS * SECOND;
        }
    }

    /**
     * The first moment at which the amount fits.
     *
     * @param from not before this; nothing has been added for later
     */
    long earliest(long from, long amount) {
        bySecond.headMap(from / SECOND - WINDOW_SECONDS).clear();
        long at = from;
        while (!fits(at, amount)) {
            at = nextRelease(at);
        }
        return at;
    }

    /** Something larger than the whole limit fits once nothing else counts: let the server judge it. */
    private boolean fits(long at, long amount) {
        long used = used(at);
        long elsewhere = at < othersUntil ? others : 0;
        return (own == 0 || used + Math.min(amount, own) <= own)
                && (learnt == 0 || used + elsewhere + Math.min(amount, learnt) <= learnt);
    }

    /** Whether any limit is known at all. */
    boolean limited() {
        return own > 0 || learnt();
    }

    /** What the server can have counted by now: not what is booked for later. */
    private long sent(long now) {
        return sum(bySecond.subMap(now / SECOND - WINDOW_SECONDS, false, now / SECOND, true));
    }

    private long used(long at) {
        return sum(counting(at));
    }

    private static long sum(NavigableMap<Long, Long> amounts) {
        long sum = 0;
        for (long amount : amounts.values()) {
            sum += amount;
        }
        return sum;
    }

    private NavigableMap<Long, Long> counting(long at) {
        return bySecond.tailMap(at / SECOND - WINDOW_SECONDS, false);
    }

    private long nextRelease(long at) {
        NavigableMap<Long, Long> counting = counting(at);
        long own = counting.isEmpty() ? Long.MAX_VALUE : (counting.firstKey() + WINDOW_SECONDS) * SECOND;
        return at < othersUntil ? Math.min(own, othersUntil) : own;
    }

    @Override
    public String toString() {
        return own == 0 && learnt == 0
                ? "not known"
                : Integer.toString(own == 0 ? learnt : learnt == 0 ? own : Math.min(own, learnt));
    }
}
