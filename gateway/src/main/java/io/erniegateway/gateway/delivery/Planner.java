package io.erniegateway.gateway.delivery;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Limits.Call;
import io.erniegateway.gateway.budget.Budgets;
import io.erniegateway.gateway.budget.Meter;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
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
        LAST,
        /** The first characters: until then the reader sees nothing. */
        FIRST,
        /** The end of a burst. */
        BURST,
        /** Any text between. */
        MORE,
        /** A typing sign: shed first. */
        SIGN
    }

    /**
     * A call that an answer would like to make.
     *
     * @param since when its oldest unseen text came, or when the sign became due
     * @param notBefore the answer itself does not want it earlier
     * @param gap for {@link Rank#BURST}: the usual time between two bursts, in nanoseconds
     * @param size for {@link Rank#BURST}: the text as a part of a usual burst
     */
    public record Wish(
            Answer answer, ChatId chat, Call call, Rank rank, long since, long notBefore, long gap, double size) {}

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
    }

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
            // It waits for the next burst; and if that is late, it goes like any other text.
            place.rank = Rank.MORE;
            place.at = Math.max(wish.since() + OVERDUE * wish.gap(), at(narrow(wish, now), Rank.MORE, now));
        }
        if (place.rank == Rank.MORE) {
            place.at = Math.max(place.at, turnOf(wish, now));
        }
        NavigableSet<Place> line =
                place.at > now ? agenda : lines(place.rank).getOrDefault(wish.call(), agenda);
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
        for (Rank rank : Rank.values()) {
            Place best = null;
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
                if (head != null && (best == null || BY_AGE.compare(head, best) < 0)) {
                    best = head;
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
            if (at(narrow(wish, now), first.rank, now) <= now) {
                return first;
            }
            leave(first);
            stand(first, first.known(), now);
        }
        return null;
    }

    private long turnOf(Wish wish, long now) {
        long at = wish.since();
        for (Meter meter : budgets.wide(wish.call())) {
            at = Math.max(at, meter.turnOf(wish.since()));
        }
        for (Meter meter : narrow(wish, now)) {
            at = Math.max(at, meter.turnOf(wish.since()));
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

    private static long burstAt(List<Meter> meters, Wish wish, long from) {
        long at = from;
        for (Meter meter : meters) {
            at = Math.max(at, meter.burstAt(from, wish.gap(), wish.size()));
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
                        case MORE -> meter.pacedAt(now);
                        case SIGN -> meter.cosmeticAt(now);
                    });
        }
        return at;
    }
}
