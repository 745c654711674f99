package io.erniegateway.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FlowTest {
    private static final long MS = 1_000_000;
    private final Flow flow = new Flow();

    private void bursts(int count, long gap, int pieces, long between) {
        for (int i = 0; i < count; i++) {
            for (int piece = 0; piece < pieces; piece++) {
                flow.came(i * gap + piece * between, 10);
            }
        }
    }

    @Test
    void nothing_is_known_before_there_was_a_silence() {
        assertThat(flow.isBursty()).isFalse();
        flow.came(0, 10);
        flow.came(50 * MS, 10);
        assertThat(flow.isBursty()).isFalse();
        assertThat(flow.gap()).isZero();
    }

    @Test
    void text_with_silences_between_comes_in_bursts() {
        bursts(3, 800 * MS, 1, 0);
        assertThat(flow.isBursty()).isTrue();
        assertThat(flow.gap()).isEqualTo(800 * MS);
        assertThat(flow.burstEnds()).as("a burst in one piece is over at once").isEqualTo(1600 * MS);
    }

    @Test
    void text_without_silences_is_a_flow_however_long_it_takes() {
        for (int i = 0; i < 200; i++) {
            flow.came(i * 100L * MS, 3);
        }
        assertThat(flow.isBursty()).isFalse();
    }

    @Test
    void a_flow_that_pauses_now_and_then_does_not_come_in_bursts() {
        bursts(4, 3000 * MS, 28, 100 * MS);
        assertThat(flow.isBursty()).isFalse();
    }

    @Test
    void a_burst_of_several_pieces_is_over_only_after_a_silence_longer_than_those_inside() {
        bursts(3, 1000 * MS, 4, 40 * MS);
        long last = 2 * 1000 * MS + 3 * 40 * MS;
        assertThat(flow.isBursty()).isTrue();
        assertThat(flow.gap()).isEqualTo(1000 * MS);
        assertThat(flow.burstEnds()).isGreaterThan(last + 40 * MS).isLessThan(last + Flow.SILENCE);
    }

    @Test
    void unseen_text_is_measured_in_usual_bursts() {
        bursts(4, 1000 * MS, 2, 20 * MS);
        assertThat(flow.inBursts(20)).isEqualTo(1, within(1e-9));
        assertThat(flow.inBursts(5)).isEqualTo(0.25, within(1e-9));
    }

    @Test
    void a_change_without_text_is_no_burst() {
        flow.came(0, 10);
        flow.came(5000 * MS, 0);
        assertThat(flow.isBursty()).isFalse();
        assertThat(flow.burstEnds()).isZero();
    }

    @Test
    void a_model_that_changes_its_manner_is_followed() {
        bursts(3, 400 * MS, 1, 0);
        for (int i = 1; i <= 20; i++) {
            flow.came(800 * MS + i * 2000L * MS, 10);
        }
        assertThat(flow.gap()).isEqualTo(2000 * MS);
    }
}
