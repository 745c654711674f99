package io.erniegateway.connectors.simulated.telegram;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * Counts calls and says how long one has to wait, or that it has to come back. Who comes back too early waits longer, as
 * with the real one. Pure but for the counts; the caller sleeps.
 */
final class FloodControl {

    /** Penalties seen in the wild went to hours; an hour is enough to make a test fail. */
    private static final long LONGEST_PENALTY = Duration.ofHours(1).toNanos();

    private static final long FIRST_PENALTY = Duration.ofSeconds(5).toNanos();

    private final FloodRules rules;
    private final SimulatedTime time;
    private final Map<String, Room> rooms = new HashMap<>();
    private final Queue<Long> bot = new PriorityQueue<>();

    FloodControl(FloodRules rules, SimulatedTime time) {
        this.rules = rules;
        this.time = time;
    }

    sealed interface Verdict {
        /** Go on after this wait. */
        record Admitted(Duration delay) implements Verdict {}

        record Refused(long retryAfterSeconds) implements Verdict {}
    }

    private static final class Room {
        private final Queue<Long> calls = new PriorityQueue<>();
        private long penaltyUntil;
        private int ignored;

        /** When the bucket is full again, were nothing more to be spent. */
        private long full;

        Room(long now) {
            penaltyUntil = now;
            full = now;
        }
    }

    /** A send or an edit. */
    synchronized Verdict message(String chat, boolean group) {
        long now = time.nanos();
        Room room = rooms.computeIfAbsent(chat, c -> new Room(now));
        if (room.penaltyUntil > now) {
            return ignored(room, now);
        }
        room.ignored = 0;
        long wait = Math.max(
                group ? windowWait(room.calls, rules.groupCalls(), rules.groupWindow(), now) : bucketWait(room, now),
                windowWait(bot, rules.botCalls(), rules.botWindow(), now));
        if (wait > rules.absorbed().toNanos()) {
            room.penaltyUntil = now + wait;
            return new Verdict.Refused(seconds(wait));
        }
        count(room.calls, rules.groupCalls(), now + wait);
        count(bot, rules.botCalls(), now + wait);
        room.full = Math.max(room.full, now + wait) + rules.privateRefill().toNanos();
        return new Verdict.Admitted(Duration.ofNanos(wait));
    }

    /** A typing sign. */
    synchronized Verdict sign() {
        long now = time.nanos();
        long wait = windowWait(bot, rules.botCalls(), rules.botWindow(), now);
        if (wait > rules.absorbedSigns().toNanos()) {
            return new Verdict.Refused(seconds(wait));
        }
        count(bot, rules.botCalls(), now + wait);
        return new Verdict.Admitted(Duration.ofNanos(wait));
    }

    private Verdict ignored(Room room, long now) {
        long left = room.penaltyUntil - now;
        long more = FIRST_PENALTY << Math.min(room.ignored++, 10);
        room.penaltyUntil = now + Math.min(left + more, LONGEST_PENALTY);
        return new Verdict.Refused(seconds(room.penaltyUntil - now));
    }

    /** There is a token while the bucket will be full within the time that all but one take to come back. */
    private long bucketWait(Room room, long now) {
        long allButOne = rules.privateRefill().toNanos() * (rules.privateBurst() - 1L);
        return Math.max(0, room.full - allButOne - now);
    }

    private static long windowWait(Queue<Long> calls, int allowed, Duration window, long now) {
        if (calls.size() < allowed) {
            return 0;
        }
        return Math.max(0, calls.element() + window.toNanos() - now);
    }

    /** Keeps the latest {@code kept} times; the first of them decides. */
    private static void count(Queue<Long> calls, int kept, long at) {
        calls.add(at);
        if (calls.size() > kept) {
            calls.remove();
        }
    }

    private static long seconds(long nanos) {
        return Math.max(1, Math.ceilDiv(nanos, 1_000_000_000L));
    }
}
