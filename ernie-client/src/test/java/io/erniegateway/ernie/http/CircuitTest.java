package io.erniegateway.ernie.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.ernie.Breaker;
import io.erniegateway.ernie.ErnieFailure;
import io.erniegateway.ernie.ErnieFailure.Details;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CircuitTest {
    private static final Duration PAUSE = Duration.ofSeconds(15);
    private static final ErnieFailure BUSY =
            new ErnieFailure.RetryLater(new Details(500, "internal_error", "x", ""), null);

    private final AtomicLong nanos = new AtomicLong(Long.MIN_VALUE);
    private final Circuit circuit = new Circuit(new Breaker(10, 50, PAUSE), nanos::get);

    @Test
    void opens_when_half_of_the_window_failed_and_tells_how_long() {
        fail(4);
        assertThat(circuit.rest()).as("too few to judge by").isEmpty();
        fail(1);
        assertThat(circuit.rest().orElseThrow()).isBetween(PAUSE, PAUSE.plusMillis(1));
        assertThat(circuit.enter()).isPresent();
        assertThat(circuit.lastCode()).isEqualTo("internal_error");
        later(Duration.ofSeconds(5));
        assertThat(circuit.rest().orElseThrow()).isBetween(PAUSE.minusSeconds(5), PAUSE.minusSeconds(4));
    }

    @Test
    void single_failures_among_successes_do_not_open_it() {
        for (int i = 0; i < 100; i++) {
            assertThat(circuit.enter()).isEmpty();
            if (i % 5 == 1 || i % 5 == 4) {
                circuit.failed(circuit.era(), BUSY);
            } else {
                circuit.succeeded(circuit.era());
            }
        }
        assertThat(circuit.rest()).isEmpty();
    }

    @Test
    void what_says_nothing_counts_as_nothing() {
        for (int i = 0; i < 50; i++) {
            assertThat(circuit.enter()).isEmpty();
            circuit.neither(circuit.era());
        }
        fail(4);
        assertThat(circuit.rest()).isEmpty();
        fail(1);
        assertThat(circuit.rest()).isPresent();
    }

    @Test
    void after_the_pause_told_three_trials_close_it_and_the_fourth_waits_for_them() {
        fail(5);
        later(circuit.rest().orElseThrow());
        assertThat(circuit.rest()).isEmpty();
        for (int i = 0; i < 3; i++) {
            assertThat(circuit.enter()).isEmpty();
        }
        assertThat(circuit.enter()).contains(Duration.ofSeconds(1));
        circuit.neither(circuit.era());
        assertThat(circuit.enter())
                .as("a trial that said nothing is free again")
                .isEmpty();
        for (int i = 0; i < 3; i++) {
            circuit.succeeded(circuit.era());
        }
        fail(4);
        assertThat(circuit.rest()).isEmpty();
    }

    @Test
    void failing_trials_open_it_again() {
        fail(5);
        later(circuit.rest().orElseThrow());
        fail(3);
        assertThat(circuit.rest()).isPresent();
    }

    @Test
    void what_began_before_the_breaker_opened_says_nothing_about_the_trials() {
        assertThat(circuit.enter()).isEmpty();
        int old = circuit.era();
        fail(5);
        later(circuit.rest().orElseThrow());
        for (int i = 0; i < 3; i++) {
            assertThat(circuit.enter()).isEmpty();
        }
        circuit.neither(old);
        circuit.failed(old, BUSY);
        circuit.succeeded(old);
        assertThat(circuit.enter()).as("all three trials are still under way").isPresent();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(circuit.enter()).isEmpty();
            circuit.failed(circuit.era(), BUSY);
        }
    }

    private void later(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
