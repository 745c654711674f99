package io.erniegateway.gateway.simulation.bound;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.gateway.simulation.bound.Limit.Scope;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OneAnswerTest {
    private static final int INSTANCES = 600;

    @Test
    void under_a_bucket_the_bound_is_what_trying_everything_finds() {
        for (int seed = 0; seed < INSTANCES; seed++) {
            Instances random = new Instances(seed);
            ArrivalCurve curve = random.curve(8);
            List<Limit> limits = List.of(random.bucket());
            Bound bound = Bound.ofOne(curve, limits, Duration.ZERO);
            assertThat(bound.kind()).as("seed %d", seed).isEqualTo(Bound.Kind.EXACT);
            assertThat(bound.meanLag()).as("seed %d", seed).isEqualTo(leastMeanLag(curve, limits));
        }
    }

    @Test
    void under_any_limits_an_exact_bound_is_what_trying_everything_finds_and_no_bound_is_above_it() {
        int exact = 0;
        for (int seed = 0; seed < INSTANCES; seed++) {
            Instances random = new Instances(seed);
            ArrivalCurve curve = random.curve(8);
            List<Limit> limits = random.limits();
            Bound bound = Bound.ofOne(curve, limits, Duration.ZERO);
            switch (bound.kind()) {
                case EXACT -> {
                    exact++;
                    assertThat(bound.meanLag()).as("seed %d", seed).isEqualTo(leastMeanLag(curve, limits));
                }
                case RELAXATION ->
                    assertThat(bound.meanLag())
                            .as("seed %d", seed)
                            .isLessThanOrEqualTo(leastMeanLag(curve, limits).plusNanos(1));
            }
        }
        assertThat(exact).isGreaterThan(INSTANCES / 2);
    }

    @Test
    void without_limits_nothing_waits_but_for_the_way() {
        Bound bound = Bound.ofOne(Workloads.steady(), List.of(), Duration.ofMillis(30));
        assertThat(bound.meanLag()).isEqualTo(Duration.ofMillis(30));
        assertThat(bound.finalLag()).isEqualTo(Duration.ofMillis(30));
    }

    @Test
    void a_steady_answer_on_telegram_lags_by_what_three_calls_and_one_a_second_leave() {
        List<Limit> limits = List.of(
                Limit.bucket(3, Duration.ofSeconds(1), Scope.ROOM),
                Limit.window(30, Duration.ofSeconds(1), Scope.GLOBAL));
        Bound bound = Bound.ofOne(Workloads.steady(), limits, Duration.ofMillis(30));
        assertThat(bound.kind()).isEqualTo(Bound.Kind.EXACT);
        assertThat(bound.meanLag()).isEqualTo(Duration.ofNanos(436_720_000));
    }

    private static Duration leastMeanLag(ArrivalCurve curve, List<Limit> limits) {
        double waits = BruteForce.leastWaits(List.of(new Answer("room", curve)), limits);
        return Bound.lag(waits, curve.characters(), Duration.ZERO);
    }
}
