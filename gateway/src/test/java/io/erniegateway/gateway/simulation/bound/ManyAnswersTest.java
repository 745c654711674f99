package io.erniegateway.gateway.simulation.bound;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.gateway.simulation.bound.Limit.Scope;
import io.erniegateway.gateway.simulation.bound.PlainSchedule.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

class ManyAnswersTest {
    private static final int TINY_INSTANCES = 300;
    private static final int SMALL_INSTANCES = 25;
    private static final Limit PRIVATE_CHAT = Limit.bucket(3, Duration.ofSeconds(1), Scope.ROOM);
    private static final Limit TELEGRAM_BOT = Limit.window(30, Duration.ofSeconds(1), Scope.GLOBAL);
    private static final Limit GROUP = Limit.window(20, Duration.ofMinutes(1), Scope.ROOM);
    private static final Limit SLACK_UPDATES =
            Limit.window(50, Duration.ofMinutes(1), Scope.GLOBAL, CallKind.LATER, CallKind.LAST);

    @Test
    void the_bound_is_never_above_what_trying_everything_finds() {
        double shares = 0;
        int exact = 0;
        for (int seed = 0; seed < TINY_INSTANCES; seed++) {
            Instances random = new Instances(seed);
            List<Limit> limits = random.limits();
            List<Answer> answers = random.answers();
            double least = BruteForce.leastWaits(answers, limits);
            Duration leastLag = Bound.lag(least, characters(answers), Duration.ZERO);
            Bound bound = Bound.ofMany(answers, limits, Duration.ZERO);
            switch (bound.kind()) {
                case EXACT -> {
                    exact++;
                    assertThat(bound.meanLag()).as("seed %d", seed).isEqualTo(leastLag);
                }
                case RELAXATION ->
                    assertThat(bound.meanLag()).as("seed %d", seed).isLessThanOrEqualTo(leastLag.plusNanos(1));
            }
            shares += least == 0 ? 1 : (double) bound.meanLag().toNanos() / leastLag.toNanos();
        }
        // Few calls are the worst case for prices, which think in shares of calls: hence not nearer to one.
        assertThat(exact).isGreaterThan(TINY_INSTANCES / 4);
        assertThat(shares / TINY_INSTANCES).isGreaterThan(0.8);
    }

    @Test
    void the_bound_is_never_above_a_plain_schedule() {
        for (int seed = 0; seed < SMALL_INSTANCES; seed++) {
            Random random = new Random(seed);
            List<Limit> limits = List.of(
                    Limit.bucket(random.nextInt(1, 4), Duration.ofMillis(random.nextInt(200, 2_000)), Scope.ROOM),
                    Limit.window(random.nextInt(2, 30), Duration.ofMillis(random.nextInt(500, 20_000)), Scope.GLOBAL));
            int rooms = random.nextInt(1, 6);
            List<Answer> answers = new ArrayList<>();
            for (int i = random.nextInt(1, 9); i > 0; i--) {
                answers.add(new Answer(
                        "room" + random.nextInt(rooms),
                        Workloads.bursty(random.nextInt(3)).later(Duration.ofMillis(random.nextInt(3) * 700L))));
            }
            Bound bound = Bound.ofMany(answers, limits, Duration.ZERO);
            for (Turn turn : Turn.values()) {
                assertThat(bound.meanLag()).as("seed %d", seed).isLessThanOrEqualTo(plain(answers, limits, turn));
            }
        }
    }

    @Test
    void a_hundred_chats_at_once_are_bounded_within_five_percent() {
        assertTight(steady(100, i -> 0), Turn.OLDEST, 1.05);
    }

    @Test
    void five_hundred_chats_at_once_are_bounded_within_five_percent() {
        assertTight(steady(500, i -> 0), Turn.OLDEST, 1.05);
    }

    @Test
    void five_hundred_chats_in_bursts_are_bounded_within_five_percent() {
        assertTight(steady(500, i -> i / 50 * 1_000L), Turn.LARGEST, 1.05);
    }

    @Test
    void chats_that_leave_each_other_room_have_the_exact_bound_of_one() {
        List<Limit> limits = List.of(PRIVATE_CHAT, TELEGRAM_BOT);
        Bound many = Bound.ofMany(steady(10, i -> 0), limits, Duration.ZERO);
        assertThat(many.kind()).isEqualTo(Bound.Kind.EXACT);
        assertThat(many.meanLag())
                .isEqualTo(
                        Bound.ofOne(Workloads.steady(), limits, Duration.ZERO).meanLag());
    }

    @Test
    void three_answers_in_one_group_share_its_twenty_calls() {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            answers.add(new Answer("group", Workloads.steady()));
        }
        double waits = PriceSearch.leastWaits(answers, List.of(GROUP));
        // Seven, seven and six calls is the best split, and each alone is exact.
        double split = 2 * alone(7) + alone(6);
        assertThat(waits).isBetween(0.995 * split, split);
    }

    @Test
    void answers_of_one_workspace_share_its_updates() {
        List<Answer> answers = steady(5, i -> 0);
        double waits = PriceSearch.leastWaits(answers, List.of(SLACK_UPDATES));
        Limit tenUpdates = Limit.window(10, Duration.ofMinutes(1), Scope.GLOBAL, CallKind.LATER, CallKind.LAST);
        double split =
                5 * OneAnswer.solve(Workloads.steady(), List.of(tenUpdates)).waits();
        assertThat(waits).isBetween(0.995 * split, split);
    }

    @Test
    void last_texts_that_end_together_wait_for_each_other() {
        // 60 ends at once, 30 a second: half of them wait a second.
        Bound bound = Bound.ofMany(steady(60, i -> 0), List.of(TELEGRAM_BOT), Duration.ofMillis(30));
        assertThat(bound.finalLag()).isEqualTo(Duration.ofMillis(530));
    }

    private static double alone(int calls) {
        Limit limit = Limit.window(calls, Duration.ofMinutes(1), Scope.ROOM);
        OneAnswer.Solved solved = OneAnswer.solve(Workloads.steady(), List.of(limit));
        assertThat(solved.exact()).isTrue();
        return solved.waits();
    }

    private static void assertTight(List<Answer> answers, Turn turn, double factor) {
        List<Limit> limits = List.of(PRIVATE_CHAT, TELEGRAM_BOT);
        Bound bound = Bound.ofMany(answers, limits, Duration.ZERO);
        Duration plain = plain(answers, limits, turn);
        assertThat(bound.meanLag()).isLessThanOrEqualTo(plain);
        assertThat((double) plain.toNanos()).isLessThan(factor * bound.meanLag().toNanos());
    }

    private static Duration plain(List<Answer> answers, List<Limit> limits, Turn turn) {
        return Bound.lag(PlainSchedule.waits(answers, limits, turn), characters(answers), Duration.ZERO);
    }

    private static List<Answer> steady(int count, IntToLongFunction startMillis) {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Duration start = Duration.ofMillis(startMillis.applyAsLong(i));
            answers.add(new Answer("room" + i, Workloads.steady().later(start)));
        }
        return answers;
    }

    private static long characters(List<Answer> answers) {
        return answers.stream().mapToLong(answer -> answer.curve().characters()).sum();
    }
}
