package io.erniegateway.gateway.budget;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Limits;
import io.erniegateway.connectors.Limits.Budget;
import io.erniegateway.connectors.Limits.Call;
import io.erniegateway.gateway.budget.LimitMemory.Lesson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All limits of one bot. No clock of its own and not thread-safe: the delivery asks under its lock. */
public final class Budgets {
    /** Untouched meters are dropped when so many are kept, so that a bot with a million chats stays small. */
    private static final int SWEEP_ABOVE = 4096;

    /**
     * A call that took this long and was not refused has been waiting in the platform: Telegram's server absorbs up to
     * eight seconds of a flood wait before it says anything (NetQueryDelayer.cpp). Nanoseconds.
     */
    private static final long SILENT_DELAY = Duration.ofMillis(1500).toNanos();

    /** And it took this many times the usual time; else it is the network, or a platform that is slow for everybody. */
    private static final int UNUSUALLY_LONG = 4;

    /** One spell of slowness is one warning. Nanoseconds. */
    private static final long WARNING_LASTS = Duration.ofMinutes(1).toNanos();

    private static final double OF_THE_NEW = 0.1;

    private final Limits limits;
    private final Lifetimes lifetimes = new Lifetimes();
    private final Map<Key, Meter> meters = new HashMap<>();
    private final Map<Call, List<Meter>> wide = new EnumMap<>(Call.class);
    private final Map<Key, Long> warnedAt = new HashMap<>();
    private final Map<Call, Trips> trips = new EnumMap<>(Call.class);
    private int sweepAt = SWEEP_ABOVE;

    /** How long calls of one kind take, there and back. Nanoseconds; 0 before the first. */
    private static final class Trips {
        long quickest;
        double usual;

        boolean isUnusual(long took) {
            return took >= SILENT_DELAY && usual > 0 && took >= UNUSUALLY_LONG * usual;
        }

        void made(long took) {
            quickest = quickest == 0 ? took : Math.min(quickest, took);
            usual = usual == 0 ? took : usual + OF_THE_NEW * (took - usual);
        }
    }

    private record Key(String budget, String room) {}

    /**
     * A call that was sent.
     *
     * @param at when
     * @param drawnFrom the meters that hold it
     */
    public record Ticket(Call call, ChatId chat, long at, List<Meter> drawnFrom) {}

    public Budgets(Limits limits, long now) {
        this.limits = limits;
        for (Call call : Call.values()) {
            List<Meter> shared = new ArrayList<>();
            for (Budget budget : limits.budgets()) {
                if (budget.scope() == Limits.Scope.BOT && budget.kinds().contains(call)) {
                    shared.add(meter(budget, "", now));
                }
            }
            wide.put(call, List.copyOf(shared));
        }
    }

    public Lifetimes lifetimes() {
        return lifetimes;
    }

    /** The limits of the whole bot that count this call. */
    public List<Meter> wide(Call call) {
        return wide.getOrDefault(call, List.of());
    }

    /** The limits of this chat alone that count this call. */
    public List<Meter> narrow(Call call, ChatId chat, long now) {
        List<Meter> found = List.of();
        for (Budget budget : limits.budgets()) {
            if (budget.scope() != Limits.Scope.BOT && budget.covers(call, chat)) {
                found = found.isEmpty() ? new ArrayList<>(1) : found;
                found.add(meter(budget, budget.bucket(chat), now));
            }
        }
        return found;
    }

    private Meter meter(Budget budget, String room, long now) {
        return meters.computeIfAbsent(new Key(budget.name(), room), unused -> new Meter(budget, room, lifetimes, now));
    }

    /** Sends a call. */
    public Ticket take(Call call, ChatId chat, long now) {
        sweep(now);
        List<Meter> from = new ArrayList<>(wide(call));
        from.addAll(narrow(call, chat, now));
        from.forEach(meter -> meter.take(now));
        return new Ticket(call, chat, now, from);
    }

    /** The call was not sent after all. */
    public void giveBack(Ticket ticket) {
        ticket.drawnFrom().forEach(meter -> meter.giveBack(ticket.at()));
    }

    /**
     * The platform has answered, and took the call or may have taken it.
     *
     * @return what was learned by it
     */
    public List<Meter> settle(Ticket ticket, long now) {
        long took = now - ticket.at();
        Trips ofKind = trips.computeIfAbsent(ticket.call(), kind -> new Trips());
        // The answer was on its way for a part of the quickest round trip, and the next call will be for the rest of
        // it.
        long counted = Math.max(ticket.at(), now - ofKind.quickest);
        boolean slow = ofKind.isUnusual(took);
        List<Meter> learned = new ArrayList<>();
        for (Meter meter : ticket.drawnFrom()) {
            meter.settle(ticket.at(), counted);
            if (!slow && meter.took(now)) {
                learned.add(meter);
            }
        }
        if (slow) {
            learned.addAll(warned(ticket, now));
        } else {
            ofKind.made(took);
        }
        return learned;
    }

    private List<Meter> warned(Ticket ticket, long now) {
        List<Meter> blamed = blamed(ticket, now);
        for (Meter meter : blamed) {
            Long before = warnedAt.put(new Key(meter.budget(), meter.room()), now);
            if (before == null || now - before > WARNING_LASTS) {
                meter.warned(now);
            }
        }
        return blamed;
    }

    /**
     * The platform said "not now". Nothing is sent for that long to the narrowest scope the call belongs to; and the limit
     * that is nearest to its end is believed to be lower than thought.
     *
     * @return what was learned by it
     */
    public List<Meter> refused(Ticket ticket, long now, Duration retryAfter) {
        giveBack(ticket);
        List<Meter> blamed = blamed(ticket, now);
        // Calls that were on their way when the first refusal came say nothing new.
        if (closedBy(ticket).stream().noneMatch(meter -> meter.closedFor(now).isPositive())) {
            blamed.forEach(meter -> meter.refused(now));
        }
        closedBy(ticket).forEach(meter -> meter.close(now, retryAfter));
        List<Meter> learned = new ArrayList<>(blamed);
        closedBy(ticket).stream().filter(meter -> !learned.contains(meter)).forEach(learned::add);
        return learned;
    }

    /** The narrowest scope is where a platform's refusal holds; wider ones are refused, if at all, by themselves. */
    private static List<Meter> closedBy(Ticket ticket) {
        List<Meter> narrow = ticket.drawnFrom().stream()
                .filter(meter -> !meter.room().isEmpty())
                .toList();
        return narrow.isEmpty() ? ticket.drawnFrom() : narrow;
    }

    private static List<Meter> blamed(Ticket ticket, long now) {
        Meter fullest = null;
        for (Meter meter : ticket.drawnFrom()) {
            // Narrow ones come last and win a tie.
            if (fullest == null || meter.fullness(now) <= fullest.fullness(now)) {
                fullest = meter;
            }
        }
        return fullest == null ? List.of() : List.of(fullest);
    }

    /** What is believed of a limit, to be written down. */
    public static Lesson lesson(Meter meter, long now, Instant wall) {
        return new Lesson(
                meter.budget(),
                meter.room(),
                meter.share(),
                meter.probeAfter().toSeconds(),
                wall.plus(meter.closedFor(now)));
    }

    /** Takes up what an earlier process has learned. Lessons about budgets that no longer exist are passed over. */
    public void recall(List<Lesson> lessons, long now, Instant wall) {
        for (Lesson lesson : lessons) {
            limits.budgets().stream()
                    .filter(budget -> budget.name().equals(lesson.budget()))
                    .forEach(budget -> meter(budget, lesson.room(), now)
                            .recall(
                                    lesson.share(),
                                    Duration.ofSeconds(lesson.probeAfterSeconds()),
                                    Duration.between(wall, lesson.closedUntil()),
                                    now));
        }
    }

    int kept() {
        return meters.size();
    }

    private void sweep(long now) {
        if (meters.size() > sweepAt) {
            meters.values().removeIf(meter -> !meter.room().isEmpty() && meter.isUntouched(now));
            warnedAt.values().removeIf(at -> now - at > WARNING_LASTS);
            sweepAt = Math.max(SWEEP_ABOVE, meters.size() * 2);
        }
    }
}
