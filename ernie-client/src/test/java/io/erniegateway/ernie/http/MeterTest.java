package io.erniegateway.ernie.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MeterTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MINUTE = 60 * SECOND;

    private record Sent(long at, long amount) {}

    /** Fixed minutes of any phase are among them, so no server of whatever phase has a reason to refuse. */
    @Test
    void no_sixty_seconds_ever_hold_more_than_the_limit() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            int limit = 20 + random.nextInt(200);
            Meter meter = new Meter(limit);
            List<Sent> sent = new ArrayList<>();
            long now = 0;
            for (int i = 0; i < 400; i++) {
                now += random.nextLong(SECOND);
                long amount = 1L + random.nextInt(limit / 4);
                now = meter.earliest(now, amount);
                meter.add(now, amount);
                sent.add(new Sent(now, amount));
            }
            for (int first = 0; first < sent.size(); first++) {
                long end = sent.get(first).at() + MINUTE;
                long sum = sent.subList(first, sent.size()).stream()
                        .takeWhile(one -> one.at() <= end)
                        .mapToLong(Sent::amount)
                        .sum();
                assertThat(sum).as("seed %d, from %d", seed, first).isLessThanOrEqualTo(limit);
            }
            assertThat(now).as("it does let through").isLessThan(400 * 2 * MINUTE);
        }
    }

    @Test
    void what_is_booked_for_later_is_not_taken_for_what_the_server_has_counted() {
        Meter meter = new Meter(0);
        meter.add(0, 60);
        meter.add(30 * SECOND, 60);
        meter.told(300, 40, SECOND);
        // 60 of ours and 200 of others; with the 60 to come, 20 more than there is room for.
        assertThat(meter.earliest(30 * SECOND, 1)).isEqualTo(61 * SECOND);
    }

    @Test
    void without_a_limit_nothing_waits() {
        Meter meter = new Meter(0);
        meter.add(0, 1_000_000);
        assertThat(meter.earliest(0, 1_000_000)).isZero();
    }

    @Test
    void a_limit_is_learnt_and_what_others_used_counts_for_a_minute() {
        Meter meter = new Meter(0);
        meter.add(0, 1);
        meter.told(10, 4, SECOND);
        assertThat(meter.earliest(SECOND, 4)).isEqualTo(SECOND);
        // One of the six is our own, and is a minute old a little earlier than the word about the others.
        assertThat(meter.earliest(SECOND, 5)).isEqualTo(61 * SECOND);
        assertThat(meter.earliest(SECOND, 6)).isEqualTo(62 * SECOND);
    }

    @Test
    void a_newer_word_takes_the_place_of_the_older() {
        Meter meter = new Meter(0);
        meter.told(10, 0, 0);
        assertThat(meter.earliest(0, 1)).isGreaterThan(MINUTE);
        meter.told(10, 9, 0);
        assertThat(meter.earliest(0, 9)).isZero();
    }

    @Test
    void the_settings_limit_this_client_alone_and_the_server_all_of_them() {
        Meter meter = new Meter(5);
        meter.told(100, 50, 0);
        assertThat(meter.earliest(0, 5)).as("the others' fifty are not ours").isZero();
        meter.told(100, 3, 0);
        assertThat(meter.earliest(0, 4)).isGreaterThan(MINUTE);
    }

    @Test
    void what_is_larger_than_the_limit_goes_once_nothing_else_counts() {
        Meter meter = new Meter(10);
        assertThat(meter.earliest(0, 50)).isZero();
        meter.add(0, 50);
        assertThat(meter.earliest(SECOND, 50)).isEqualTo(61 * SECOND);
    }
}
