package io.erniegateway.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Limits;
import io.erniegateway.connectors.Limits.Budget;
import io.erniegateway.connectors.Limits.Call;
import io.erniegateway.connectors.Limits.Rule;
import io.erniegateway.connectors.Limits.Scope;
import io.erniegateway.gateway.budget.Budgets;
import io.erniegateway.gateway.budget.LimitMemory;
import io.erniegateway.gateway.budget.Meter;
import io.erniegateway.gateway.delivery.Planner.Decision;
import io.erniegateway.gateway.delivery.Planner.Rank;
import io.erniegateway.gateway.delivery.Planner.Rhythm;
import io.erniegateway.gateway.delivery.Planner.Wish;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final long MS = 1_000_000;
    private static final long SECOND = 1000 * MS;
    private static final ChatId ANN = ChatId.direct("bot", "ann");
    private static final ChatId BOB = ChatId.direct("bot", "bob");

    private static final Limits LIMITS = new Limits(
            100,
            100,
            List.of(
                    new Budget(
                            "room",
                            Scope.ROOM,
                            Set.of(Call.POST, Call.EDIT),
                            new Rule.Bucket(2, Duration.ofSeconds(1))),
                    new Budget("bot", Scope.BOT, Set.of(Call.values()), new Rule.Window(8, Duration.ofSeconds(1))),
                    new Budget("appends", Scope.BOT, Set.of(Call.APPEND), new Rule.Window(5, Duration.ofSeconds(2)))),
            Duration.ofSeconds(5));

    /** The planner hands it on and never looks into it. */
    private final Answer answer = new BotDelivery(
                    new ScriptedConnector(LIMITS, new VirtualTime(), Duration.ZERO),
                    new BotDelivery.Setting(
                            Pace.DEFAULT,
                            Native.EDIT,
                            (turn, part, message) -> {},
                            LimitMemory.NONE,
                            event -> {},
                            new VirtualTime(),
                            Clock.systemUTC(),
                            Runnable::run))
            .begin(1, ANN, List.of(), new Answer.Author() {});

    private final Budgets budgets = new Budgets(LIMITS, 0);
    private final Planner planner = new Planner(budgets);

    private Wish wish(ChatId chat, Call call, Rank rank, long since, long notBefore) {
        return new Wish(answer, chat, call, rank, since, notBefore, Rhythm.NONE);
    }

    private void put(Wish wish, long now) {
        planner.put(planner.place(), wish, now);
    }

    /** Sends what may be sent now. */
    private List<Wish> sent(long now) {
        List<Wish> sent = new ArrayList<>();
        while (planner.next(now) instanceof Decision.Send(Wish wish)) {
            send(budgets, wish, now);
            sent.add(wish);
        }
        return sent;
    }

    private static void send(Budgets from, Wish wish, long now) {
        Budgets.Ticket ticket = from.take(wish.call(), wish.chat(), now);
        if (wish.rank() == Rank.FIRST || wish.rank() == Rank.MORE) {
            ticket.drawnFrom().forEach(meter -> meter.paced(now));
        }
        from.settle(ticket, now);
    }

    @Test
    void nobody_wishes_anything_so_it_rests() {
        assertThat(planner.next(0)).isEqualTo(new Decision.Rest());
    }

    @Test
    void last_texts_go_first_then_texts_by_age_with_a_head_start_for_first_ones_and_signs_last() {
        long now = 10 * SECOND;
        Wish sign = wish(ANN, Call.TYPING, Rank.SIGN, 0, 0);
        Wish young = wish(ChatId.direct("bot", "1"), Call.EDIT, Rank.MORE, 8 * SECOND, 0);
        Wish first = wish(ChatId.direct("bot", "2"), Call.POST, Rank.FIRST, 9 * SECOND, 0);
        Wish old = wish(ChatId.direct("bot", "3"), Call.EDIT, Rank.MORE, 5 * SECOND, 0);
        Wish long1 = wish(ChatId.direct("bot", "4"), Call.EDIT, Rank.LAST, -50, 0);
        Wish long2 = wish(ChatId.direct("bot", "5"), Call.EDIT, Rank.LAST, -90, 0);
        for (Wish each : List.of(sign, young, first, old, long1, long2)) {
            put(each, now);
        }
        List<Wish> order = new ArrayList<>();
        for (long at = now; at < now + 20 * SECOND; at += 10 * MS) {
            order.addAll(sent(at));
        }
        assertThat(order).containsExactly(long2, long1, old, first, young, sign);
    }

    @Test
    void the_ranks_are_known_whatever_is_loaded_first() {
        assertThat(Rank.values()).startsWith(Rank.LAST, Rank.FIRST).endsWith(Rank.SIGN);
    }

    @Test
    void a_wish_that_is_taken_back_is_not_sent() {
        Planner.Place place = planner.place();
        planner.put(place, wish(ANN, Call.POST, Rank.FIRST, 0, SECOND), 0);
        assertThat(planner.next(0)).isEqualTo(new Decision.WaitUntil(SECOND));
        planner.put(place, null, 0);
        assertThat(planner.next(0)).isEqualTo(new Decision.Rest());
        assertThat(place.wish()).isNull();
    }

    @Test
    void a_room_whose_token_went_to_another_answer_of_the_room_waits_for_the_next_one() {
        for (int i = 0; i < 3; i++) {
            put(wish(ANN, Call.EDIT, Rank.LAST, -i, 0), 0);
        }
        Wish other = wish(BOB, Call.EDIT, Rank.LAST, 0, 0);
        put(other, 0);
        assertThat(sent(0)).hasSize(3).contains(other);
        assertThat(planner.next(0)).isEqualTo(new Decision.WaitUntil(SECOND));
        assertThat(sent(SECOND - 1)).isEmpty();
        assertThat(sent(SECOND)).hasSize(1);
    }

    @Test
    void one_spent_budget_does_not_hold_up_calls_that_do_not_need_it() {
        List<Wish> sent = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            put(wish(ChatId.direct("bot", "room-" + i), Call.APPEND, Rank.LAST, i, 0), 0);
        }
        Wish edit = wish(BOB, Call.EDIT, Rank.LAST, 100, 0);
        put(edit, 0);
        sent.addAll(sent(0));
        assertThat(sent).hasSize(6).endsWith(edit);
        assertThat(planner.next(0)).isEqualTo(new Decision.WaitUntil(2 * SECOND));
    }

    /** One wish as the oracle sees it: a line in a list. */
    private static final class Line {
        final Wish wish;
        final Planner.Place place;

        Line(Wish wish, Planner.Place place) {
            this.wish = wish;
            this.place = place;
        }
    }

    /** When this wish could be sent at the earliest, by nothing but its own meters. */
    private long possibleAt(Wish wish, long now) {
        List<Meter> meters = new ArrayList<>(budgets.wide(wish.call()));
        meters.addAll(budgets.narrow(wish.call(), wish.chat(), now));
        long at = Math.max(now, wish.notBefore());
        for (Meter meter : meters) {
            at = Math.max(
                    at,
                    switch (wish.rank()) {
                        case LAST, FIRST -> meter.firstAt(now);
                        case SIGN -> meter.cosmeticAt(now);
                        case BURST, MORE -> throw new IllegalArgumentException("paced by more than meters");
                    });
        }
        return at;
    }

    private static boolean isBefore(Wish one, Wish other) {
        if (one.rank() != other.rank()) {
            return one.rank().compareTo(other.rank()) < 0;
        }
        return one.since() < other.since();
    }

    @Test
    void it_decides_as_somebody_would_who_looks_at_every_wish_every_time() {
        Random random = new Random(20261124);
        int sends = 0;
        int waits = 0;
        for (int round = 0; round < 40; round++) {
            List<Line> lines = new ArrayList<>();
            long now = round * 1000L * SECOND;
            long end = now + 30 * SECOND;
            long since = now;
            while (now < end) {
                if (random.nextInt(3) == 0) {
                    Wish wish = anyWish(random, now, since++);
                    Planner.Place place = planner.place();
                    planner.put(place, wish, now);
                    lines.add(new Line(wish, place));
                } else if (!lines.isEmpty() && random.nextInt(10) == 0) {
                    Line gone = lines.remove(random.nextInt(lines.size()));
                    planner.put(gone.place, null, now);
                }
                Line best = null;
                long soonest = Long.MAX_VALUE;
                for (Line line : lines) {
                    long at = possibleAt(line.wish, now);
                    soonest = Math.min(soonest, at);
                    if (at <= now && (best == null || isBefore(line.wish, best.wish))) {
                        best = line;
                    }
                }
                Decision decision = planner.next(now);
                if (best != null) {
                    assertThat(decision).isEqualTo(new Decision.Send(best.wish));
                    send(budgets, best.wish, now);
                    lines.remove(best);
                    sends++;
                } else if (soonest == Long.MAX_VALUE) {
                    assertThat(decision).isEqualTo(new Decision.Rest());
                    now += 10 * MS;
                } else {
                    assertThat(decision).isInstanceOf(Decision.WaitUntil.class);
                    long until = ((Decision.WaitUntil) decision).nanos();
                    assertThat(until).as("never late, and never at once").isBetween(now + 1, soonest);
                    waits++;
                    now = random.nextBoolean() ? until : now + 1 + (long) (random.nextDouble() * (until - now));
                }
            }
            lines.forEach(line -> planner.put(line.place, null, end));
        }
        assertThat(sends).isGreaterThan(1000);
        assertThat(waits).isGreaterThan(1000);
    }

    private Wish anyWish(Random random, long now, long since) {
        Rank rank = List.of(Rank.LAST, Rank.LAST, Rank.FIRST, Rank.SIGN).get(random.nextInt(4));
        Call call = switch (rank) {
            case SIGN -> Call.TYPING;
            case FIRST -> Call.POST;
            case LAST, BURST, MORE -> random.nextBoolean() ? Call.EDIT : Call.APPEND;
        };
        ChatId chat = ChatId.direct("bot", "room-" + random.nextInt(6));
        long notBefore = random.nextInt(4) == 0 ? now + (long) (random.nextDouble() * SECOND) : now;
        return wish(chat, call, rank, since, notBefore);
    }
}
