package io.erniegateway.gateway.simulation.bound;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.gateway.simulation.bound.Limit.Scope;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OneAnswerTest {
    private static final int INSTANCES = 400;
    private static final Duration WAY = Duration.ofMillis(30);
    private static final Limit PRIVATE_CHAT = Limit.bucket(3, Duration.ofSeconds(1), Scope.ROOM);
    private static final Limit TELEGRAM_BOT = Limit.window(30, Duration.ofSeconds(1), Scope.GLOBAL);
    private static final Limit GROUP = Limit.window(20, Duration.ofMinutes(1), Scope.ROOM);
    private static final Limit SLACK_UPDATES =
            Limit.window(50, Duration.ofMinutes(1), Scope.GLOBAL, CallKind.LATER, CallKind.LAST);

    @Test
    void under_a_bucket_the_bound_is_what_trying_everything_finds() {
        for (int seed = 0; seed < INSTANCES; seed++) {
            Instances random = new Instances(seed);
            ArrivalCurve curve = random.curve(8);
            List<Limit> bucket = List.of(random.bucket());
            Path path = new OneAnswer(curve, bucket).under(bucket.getFirst()).orElseThrow();
            assertThat(path.cost())
                    .as("seed %d", seed)
                    .isEqualTo(BruteForce.leastWaits(List.of(new Answer("room", curve)), bucket));
            assertExact(curve, bucket, seed);
        }
    }

    @Test
    void under_any_small_limits_the_bound_is_what_trying_everything_finds() {
        for (int seed = 0; seed < INSTANCES; seed++) {
            Instances random = new Instances(seed);
            assertExact(random.curve(8), random.limits(), seed);
        }
    }

    @Test
    void limits_that_are_only_priced_never_give_more_than_trying_everything() {
        double shares = 0;
        for (int seed = 0; seed < INSTANCES; seed++) {
            Instances random = new Instances(seed);
            List<Answer> answer = List.of(new Answer("room", random.curve(8)));
            List<Limit> limits = random.limits();
            double least = BruteForce.leastWaits(answer, limits);
            double priced = PriceSearch.leastWaits(answer, limits);
            assertThat(priced).as("seed %d", seed).isLessThanOrEqualTo(least + 1e-6);
            shares += least == 0 ? 1 : priced / least;
        }
        assertThat(shares / INSTANCES).isGreaterThan(0.7);
    }

    @Test
    void without_limits_nothing_waits_but_for_the_way() {
        Bound bound = Bound.ofOne(Workloads.steady(), List.of(), WAY);
        assertThat(bound.meanLag()).isEqualTo(WAY);
        assertThat(bound.finalLag()).isEqualTo(WAY);
    }

    @Test
    void a_steady_answer_on_telegram_lags_by_what_three_calls_and_one_a_second_leave() {
        Bound bound = Bound.ofOne(Workloads.steady(), List.of(PRIVATE_CHAT, TELEGRAM_BOT), WAY);
        assertThat(bound.kind()).isEqualTo(Bound.Kind.EXACT);
        assertThat(bound.meanLag()).isEqualTo(Duration.ofNanos(436_720_000));
    }

    @Test
    void a_steady_answer_in_a_group_lags_by_twenty_even_gaps() {
        // 500 arrivals, shown 25 at a time: the mean wait is that of 12 times 20 ms.
        Bound bound = Bound.ofOne(Workloads.steady(), List.of(GROUP), WAY);
        assertThat(bound.kind()).isEqualTo(Bound.Kind.EXACT);
        assertThat(bound.meanLag()).isEqualTo(WAY.plusMillis(240));
    }

    @Test
    void an_answer_of_several_messages_is_exact_under_a_bucket() {
        ArrivalCurve curve = Workloads.longAnswer(List.of(4_000, 8_000, 12_000));
        Bound bound = Bound.ofOne(curve, List.of(PRIVATE_CHAT, TELEGRAM_BOT), WAY);
        assertThat(bound.kind()).isEqualTo(Bound.Kind.EXACT);
        assertThat(bound.meanLagMillis()).isBetween(508.0, 508.2);
    }

    @Test
    void an_answer_longer_than_its_window_has_a_bound_that_says_it_is_a_relaxation() {
        ArrivalCurve curve = Workloads.longAnswer(List.of(4_000, 8_000, 12_000));
        Bound bound = Bound.ofOne(curve, List.of(SLACK_UPDATES), WAY);
        assertThat(bound.kind()).isEqualTo(Bound.Kind.RELAXATION);
        // Were the whole minute's calls free again after a minute, it would be 488 ms: the prices must add to that.
        assertThat(bound.meanLagMillis()).isGreaterThan(540);
    }

    private static void assertExact(ArrivalCurve curve, List<Limit> limits, int seed) {
        double least = BruteForce.leastWaits(List.of(new Answer("room", curve)), limits);
        Bound bound = Bound.ofOne(curve, limits, Duration.ZERO);
        assertThat(bound.kind()).as("seed %d", seed).isEqualTo(Bound.Kind.EXACT);
        assertThat(bound.meanLag()).as("seed %d", seed).isEqualTo(Bound.lag(least, curve.characters(), Duration.ZERO));
    }
}
