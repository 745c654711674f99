package io.erniegateway.gateway.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LifetimesTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MS = 1_000_000;
    private static final int REMEMBERED = 32;

    /** Lifetimes that have forgotten what is usual elsewhere. */
    private static Lifetimes of(long... grew) {
        Lifetimes lifetimes = new Lifetimes();
        for (int i = 0; i < REMEMBERED; i++) {
            lifetimes.ended(grew[i % grew.length]);
        }
        return lifetimes;
    }

    @Test
    void answers_that_all_end_at_the_same_time_are_planned_to_that_time() {
        Lifetimes lifetimes = of(10 * SECOND);
        assertThat(lifetimes.horizon(0)).isEqualTo(10 * SECOND);
        assertThat(lifetimes.horizon(4 * SECOND)).isEqualTo(6 * SECOND);
    }

    @Test
    void the_horizon_is_the_integral_of_the_square_root_of_the_likelihood_to_live() {
        Random random = new Random(3);
        long[] grew = random.longs(REMEMBERED, SECOND, 60 * SECOND).toArray();
        Lifetimes lifetimes = of(grew);
        for (long age : new long[] {0, 5 * SECOND, 20 * SECOND, 40 * SECOND}) {
            double sum = 0;
            for (long t = age; t < 61 * SECOND; t += MS) {
                sum += MS * Math.sqrt((double) alive(grew, t) / alive(grew, age));
            }
            assertThat((double) lifetimes.horizon(age)).as("age %d", age).isCloseTo(sum, within(REMEMBERED * 1.0 * MS));
        }
    }

    private static long alive(long[] grew, long age) {
        long alive = 0;
        for (long each : grew) {
            alive += each > age ? 1 : 0;
        }
        return alive;
    }

    @Test
    void how_likely_an_answer_ends_soon_is_counted_among_those_that_got_as_old() {
        Lifetimes lifetimes = of(2 * SECOND, 4 * SECOND, 6 * SECOND, 8 * SECOND);
        assertThat(lifetimes.endsWithin(0, SECOND)).isZero();
        assertThat(lifetimes.endsWithin(0, 2 * SECOND)).isEqualTo(0.25);
        assertThat(lifetimes.endsWithin(0, 5 * SECOND)).isEqualTo(0.5);
        assertThat(lifetimes.endsWithin(5 * SECOND, 2 * SECOND)).isEqualTo(0.5);
        assertThat(lifetimes.endsWithin(5 * SECOND, 3 * SECOND)).isEqualTo(1);
        assertThat(lifetimes.endsWithin(9 * SECOND, SECOND))
                .as("older than any known")
                .isEqualTo(1);
    }

    @Test
    void an_answer_older_than_any_known_is_planned_on_and_no_plan_is_made_for_nothing() {
        Lifetimes lifetimes = of(10 * SECOND);
        assertThat(lifetimes.horizon(40 * SECOND)).isGreaterThan(5 * SECOND);
        assertThat(lifetimes.horizon(10 * SECOND - 1)).isPositive().isGreaterThanOrEqualTo(SECOND);
    }

    @Test
    void another_model_is_learned_within_as_many_answers_as_are_remembered() {
        Lifetimes lifetimes = of(60 * SECOND);
        long before = lifetimes.horizon(0);
        for (int i = 0; i < REMEMBERED; i++) {
            lifetimes.ended(3 * SECOND);
            assertThat(lifetimes.horizon(0)).isLessThanOrEqualTo(before);
            before = lifetimes.horizon(0);
        }
        assertThat(before).isEqualTo(3 * SECOND);
    }

    @Test
    void before_the_first_answer_something_usual_is_believed() {
        assertThat(new Lifetimes().horizon(0)).isBetween(4 * SECOND, 65 * SECOND);
    }
}
