package io.erniegateway.connectors.simulated.telegram;

import io.erniegateway.connectors.simulated.SimulatedTime;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * Counts calls and says how long one has to wait, or that it has to come back. Who comes back too early waits longer, as
 * with the real one. Pure but for the counts; the caller sleeps.
 */
final class FloodControl {

    /** 13,938 s were seen in the wild; a penalty that grows stops growing there. */
    private static final long LONGEST_PENALTY = Duration.ofHours(4).toNanos();

    private static final long FIRST_PENALTY = Duration.ofSeconds(5).toNanos();

    /** What is counted, each on its own. */
    enum Kind {
        POST,
        EDIT,
        DRAFT,
        SIGN
    }

    sealed interface Verdict {
        /** Go on after this wait. */
        record Admitted(Duration delay) implements Verdict {}

        record Refused(long retryAfterSeconds) implements Verdict {}
    }

    private final SimulatedTime time;
    private final Map<String, Room> rooms = new HashMap<>();
    private final Queue<Long> bot = new PriorityQueue<>();
    private final Map<Kind, FloodTally.Count> tally = new EnumMap<>(Kind.class);
    private FloodRules rules;

    FloodControl(FloodRules rules, SimulatedTime time) {
        this.rules = rules;
        this.time = time;
        for (Kind kind : Kind.values()) {
            tally.put(kind, new FloodTally.Count(0, 0, 0));
        }
    }

    private static final class Room {
        private final Queue<Long> calls = new PriorityQueue<>();
        private final Bucket messages;
        private final Bucket drafts;
        private long penaltyUntil;
        private int ignored;

        Room(long now) {
            penaltyUntil = now;
            messages = new Bucket(now);
            drafts = new Bucket(now);
        }
    }

    /** A token bucket of the shape of a private chat's. */
    private static final class Bucket {

        /** When it is full again, were nothing more to be spent. */
        private long full;

        Bucket(long now) {
            full = now;
        }

        /** There is a token while the bucket will be full within the time that all but one take to come back. */
        long wait(FloodRules rules, long now) {
            long allButOne = rules.privateRefill().toNanos() * (rules.privateBurst() - 1L);
            return Math.max(0, full - allButOne - now);
        }

        void spend(FloodRules rules, long at) {
            full = Math.max(full, at) + rules.privateRefill().toNanos();
        }

        /** As many tokens are missing as before; they come back at the new pace. */
        void adapt(FloodRules before, FloodRules after, long now) {
            double missing =
                    (double) Math.max(0, full - now) / before.privateRefill().toNanos();
            full = now + (long) (missing * after.privateRefill().toNanos());
        }
    }

    /** Other limits from now on; what was spent stays spent. */
    synchronized void enforce(FloodRules other) {
        long now = time.nanos();
        for (Room room : rooms.values()) {
            room.messages.adapt(rules, other, now);
            room.drafts.adapt(rules, other, now);
            keepLatest(room.calls, other.groupCalls());
        }
        keepLatest(bot, other.botCalls());
        rules = other;
    }

    /** A call that wants to pass. */
    synchronized Verdict ask(Kind kind, String chat, boolean group) {
        Verdict verdict = switch (kind) {
            case POST, EDIT -> message(chat, group);
            case DRAFT -> draft(chat);
            case SIGN -> sign();
        };
        noted(kind, verdict);
        return verdict;
    }

    /** Refuses a call: from now on the chat is closed for this long. Returns what to tell, in seconds. */
    synchronized long punish(Kind kind, String chat, Duration penalty) {
        long now = time.nanos();
        Room room = room(chat, now);
        room.penaltyUntil = Math.max(room.penaltyUntil, now + penalty.toNanos());
        room.ignored = 0;
        long told = seconds(room.penaltyUntil - now);
        noted(kind, new Verdict.Refused(told));
        return told;
    }

    synchronized FloodTally tally() {
        return new FloodTally(count(Kind.POST), count(Kind.EDIT), count(Kind.DRAFT), count(Kind.SIGN));
    }

    private FloodTally.Count count(Kind kind) {
        return tally.getOrDefault(kind, new FloodTally.Count(0, 0, 0));
    }

    private void noted(Kind kind, Verdict verdict) {
        FloodTally.Count before = count(kind);
        tally.put(
                kind,
                switch (verdict) {
                    case Verdict.Admitted admitted ->
                        new FloodTally.Count(
                                before.admitted() + 1,
                                before.late() + (admitted.delay().isZero() ? 0 : 1),
                                before.refused());
                    case Verdict.Refused ignored ->
                        new FloodTally.Count(before.admitted(), before.late(), before.refused() + 1);
                });
    }

    private Verdict message(String chat, boolean group) {
        long now = time.nanos();
        Room room = room(chat, now);
        if (room.penaltyUntil > now) {
            return ignored(room, now);
        }
        room.ignored = 0;
        long wait = Math.max(
                group
                        ? windowWait(room.calls, rules.groupCalls(), rules.groupWindow(), now)
                        : room.messages.wait(rules, now),
                botWait(now));
        if (wait > rules.absorbed().toNanos()) {
            room.penaltyUntil = now + wait;
            return new Verdict.Refused(seconds(wait));
        }
        note(room.calls, rules.groupCalls(), now + wait);
        note(bot, rules.botCalls(), now + wait);
        room.messages.spend(rules, now + wait);
        return new Verdict.Admitted(Duration.ofNanos(wait));
    }

    /** A penalty holds for messages and drafts alike, whichever brought it about. */
    private Verdict draft(String chat) {
        long now = time.nanos();
        Room room = room(chat, now);
        if (room.penaltyUntil > now) {
            return ignored(room, now);
        }
        room.ignored = 0;
        long wait = Math.max(room.drafts.wait(rules, now), botWait(now));
        if (wait > rules.absorbedSigns().toNanos()) {
            room.penaltyUntil = now + wait;
            return new Verdict.Refused(seconds(wait));
        }
        note(bot, rules.botCalls(), now + wait);
        room.drafts.spend(rules, now + wait);
        return new Verdict.Admitted(Duration.ofNanos(wait));
    }

    private Verdict sign() {
        long now = time.nanos();
        long wait = botWait(now);
        if (wait > rules.absorbedSigns().toNanos()) {
            return new Verdict.Refused(seconds(wait));
        }
        note(bot, rules.botCalls(), now + wait);
        return new Verdict.Admitted(Duration.ofNanos(wait));
    }

    private static Verdict ignored(Room room, long now) {
        long left = room.penaltyUntil - now;
        long more = FIRST_PENALTY << Math.min(room.ignored++, 10);
        room.penaltyUntil = now + Math.max(left, Math.min(left + more, LONGEST_PENALTY));
        return new Verdict.Refused(seconds(room.penaltyUntil - now));
    }

    private Room room(String chat, long now) {
        return rooms.computeIfAbsent(chat, c -> new Room(now));
    }

    private long botWait(long now) {
        return windowWait(bot, rules.botCalls(), rules.botWindow(), now);
    }

    private static long windowWait(Queue<Long> calls, int allowed, Duration window, long now) {
        if (calls.size() < allowed) {
            return 0;
        }
        return Math.max(0, calls.element() + window.toNanos() - now);
    }

    /** Keeps the latest {@code kept} times; the first of them decides. */
    private static void note(Queue<Long> calls, int kept, long at) {
        calls.add(at);
        keepLatest(calls, kept);
    }

    private static void keepLatest(Queue<Long> calls, int kept) {
        while (calls.size() > kept) {
            calls.remove();
        }
    }

    private static long seconds(long nanos) {
        return Math.max(1, Math.ceilDiv(nanos, 1_000_000_000L));
    }
}
