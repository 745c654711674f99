package io.erniegateway.ernie.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieEvent.Usage;
import io.erniegateway.ernie.Load;
import io.erniegateway.ernie.Quota;
import io.erniegateway.ernie.http.Allowance.Booking;
import io.erniegateway.ernie.http.Allowance.Outcome;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AllowanceTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration TOLD = Duration.ofSeconds(61);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

    @Test
    void bookings_go_in_their_order_and_a_small_one_does_not_overtake() {
        Allowance allowance = allowance(new Load(1, 0, 100), Dialect.QIANFAN_V2);
        assertThat(wait(allowance, 80)).isZero();
        assertThat(wait(allowance, 90)).isEqualTo(TOLD);
        assertThat(wait(allowance, 5)).isEqualTo(TOLD);
        assertThat(wait(allowance, 20)).isGreaterThan(TOLD);
    }

    @Test
    void a_longer_wait_than_allowed_books_nothing() {
        Allowance allowance = allowance(new Load(1, 1, 0), Dialect.QIANFAN_V2);
        assertThat(wait(allowance, 1)).isZero();
        for (int i = 0; i < 3; i++) {
            assertThat(allowance.book(1, Duration.ofSeconds(60))).isEqualTo(new Outcome.Full(TOLD));
        }
        later(TOLD);
        assertThat(wait(allowance, 1)).isZero();
    }

    @Test
    void what_is_given_back_is_there_for_the_next() {
        Allowance allowance = allowance(new Load(1, 1, 50), Dialect.QIANFAN_V2);
        allowance.giveBack(booked(allowance, 50));
        assertThat(wait(allowance, 50)).isZero();
    }

    @Test
    void nobody_waits_behind_a_booking_that_was_given_back() {
        Allowance allowance = allowance(new Load(1, 0, 100), Dialect.QIANFAN_V2);
        assertThat(wait(allowance, 90)).isZero();
        allowance.giveBack(booked(allowance, 50));
        assertThat(wait(allowance, 10)).isZero();
    }

    @Test
    void after_a_refusal_without_a_known_limit_those_who_waited_come_one_after_the_other() {
        Allowance allowance = allowance(Load.USUAL, Dialect.QIANFAN_V2);
        allowance.closedFor(Duration.ofSeconds(10));
        assertThat(wait(allowance, 1)).isEqualTo(Duration.ofSeconds(10));
        assertThat(wait(allowance, 1)).isEqualTo(Duration.ofMillis(10_100));
        assertThat(wait(allowance, 1)).isEqualTo(Duration.ofMillis(10_200));
        later(Duration.ofSeconds(11));
        allowance.closedFor(Duration.ofSeconds(10));
        assertThat(wait(allowance, 1)).isEqualTo(Duration.ofSeconds(10));
        assertThat(wait(allowance, 1)).isEqualTo(Duration.ofMillis(10_200));
        later(Duration.ofMinutes(2));
        assertThat(wait(allowance, 1)).isZero();
        assertThat(wait(allowance, 1)).isZero();
    }

    @Test
    void the_true_number_takes_the_place_of_the_estimate() {
        Allowance allowance = allowance(new Load(1, 0, 100), Dialect.QIANFAN_V2);
        allowance.used(booked(allowance, 90), new Usage(40, 500, 540));
        assertThat(wait(allowance, 60)).as("V2's limit is on the input").isZero();
        assertThat(wait(allowance, 1)).isPositive();
    }

    @Test
    void v1_counts_the_answer_too() {
        Allowance allowance = allowance(new Load(1, 0, 100), Dialect.QIANFAN_V1);
        allowance.used(booked(allowance, 30), new Usage(30, 60, 90));
        assertThat(wait(allowance, 10)).isZero();
        assertThat(wait(allowance, 1)).isPositive();
    }

    @Test
    void v2s_output_tokens_are_a_limit_of_their_own() {
        Allowance allowance = allowance(Load.USUAL, Dialect.QIANFAN_V2);
        allowance.told(new Quota(null, null, null, null, 1000, 900));
        allowance.used(booked(allowance, 1), new Usage(1, 899, 900));
        Booking last = booked(allowance, 1);
        allowance.used(last, new Usage(1, 1, 2));
        assertThat(wait(allowance, 1)).isEqualTo(TOLD);
    }

    @Test
    void nothing_left_closes_for_a_minute_even_where_the_limit_is_not_told() {
        Allowance allowance = allowance(Load.USUAL, Dialect.QIANFAN_V2);
        allowance.told(new Quota(null, 0, null, null, null, null));
        assertThat(wait(allowance, 1)).isEqualTo(Duration.ofMinutes(1));
        later(Duration.ofMinutes(1));
        assertThat(wait(allowance, 1)).as("one after the other").isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void a_refusal_closes_for_as_long_as_the_server_wants_within_reason() {
        Allowance allowance = allowance(Load.USUAL, Dialect.QIANFAN_V2);
        allowance.closedFor(Duration.ofSeconds(7));
        assertThat(wait(allowance, 1)).isEqualTo(Duration.ofSeconds(7));
        allowance.closedFor(Duration.ofHours(5));
        assertThat(wait(allowance, 1)).isEqualTo(Duration.ofMinutes(2));
    }

    private Allowance allowance(Load load, Dialect dialect) {
        return new Allowance(load, dialect, nanos::get);
    }

    private void later(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static Duration wait(Allowance allowance, long tokens) {
        return outcome(allowance, tokens).pause();
    }

    private static Booking booked(Allowance allowance, long tokens) {
        return outcome(allowance, tokens).booking();
    }

    private static Outcome.Booked outcome(Allowance allowance, long tokens) {
        if (allowance.book(tokens, LONG) instanceof Outcome.Booked booked) {
            return booked;
        }
        throw new AssertionError("was full");
    }
}
