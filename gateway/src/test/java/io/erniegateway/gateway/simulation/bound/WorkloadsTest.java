package io.erniegateway.gateway.simulation.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class WorkloadsTest {
    @Test
    void the_bursty_text_is_what_the_report_says_and_the_same_for_the_same_seed() {
        for (int seed = 1; seed <= 20; seed++) {
            ArrivalCurve curve = Workloads.bursty(seed);
            assertThat(curve).isEqualTo(Workloads.bursty(seed));
            assertThat(curve.characters()).isEqualTo(400);
            for (int i = 1; i < curve.arrivals().size(); i++) {
                ArrivalCurve.Arrival before = curve.arrivals().get(i - 1);
                ArrivalCurve.Arrival now = curve.arrivals().get(i);
                assertThat(now.atMicros() - before.atMicros()).isBetween(300_000L, 1_500_000L);
                assertThat(now.characters() - before.characters()).isBetween(1, 60);
            }
        }
        assertThat(Workloads.bursty(1)).isNotEqualTo(Workloads.bursty(2));
    }

    @Test
    void the_steady_text_comes_three_characters_every_twenty_milliseconds() {
        ArrivalCurve curve = Workloads.steady();
        assertThat(curve.characters()).isEqualTo(1_500);
        assertThat(curve.arrivals()).hasSize(500);
        assertThat(curve.startedAt()).isZero();
        assertThat(curve.finishedAt()).isEqualTo(499 * 20_000L);
    }

    @Test
    void parts_must_end_with_the_text() {
        assertThatIllegalArgumentException().isThrownBy(() -> Workloads.longAnswer(List.of(4_000, 8_000)));
    }
}
