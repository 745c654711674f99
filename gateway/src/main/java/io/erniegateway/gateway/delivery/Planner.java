package io.erniegateway.gateway.delivery;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Limits.Call;
import io.erniegateway.gateway.budget.Budgets;
import io.erniegateway.gateway.budget.Meter;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the next call of a bot, or the next time to look: a function of the wishes, the budgets and the time it is
 * given. No clock, no I/O, not thread-safe.
 *
 * <p>A wish that its own chat lets through stands in a line with those of its rank and kind; one that must wait for its
 * chat stands on the agenda. So a decision looks at the heads of a few lines only, and costs the logarithm of the number
 * of answers.
 */
public final class Planner {

    /** Whose wish goes first. */
    public enum Rank {
        /** The end of an answer: until it is there, the reader has to guess whether more will come. */
        LAST(0),
        /** The first characters: until then the reader sees nothing. */
        FIRST(3),
        /** The end of a burst. */
        BURST(0),
        /** Any text between. */
        MORE(0),
        /** A typing sign: shed first. */
        SIGN(0);

        /**
         * It goes before an equal that has waited less than so much longer. Without an end to that, a bot to which hundreds
         * come at once would show each of them a few words and none of them more.
         */
        private final Duration headStart;

        Rank(long headStartSeconds) {
            this.headStart = Duration.ofSeconds(headStartSeconds);
        }
    }

    /** Whose wish goes first; equals by age, with the head start of their rank. */
    private static final List<Set<Rank>> ORDER =
            List.of(EnumSet.of(Rank.LAST), EnumSet.of(Rank.FIRST, Rank.BURST, Rank.MORE), EnumSet.of(Rank.SIGN));

    /**
     * A call that an answer would like to make.
     *
     * @param since the least goes first: when its oldest unseen text came or the sign became due; for {@link Rank#LAST}
     *     how much is unseen, below 0
     * @param notBefore the answer itself does not want it earlier
     * @param rhythm how its text comes
     */
    public record Wish(Answer answer, ChatId chat, Call call, Rank rank, long since, long notBefore, Rhythm rhythm) {}

    /**
     * How the text of an answer comes. Nanoseconds.
     *
     * @param lastAt when text came last
     * @param gap the usual time to the next text: between two bursts for {@link Rank#BURST}, else between two chunks
     * @param size for {@link Rank#BURST}: the unseen text as a part of a usual burst
     */
    public record Rhythm(long lastAt, long gap, double size) {
        static final Rhythm NONE = new Rhythm(0, 0, 0);
    }

    public sealed interface Decision {
        record Send(Wish wish) implements Decision {}

        record WaitUntil(long nanos) implements Decision {}

        /** Nothing to do until something changes. */
        record Rest() implements Decision {}
    }

    /** Where one wish of an answer stands, if there is one. */
    static final class Place {
        private final long order;
        private @Nullable Wish wish;
        private @Nullable NavigableSet<Place> line;
        private long at;
        private Rank rank = Rank.SIGN;

        private Place(long order) {
            this.order = order;
        }

        @Nullable
        Wish wish() {
            return wish;
        }

        private Wish known() {
            Wish known = wish;
            if (known == null) {
                throw new IllegalStateException("nobody stands here");
            }
            return known;
        }

        private long since() {
            return known().since();
        }

        private boolean isBefore(Place other) {
            long mine = since() - rank.headStart.toNanos();
            long others = other.since() - other.rank.headStart.toNanos();
            return mine < others || (mine == others && order < other.order);
        }
    }

    /** A chunk that came so long ago came just now. Nanoseconds. */
    private static final long FRESH = 1_000_000;

    /** A small burst waits for the next one for so many usual gaps. */
    private static final long OVERDUE = 2;

    private static final Comparator<Place> BY_AGE =
            Comparator.<Place>comparingLong(Place::since).thenComparingLong(place -> place.order);

    private final Budgets budgets;
    private final NavigableSet<Place> agenda =
            new TreeSet<>(Comparator.<Place>comparingLong(place -> place.at).thenComparingLong(place -> place.order));
    private final Map<Rank, Map<Call, NavigableSet<Place>>> lines = new EnumMap<>(Rank.class);
    private long places;

    public Planner(Budgets budgets) {
        this.budgets = budgets;
        for (Rank rank : Rank.values()) {
            Map<Call, NavigableSet<Place>> ofRank = new EnumMap<>(Call.class);
            for (Call call : Call.values()) {
                ofRank.put(call, new TreeSet<>(BY_AGE));
            }
            lines.put(rank, ofRank);
        }
    }

    private Map<Call, NavigableSet<Place>> lines(Rank rank) {
        return lines.getOrDefault(rank, Map.of());
    }

    Place place() {
        return new Place(places++);
    }

    /** This is what is wished at this place from now on. */
    void put(Place place, @Nullable Wish wish, long now) {
        leave(place);
        place.wish = wish;
        if (wish != null) {
            stand(place, wish, now);
        }
    }

    private static void leave(Place place) {
        if (place.line != null) {
            place.line.remove(place);
            place.line = null;
        }
    }

    private void stand(Place place, Wish wish, long now) {
        place.rank = wish.rank();
        place.at = Math.max(wish.notBefore(), narrowAt(wish, now));
        if (place.at == Meter.NOT_WORTH_IT) {
            // It waits for the next burst; if that is late, or no token can be saved any more, it goes like any other
            // text.
            place.rank = Rank.MORE;
            place.at = Math.max(
                    Math.min(wish.since() + OVERDUE * wish.rhythm().gap(), wholeAt(wish, now)),
                    at(narrow(wish, now), Rank.MORE, now));
        }
        place.at = Math.max(place.at, turnOf(place.rank, wish, now));
        NavigableSet<Place> line = place.at > now ? agenda : lines(place.rank).getOrDefault(wish.call(), agenda);
        line.add(place);
        place.line = line;
    }

    /** What to do now. The wish that is to be sent has left its place. */
    public Decision next(long now) {
        while (!agenda.isEmpty() && agenda.first().at <= now) {
            Place due = agenda.first();
            leave(due);
            stand(due, due.known(), now);
        }
        long earliest = agenda.isEmpty() ? Long.MAX_VALUE : agenda.first().at;
        for (Set<Rank> equals : ORDER) {
            Place best = null;
            for (Rank rank : equals) {
                for (Map.Entry<Call, NavigableSet<Place>> line : lines(rank).entrySet()) {
                    if (line.getValue().isEmpty()) {
                        continue;
                    }
                    long at = wideAt(line.getKey(), rank, now);
                    if (at > now) {
                        earliest = Math.min(earliest, at);
                        continue;
                    }
                    Place head = head(line.getValue(), now);
                    if (head != null && (best == null || head.isBefore(best))) {
                        best = head;
                    }
                }
            }
            if (best != null) {
                Wish wish = best.known();
                put(best, null, now);
                return new Decision.Send(wish);
            }
        }
        earliest = agenda.isEmpty() ? earliest : Math.min(earliest, agenda.first().at);
        return earliest == Long.MAX_VALUE ? new Decision.Rest() : new Decision.WaitUntil(earliest);
    }

    /** The first that its chat still lets through; others of the chat may have gone since it came into the line. */
    private @Nullable Place head(NavigableSet<Place> line, long now) {
        while (!line.isEmpty()) {
            Place first = line.first();
            Wish wish = first.known();
            if (at(narrow(wish, now), first.rank, now) <= now && turnOf(first.rank, wish, now) <= now) {
                return first;
            }
            leave(first);
            stand(first, first.known(), now);
        }
        return null;
    }

    /** When its turn comes among the answers that it shares a limit with. */
    private long turnOf(Rank rank, Wish wish, long now) {
        return switch (rank) {
            case FIRST -> {
                Call after = interimAfter(wish.call());
                yield Math.max(
                        firstTurnOf(budgets.wide(after), wish, now),
                        firstTurnOf(budgets.narrow(after, wish.chat(), now), wish, now));
            }
            case MORE ->
                Math.max(moreTurnOf(budgets.wide(wish.call()), wish, now), moreTurnOf(narrow(wish, now), wish, now));
            case LAST, BURST, SIGN -> now;
        };
    }

    /** The call by which a text goes on growing that was begun by this one. */
    private static Call interimAfter(Call first) {
        return switch (first) {
            case START_STREAM -> Call.APPEND;
            case POST -> Call.EDIT;
            case EDIT, TYPING, DRAFT, APPEND, STOP_STREAM, LOOK -> first;
        };
    }

    private static long firstTurnOf(List<Meter> meters, Wish wish, long now) {
        long at = now;
        for (Meter meter : meters) {
            at = Math.max(at, meter.firstTurnOf(wish.since(), now));
        }
        return at;
    }

    /** Right after a chunk a call may go half a chunk early, and between two chunks it rather waits for the next. */
    private static long moreTurnOf(List<Meter> meters, Wish wish, long now) {
        long half = wish.rhythm().gap() / 2;
        boolean fresh = now - wish.rhythm().lastAt() <= FRESH;
        long at = now;
        for (Meter meter : meters) {
            long paced = fresh ? meter.pacedAt(now, half) : meter.lateAt(now, half);
            at = Math.max(at, Math.max(meter.turnOf(wish.since()), paced));
        }
        return at;
    }

    private List<Meter> narrow(Wish wish, long now) {
        return budgets.narrow(wish.call(), wish.chat(), now);
    }

    private long narrowAt(Wish wish, long now) {
        List<Meter> narrow = narrow(wish, now);
        if (wish.rank() != Rank.BURST) {
            return at(narrow, wish.rank(), now);
        }
        long from = Math.max(now, wish.notBefore());
        return Math.max(burstAt(budgets.wide(wish.call()), wish, from), burstAt(narrow, wish, from));
    }

    /** When nothing is left to save for: from then on a token that is not spent is lost. */
    private long wholeAt(Wish wish, long now) {
        long at = now;
        for (Meter meter : budgets.wide(wish.call())) {
            at = Math.max(at, meter.wholeAt(now));
        }
        for (Meter meter : narrow(wish, now)) {
            at = Math.max(at, meter.wholeAt(now));
        }
        return at;
    }

    private static long burstAt(List<Meter> meters, Wish wish, long from) {
        long at = from;
        for (Meter meter : meters) {
            at = Math.max(
                    at, meter.burstAt(from, wish.rhythm().gap(), wish.rhythm().size()));
        }
        return at;
    }

    private long wideAt(Call call, Rank rank, long now) {
        return at(budgets.wide(call), rank, now);
    }

    private static long at(List<Meter> meters, Rank rank, long now) {
        long at = now;
        for (Meter meter : meters) {
            at = Math.max(
                    at,
                    switch (rank) {
                        case LAST, FIRST -> meter.firstAt(now);
                        case BURST -> meter.atOnceAt(now);
                        case MORE -> meter.pacedAt(now, Long.MAX_VALUE);
                        case SIGN -> meter.cosmeticAt(now);
                    });
        }
        return at;
    }
}
