package io.erniegateway.ernie.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieFailure.Details;
import io.erniegateway.ernie.ErnieFailure.FixAccess;
import io.erniegateway.ernie.ErnieFailure.RetryLater;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final Details DETAILS = new Details(429, "x", "x", "");

    @Test
    void waits_double_with_jitter_and_end_with_the_attempts() {
        for (int seed = 0; seed < 50; seed++) {
            Patience.Course course = new Patience(4, Duration.ofMinutes(1), new Random(seed)).begin();
            assertThat(course.after(later(null)).orElseThrow())
                    .isBetween(Duration.ofMillis(250), Duration.ofMillis(750));
            assertThat(course.after(later(null)).orElseThrow())
                    .isBetween(Duration.ofMillis(500), Duration.ofMillis(1500));
            assertThat(course.after(later(null)).orElseThrow()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(3));
            assertThat(course.after(later(null))).isEmpty();
        }
    }

    @Test
    void the_servers_wish_is_a_lower_bound() {
        Patience.Course course = new Patience(3, Duration.ofMinutes(1), new Random(1)).begin();
        assertThat(course.after(later(Duration.ofSeconds(20))).orElseThrow())
                .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(22));
        assertThat(course.after(later(Duration.ZERO)).orElseThrow()).isGreaterThanOrEqualTo(Duration.ofMillis(500));
    }

    @Test
    void a_wish_beyond_the_longest_wait_and_a_lasting_failure_are_let_through() {
        Patience patience = new Patience(3, Duration.ofSeconds(10), new Random(1));
        assertThat(patience.begin().after(later(Duration.ofSeconds(11)))).isEmpty();
        assertThat(patience.begin().after(new ErnieException(new FixAccess(DETAILS))))
                .isEmpty();
    }

    @Test
    void one_attempt_means_no_retry_and_courses_do_not_share_their_count() {
        Patience once = new Patience(1, Duration.ofSeconds(10), new Random(1));
        assertThat(once.begin().after(later(null))).isEmpty();
        Patience twice = new Patience(2, Duration.ofSeconds(10), new Random(1));
        assertThat(twice.begin().after(later(null))).isPresent();
        assertThat(twice.begin().after(later(null))).isPresent();
    }

    private static ErnieException later(@Nullable Duration asked) {
        return new ErnieException(new RetryLater(DETAILS, asked));
    }
}
