package io.erniegateway.gateway.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.erniegateway.connectors.Limits.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CountTest {
    private static final long MS = 1_000_000;
    private static final long SECOND = 1000 * MS;

    /** A call on its way: sent then, counted then, answered then. */
    private record Trip(long sent, long arrives, long answered, boolean taken) {}

    static Stream<Rule> rules() {
        return Stream.of(
                new Rule.Window(1, Duration.ofSeconds(1)),
                new Rule.Window(5, Duration.ofSeconds(1)),
                new Rule.Window(30, Duration.ofSeconds(1)),
                new Rule.Window(20, Duration.ofMinutes(1)),
                new Rule.Bucket(1, Duration.ofSeconds(1)),
                new Rule.Bucket(3, Duration.ofSeconds(1)),
                new Rule.Bucket(2, Duration.ofMillis(50)),
                new Rule.Bucket(10, Duration.ofMillis(33)));
    }

    /**
     * Sends for so long whenever it may, with pauses now and then, and gives the times at which the platform counted.
     *
     * @param longest the longest time there and back
     * @param lost how many of 100 calls are not counted by the platform, and given back
     */
    private static List<Long> arrivals(Rule rule, Random random, long longest, int lost, int calls) {
        Count count = Count.of(rule, 1, 0);
        PriorityQueue<Trip> flying = new PriorityQueue<>(Comparator.comparingLong(Trip::answered));
        List<Long> arrived = new ArrayList<>();
        long now = 0;
        long notBefore = 0;
        int sent = 0;
        while (sent < calls) {
            long at = Math.max(notBefore, count.availableAt(1, now));
            Trip landing = flying.peek();
            if (landing != null && landing.answered() <= Math.max(at, now)) {
                now = Math.max(now, landing.answered());
                flying.remove();
                if (landing.taken()) {
                    count.settle(landing.sent(), now);
                } else {
                    count.giveBack(landing.sent());
                }
                continue;
            }
            if (at > now) {
                now = at;
                continue;
            }
            count.take(now);
            long there = (long) (random.nextDouble() * longest);
            long back = (long) (random.nextDouble() * (longest - there));
            boolean taken = random.nextInt(100) >= lost;
            flying.add(new Trip(now, now + there, now + there + back, taken));
            if (taken) {
                arrived.add(now + there);
            }
            sent++;
            if (random.nextInt(20) == 0) {
                notBefore = now + (long) (random.nextDouble() * 3 * count.wholeAfter());
            }
        }
        arrived.sort(null);
        return arrived;
    }

    @ParameterizedTest
    @MethodSource("rules")
    void whatever_the_network_does_the_platform_never_sees_more_than_its_rule_allows(Rule rule) {
        for (int seed = 0; seed < 25; seed++) {
            Random random = new Random(seed);
            long longest = (1 + seed % 6) * (100 * MS) + (seed % 7 == 0 ? 5 * SECOND : 0);
            List<Long> arrivals = arrivals(rule, random, longest, 0, 300);
            assertThat(PlatformRule.takesAll(rule, arrivals))
                    .as("%s, seed %d", rule, seed)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void a_call_that_is_given_back_makes_room_for_one_and_never_for_two(Rule rule) {
        for (int seed = 0; seed < 25; seed++) {
            List<Long> arrivals = arrivals(rule, new Random(seed), (1 + seed % 20) * (100 * MS), 20, 300);
            assertThat(PlatformRule.takesAll(rule, arrivals))
                    .as("%s, seed %d", rule, seed)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void with_a_quick_network_every_call_that_is_allowed_is_made(Rule rule) {
        Count count = Count.of(rule, 1, 0);
        int whole = 0;
        long now = 0;
        long until = 20 * count.wholeAfter();
        while (count.availableAt(1, now) < until) {
            now = count.availableAt(1, now);
            count.take(now);
            count.settle(now, now);
            whole++;
        }
        int allowed = switch (rule) {
            case Rule.Window window -> 20 * window.calls();
            case Rule.Bucket bucket -> bucket.burst() + 20 * bucket.burst() - 1;
        };
        assertThat(whole).isEqualTo(allowed);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void what_is_taken_is_missing_until_it_comes_back(Rule rule) {
        Count count = Count.of(rule, 1, 0);
        int capacity = count.capacity();
        for (int i = 0; i < capacity; i++) {
            assertThat(count.availableAt(1, 0)).isZero();
            assertThat(count.left(0)).isEqualTo(capacity - i);
            assertThat(count.spentLately(0)).isEqualTo(i);
            count.take(0);
        }
        assertThat(count.left(0)).isZero();
        assertThat(count.availableAt(1, 0)).isPositive();
        for (int i = 0; i < capacity; i++) {
            count.settle(0, 0);
        }
        assertThat(count.availableAt(capacity, 0)).isEqualTo(count.wholeAfter());
        assertThat(count.availableAt(capacity + 7, 0))
                .as("more than there can ever be is clipped")
                .isEqualTo(count.wholeAfter());
        assertThat(count.left(count.wholeAfter())).isEqualTo(capacity);
        assertThat(count.spentLately(count.wholeAfter())).isZero();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void a_call_that_was_never_sent_leaves_no_trace(Rule rule) {
        Count count = Count.of(rule, 1, 0);
        count.take(5);
        count.giveBack(5);
        assertThat(count.left(5)).isEqualTo(count.capacity());
        assertThat(count.availableAt(count.capacity(), 5)).isEqualTo(5);
    }

    @Test
    void a_window_gives_back_at_once_what_was_spent_at_once() {
        Count count = Count.of(new Rule.Window(4, Duration.ofSeconds(10)), 1, 0);
        for (long at : new long[] {0, SECOND, 2 * SECOND}) {
            count.take(at);
            count.settle(at, at);
        }
        assertThat(count.returning(3 * SECOND, 6 * SECOND)).isZero();
        assertThat(count.returning(3 * SECOND, 7 * SECOND)).isEqualTo(1);
        assertThat(count.returning(3 * SECOND, 9 * SECOND)).isEqualTo(3);
        assertThat(count.returning(3 * SECOND, 25 * SECOND))
                .as("over more than a window, its rate less what is left")
                .isEqualTo(9);
    }

    @Test
    void a_bucket_gives_back_steadily() {
        Count count = Count.of(new Rule.Bucket(3, Duration.ofSeconds(2)), 1, 0);
        count.take(0);
        count.settle(0, 0);
        assertThat(count.left(SECOND)).isEqualTo(2.5, within(1e-9));
        assertThat(count.returning(SECOND, 5 * SECOND)).isEqualTo(2.5, within(1e-9));
    }

    @Test
    void a_call_on_its_way_for_longer_than_the_window_holds_its_place() {
        Count count = Count.of(new Rule.Window(1, Duration.ofSeconds(1)), 1, 0);
        count.take(0);
        for (long now = SECOND; now < 10 * SECOND; now = count.availableAt(1, now)) {
            assertThat(count.availableAt(1, now)).isBetween(now + 1, now + 50 * MS);
        }
        count.settle(0, 10 * SECOND);
        assertThat(count.availableAt(1, 10 * SECOND)).isEqualTo(11 * SECOND);
    }

    @Test
    void a_window_believed_smaller_than_what_is_spent_waits_until_enough_has_come_back() {
        Count count = Count.of(new Rule.Window(10, Duration.ofSeconds(10)), 1, 0);
        for (int i = 0; i < 8; i++) {
            count.take(i * SECOND);
            count.settle(i * SECOND, i * SECOND);
        }
        count.believe(0.5, 8 * SECOND);
        assertThat(count.capacity()).isEqualTo(5);
        assertThat(count.left(8 * SECOND)).isZero();
        assertThat(count.availableAt(1, 8 * SECOND)).isEqualTo(13 * SECOND);
        count.believe(1, 8 * SECOND);
        assertThat(count.left(8 * SECOND)).isEqualTo(2);
        assertThat(count.availableAt(1, 8 * SECOND)).isEqualTo(8 * SECOND);
    }

    @Test
    void a_bucket_believed_smaller_is_slower_and_what_is_spent_stays_spent() {
        Count count = Count.of(new Rule.Bucket(4, Duration.ofSeconds(1)), 1, 0);
        count.take(0);
        count.settle(0, 0);
        count.believe(0.5, 0);
        assertThat(count.capacity()).isEqualTo(2);
        assertThat(count.left(0)).isEqualTo(1, within(1e-9));
        assertThat(count.availableAt(2, 0)).isEqualTo(2 * SECOND);
        count.take(0);
        count.settle(0, 0);
        count.believe(1, 0);
        assertThat(count.capacity()).isEqualTo(4);
        assertThat(count.left(0)).isEqualTo(2, within(1e-9));
        assertThat(count.availableAt(4, 0)).isEqualTo(2 * SECOND);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void belief_that_changes_while_calls_are_on_their_way_never_loses_one(Rule rule) {
        Random random = new Random(11);
        Count count = Count.of(rule, 1, 0);
        List<Long> flying = new ArrayList<>();
        List<Long> arrivals = new ArrayList<>();
        long now = 0;
        for (int i = 0; i < 2000; i++) {
            count.believe(0.02 + 0.98 * random.nextDouble(), now);
            if (count.availableAt(1, now) <= now) {
                count.take(now);
                flying.add(now);
                arrivals.add(now);
            }
            if (!flying.isEmpty() && random.nextBoolean()) {
                count.settle(flying.removeFirst(), now);
            }
            assertThat(count.left(now)).isBetween(0.0, (double) count.capacity());
            now += (long) (random.nextDouble() * count.wholeAfter() / count.capacity());
        }
        for (long sent : flying) {
            count.settle(sent, now);
        }
        assertThat(PlatformRule.takesAll(rule, arrivals)).isTrue();
        assertThat(count.left(now + count.wholeAfter()))
                .as("nothing is held for ever")
                .isEqualTo(count.capacity());
    }

    @Test
    void the_smallest_belief_is_one_call() {
        assertThat(Count.of(new Rule.Window(20, Duration.ofSeconds(1)), 0.02, 0).capacity())
                .isEqualTo(1);
        assertThat(Count.of(new Rule.Bucket(3, Duration.ofSeconds(1)), 0.02, 0).capacity())
                .isEqualTo(1);
    }
}
