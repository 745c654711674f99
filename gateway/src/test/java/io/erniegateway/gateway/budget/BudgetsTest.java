package io.erniegateway.gateway.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Limits;
import io.erniegateway.connectors.Limits.Budget;
import io.erniegateway.connectors.Limits.Call;
import io.erniegateway.connectors.Limits.Rule;
import io.erniegateway.connectors.Limits.Scope;
import io.erniegateway.gateway.budget.Budgets.Ticket;
import io.erniegateway.gateway.budget.LimitMemory.Lesson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BudgetsTest {
    private static final long MS = 1_000_000;
    private static final long SECOND = 1000 * MS;
    private static final long MINUTE = 60 * SECOND;
    private static final Instant WALL = Instant.parse("2026-11-24T12:00:00Z");
    private static final ChatId ANN = ChatId.direct("bot", "ann");
    private static final ChatId BOB = ChatId.direct("bot", "bob");

    private static final Limits LIMITS = new Limits(
            100,
            100,
            List.of(
                    new Budget("room", Scope.ROOM, Set.of(Call.EDIT), new Rule.Window(10, Duration.ofSeconds(10))),
                    new Budget(
                            "bot",
                            Scope.BOT,
                            Set.of(Call.EDIT, Call.POST),
                            new Rule.Window(100, Duration.ofSeconds(10)))),
            Duration.ofSeconds(5));

    private final Budgets budgets = new Budgets(LIMITS, 0);

    private Meter room(ChatId chat) {
        return budgets.narrow(Call.EDIT, chat, 0).getFirst();
    }

    private Meter bot() {
        return budgets.wide(Call.EDIT).getFirst();
    }

    /** An edit that takes this long. */
    private List<Meter> edit(ChatId chat, long now, long took) {
        return budgets.settle(budgets.take(Call.EDIT, chat, now), now + took);
    }

    @Test
    void a_call_draws_from_every_limit_that_counts_it_and_from_no_other() {
        budgets.take(Call.EDIT, ANN, 0);
        budgets.take(Call.POST, ANN, 0);
        budgets.take(Call.TYPING, ANN, 0);
        assertThat(room(ANN).count().spentLately(0)).isEqualTo(1);
        assertThat(room(BOB).count().spentLately(0)).isZero();
        assertThat(bot().count().spentLately(0)).isEqualTo(2);
    }

    @Test
    void a_refusal_closes_the_chat_and_not_the_bot() {
        Ticket ticket = budgets.take(Call.EDIT, ANN, 0);
        budgets.refused(ticket, 100 * MS, Duration.ofSeconds(30));
        assertThat(room(ANN).firstAt(SECOND)).isEqualTo(30 * SECOND + 100 * MS);
        assertThat(room(ANN).cosmeticAt(SECOND)).isEqualTo(30 * SECOND + 100 * MS);
        assertThat(room(BOB).firstAt(SECOND)).isEqualTo(SECOND);
        assertThat(bot().firstAt(SECOND)).isEqualTo(SECOND);
    }

    @Test
    void where_only_the_bot_is_limited_a_refusal_closes_the_bot() {
        budgets.refused(budgets.take(Call.POST, ANN, 0), 0, Duration.ofSeconds(5));
        assertThat(bot().firstAt(0)).isEqualTo(5 * SECOND);
    }

    @Test
    void a_shorter_penalty_does_not_end_a_longer_one() {
        budgets.refused(budgets.take(Call.EDIT, ANN, 0), 0, Duration.ofSeconds(30));
        budgets.refused(budgets.take(Call.EDIT, ANN, 0), SECOND, Duration.ofSeconds(3));
        assertThat(room(ANN).firstAt(SECOND)).isEqualTo(30 * SECOND);
    }

    @Test
    void the_limit_nearest_to_its_end_is_believed_to_be_lower() {
        for (int i = 0; i < 5; i++) {
            edit(ANN, i * MS, MS);
        }
        List<Meter> learned = budgets.refused(budgets.take(Call.EDIT, ANN, SECOND), SECOND + MS, Duration.ofSeconds(3));
        assertThat(learned).containsExactly(room(ANN));
        assertThat(room(ANN).share()).isLessThan(0.6);
        assertThat(bot().share()).isEqualTo(1);
    }

    @Test
    void a_bot_nearest_to_its_end_is_believed_to_be_lower_though_the_chat_is_what_closes() {
        for (int i = 0; i < 60; i++) {
            edit(ChatId.direct("bot", "other-" + i), i * MS, MS);
        }
        List<Meter> learned = budgets.refused(budgets.take(Call.EDIT, ANN, SECOND), SECOND + MS, Duration.ofSeconds(3));
        assertThat(learned).containsExactlyInAnyOrder(bot(), room(ANN));
        assertThat(bot().share()).isBetween(0.5, 0.65);
        assertThat(room(ANN).share()).isEqualTo(1);
        assertThat(room(ANN).closedFor(SECOND)).isPositive();
        assertThat(bot().closedFor(2 * SECOND)).isZero();
    }

    @Test
    void refusals_of_calls_that_were_on_their_way_together_are_one_lesson() {
        List<Ticket> together = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            together.add(budgets.take(Call.EDIT, ANN, i));
        }
        budgets.refused(together.getFirst(), 100 * MS, Duration.ofSeconds(10));
        double once = room(ANN).share();
        assertThat(once).isLessThan(1);
        together.subList(1, 6).forEach(ticket -> budgets.refused(ticket, 110 * MS, Duration.ofSeconds(10)));
        assertThat(room(ANN).share()).isEqualTo(once);
        assertThat(bot().share()).isEqualTo(1);
        budgets.refused(budgets.take(Call.EDIT, ANN, 11 * SECOND), 11 * SECOND, Duration.ofSeconds(10));
        assertThat(room(ANN).share()).as("a new one is a new lesson").isLessThan(once);
    }

    @Test
    void one_refusal_never_takes_all_and_many_leave_something() {
        budgets.refused(budgets.take(Call.EDIT, ANN, 0), 0, Duration.ofSeconds(1));
        assertThat(room(ANN).share()).isGreaterThanOrEqualTo(0.25);
        for (int i = 1; i < 100; i++) {
            budgets.refused(budgets.take(Call.EDIT, ANN, i * MINUTE), i * MINUTE, Duration.ofSeconds(1));
        }
        assertThat(room(ANN).share()).isGreaterThan(0);
        assertThat(room(ANN).count().capacity()).isEqualTo(1);
    }

    @Test
    void a_silent_delay_is_one_warning_a_minute() {
        for (int i = 0; i < 5; i++) {
            edit(ANN, i * (2 * SECOND), 100 * MS);
        }
        List<Meter> learned = edit(ANN, 20 * SECOND, 3 * SECOND);
        assertThat(learned).containsExactly(room(ANN));
        double warned = room(ANN).share();
        assertThat(warned).isBetween(0.7, 0.95);
        edit(ANN, 24 * SECOND, 4 * SECOND);
        edit(ANN, 50 * SECOND, 8 * SECOND);
        assertThat(room(ANN).share()).as("the same spell").isEqualTo(warned);
        edit(ANN, 10 * MINUTE, 3 * SECOND);
        assertThat(room(ANN).share()).isLessThan(warned);
        assertThat(bot().share()).isEqualTo(1);
        assertThat(room(ANN).closedFor(10 * MINUTE + 3 * SECOND))
                .as("it was taken, so nothing closes")
                .isZero();
    }

    @Test
    void a_platform_that_is_slow_for_every_call_warns_of_nothing() {
        for (int i = 0; i < 20; i++) {
            assertThat(edit(ANN, i * (20 * SECOND), 3 * SECOND)).isEmpty();
        }
        edit(BOB, 400 * SECOND, 6 * SECOND);
        assertThat(room(ANN).share()).isEqualTo(1);
        assertThat(room(BOB).share()).isEqualTo(1);
    }

    @Test
    void after_ten_quiet_minutes_it_grows_by_a_quarter_until_it_is_whole() {
        refuseAnnAt(0);
        double low = room(ANN).share();
        assertThat(edit(ANN, 10 * MINUTE - SECOND, MS)).isEmpty();
        assertThat(edit(ANN, 10 * MINUTE + SECOND, MS)).containsExactly(room(ANN));
        assertThat(room(ANN).share()).isEqualTo(1.25 * low, within(1e-9));
        assertThat(edit(ANN, 10 * MINUTE + 2 * SECOND, MS)).isEmpty();
        for (int i = 2; i < 12; i++) {
            edit(ANN, i * (11 * MINUTE), MS);
        }
        assertThat(room(ANN).share()).isEqualTo(1);
    }

    @Test
    void if_more_was_refused_again_the_next_try_waits_twice_as_long() {
        refuseAnnAt(0);
        edit(ANN, 11 * MINUTE, MS);
        assertThat(room(ANN).probeAfter()).isEqualTo(Duration.ofMinutes(10));
        refuseAnnAt(12 * MINUTE);
        assertThat(room(ANN).probeAfter()).isEqualTo(Duration.ofMinutes(20));
        double low = room(ANN).share();
        edit(ANN, 12 * MINUTE + 19 * MINUTE, MS);
        assertThat(room(ANN).share()).isEqualTo(low);
        edit(ANN, 12 * MINUTE + 21 * MINUTE, MS);
        assertThat(room(ANN).share()).isGreaterThan(low);
    }

    @Test
    void the_wait_for_the_next_try_has_an_end() {
        long now = 0;
        for (int i = 0; i < 20; i++) {
            refuseAnnAt(now);
            now += room(ANN).probeAfter().toNanos() + SECOND;
            edit(ANN, now, MS);
            now += SECOND;
        }
        assertThat(room(ANN).probeAfter()).isEqualTo(Duration.ofHours(6));
    }

    private void refuseAnnAt(long now) {
        budgets.refused(budgets.take(Call.EDIT, ANN, now), now, Duration.ofMillis(1));
    }

    @Test
    void what_was_learned_is_known_after_a_restart_and_the_penalty_goes_on() {
        budgets.refused(budgets.take(Call.EDIT, ANN, 0), 0, Duration.ofSeconds(100));
        Lesson lesson = Budgets.lesson(room(ANN), 40 * SECOND, WALL);
        assertThat(lesson.closedUntil()).isEqualTo(WALL.plusSeconds(60));
        Budgets after = new Budgets(LIMITS, 7 * SECOND);
        after.recall(
                List.of(lesson, new Lesson("no longer there", "", 0.1, 600, WALL)), 7 * SECOND, WALL.plusSeconds(10));
        Meter recalled = after.narrow(Call.EDIT, ANN, 7 * SECOND).getFirst();
        assertThat(recalled.share()).isEqualTo(room(ANN).share());
        assertThat(recalled.firstAt(7 * SECOND)).isEqualTo(57 * SECOND);
        assertThat(after.narrow(Call.EDIT, BOB, 7 * SECOND).getFirst().share()).isEqualTo(1);
        Ticket ticket = after.take(Call.EDIT, ANN, 7 * SECOND + 11 * MINUTE);
        assertThat(after.settle(ticket, 7 * SECOND + 11 * MINUTE)).containsExactly(recalled);
    }

    @Test
    void a_penalty_that_ended_while_the_gateway_was_down_is_over() {
        Budgets after = new Budgets(LIMITS, 0);
        after.recall(List.of(new Lesson("room", "ann", 0.5, 600, WALL)), 0, WALL.plusSeconds(3600));
        assertThat(after.narrow(Call.EDIT, ANN, 0).getFirst().firstAt(0)).isZero();
    }

    @Test
    void a_million_chats_do_not_stay_in_memory_but_those_in_use_do() {
        budgets.refused(budgets.take(Call.EDIT, ANN, 0), 0, Duration.ofSeconds(1));
        Meter learned = room(ANN);
        Meter grows = room(BOB);
        grows.joined(0, 0);
        Ticket flying = budgets.take(Call.EDIT, ChatId.direct("bot", "flying"), 0);
        long now = MINUTE;
        for (int i = 0; i < 30_000; i++) {
            edit(ChatId.direct("bot", "passing-" + i), now, MS);
            now += 20 * MS;
        }
        assertThat(budgets.kept()).isLessThan(10_000);
        assertThat(room(ANN)).isSameAs(learned);
        assertThat(room(BOB)).isSameAs(grows);
        assertThat(budgets.narrow(Call.EDIT, flying.chat(), now).getFirst())
                .isSameAs(flying.drawnFrom().getLast());
    }

    @Test
    void with_a_steady_network_a_window_is_used_to_the_last_call() {
        Limits limits = new Limits(
                100,
                100,
                List.of(new Budget("bot", Scope.BOT, Set.of(Call.EDIT), new Rule.Window(20, Duration.ofSeconds(1)))),
                Duration.ofSeconds(5));
        Budgets steady = new Budgets(limits, 0);
        Meter meter = steady.wide(Call.EDIT).getFirst();
        List<Ticket> flying = new ArrayList<>();
        List<Long> arrivals = new ArrayList<>();
        long trip = 120 * MS;
        long now = 0;
        while (now < 21 * SECOND) {
            if (!flying.isEmpty() && flying.getFirst().at() + trip <= now) {
                steady.settle(flying.removeFirst(), now);
            } else if (meter.firstAt(now) <= now) {
                flying.add(steady.take(Call.EDIT, ANN, now));
                arrivals.add(now + trip / 2);
            } else {
                long landing =
                        flying.isEmpty() ? Long.MAX_VALUE : flying.getFirst().at() + trip;
                now = Math.min(landing, meter.firstAt(now));
            }
        }
        assertThat(PlatformRule.takesAll(new Rule.Window(20, Duration.ofSeconds(1)), arrivals))
                .isTrue();
        // The first call teaches how long a trip takes; since then none of the window is left unused.
        assertThat(arrivals.stream().filter(at -> at >= 2 * SECOND && at < 20 * SECOND))
                .hasSize(18 * 20);
    }
}
