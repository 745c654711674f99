package io.erniegateway.connectors.simulated.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.connectors.Limits.Rule;
import io.erniegateway.connectors.simulated.telegram.FloodControl.Kind;
import io.erniegateway.connectors.simulated.telegram.FloodControl.Verdict;
import io.erniegateway.connectors.telegram.TelegramLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The limits that the connector publishes, against the limits that Telegram enforces. */
class FloodControlTest {

    /** Spends every token the moment it is there. */
    private static final class GreedyCaller {
        private final Rule rule;
        private final List<Long> sent = new ArrayList<>();
        private long full;

        GreedyCaller(String name) {
            rule = TelegramLimits.DEFAULT.budgets().stream()
                    .filter(b -> b.name().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .rule();
        }

        long next(long now) {
            long at = switch (rule) {
                case Rule.Bucket(int burst, Duration refill) -> {
                    long from = Math.max(now, full - refill.toNanos() * (burst - 1L));
                    full = Math.max(full, from) + refill.toNanos();
                    yield from;
                }
                case Rule.Window(int calls, Duration per) ->
                    sent.size() < calls ? now : Math.max(now, sent.get(sent.size() - calls) + per.toNanos());
            };
            sent.add(at);
            return at;
        }
    }

    private static final List<Kind> KINDS = List.of(Kind.values());

    private final HandTurnedTime time = new HandTurnedTime();
    private final FloodControl flood = new FloodControl(FloodRules.OFFICIAL.telling(), time);

    @Test
    void who_keeps_the_published_limits_is_never_refused() {
        for (String name : List.of("group", "private chat", "drafts")) {
            GreedyCaller bucket = new GreedyCaller(name);
            for (int call = 0; call < 500; call++) {
                time.sleep(Duration.ofNanos(bucket.next(time.nanos()) - time.nanos()));
                Kind kind = name.equals("drafts") ? Kind.DRAFT : Kind.POST;
                assertThat(flood.ask(kind, name, name.equals("group"))).isInstanceOf(Verdict.Admitted.class);
            }
        }
        time.sleep(Duration.ofSeconds(1));
        GreedyCaller bot = new GreedyCaller("bot");
        for (int call = 0; call < 500; call++) {
            time.sleep(Duration.ofNanos(bot.next(time.nanos()) - time.nanos()));
            Kind kind = KINDS.get(call % KINDS.size());
            assertThat(flood.ask(kind, "chat " + call, false)).isInstanceOf(Verdict.Admitted.class);
        }
        assertThat(flood.tally().refused()).isZero();
        assertThat(flood.tally().admitted()).isEqualTo(2000);
    }

    @Test
    void a_call_a_little_earlier_would_have_been_refused() {
        GreedyCaller group = new GreedyCaller("group");
        for (int call = 0; call < 20; call++) {
            time.sleep(Duration.ofNanos(group.next(time.nanos()) - time.nanos()));
            assertThat(flood.ask(Kind.POST, "group", true)).isInstanceOf(Verdict.Admitted.class);
        }
        time.sleep(Duration.ofNanos(group.next(time.nanos()) - time.nanos() - 1));
        assertThat(flood.ask(Kind.POST, "group", true)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void calls_inside_a_penalty_are_refused_and_lengthen_it() {
        assertThat(flood.punish(Kind.EDIT, "1", Duration.ofSeconds(30))).isEqualTo(30);
        time.sleep(Duration.ofSeconds(10));
        assertThat(flood.ask(Kind.EDIT, "1", false)).isEqualTo(new Verdict.Refused(25));
        assertThat(flood.ask(Kind.DRAFT, "1", false)).isEqualTo(new Verdict.Refused(35));
        assertThat(flood.ask(Kind.POST, "2", false)).isInstanceOf(Verdict.Admitted.class);
        time.sleep(Duration.ofSeconds(35));
        assertThat(flood.ask(Kind.EDIT, "1", false)).isInstanceOf(Verdict.Admitted.class);
    }

    @Test
    void a_long_penalty_is_not_shortened_by_a_call_that_ignores_it() {
        assertThat(flood.punish(Kind.POST, "1", Duration.ofSeconds(7728))).isEqualTo(7728);
        assertThat(flood.ask(Kind.POST, "1", false)).isEqualTo(new Verdict.Refused(7733));
        assertThat(flood.punish(Kind.POST, "2", Duration.ofHours(9))).isEqualTo(32_400);
        assertThat(flood.ask(Kind.POST, "2", false)).isEqualTo(new Verdict.Refused(32_400));
    }

    @Test
    void a_refused_draft_closes_the_chat_to_messages_too() {
        for (int draft = 0; draft < 3; draft++) {
            assertThat(flood.ask(Kind.DRAFT, "1", false)).isInstanceOf(Verdict.Admitted.class);
        }
        assertThat(flood.ask(Kind.DRAFT, "1", false)).isEqualTo(new Verdict.Refused(1));
        assertThat(flood.ask(Kind.POST, "1", false)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void drafts_take_nothing_from_the_messages_of_their_chat() {
        for (Kind kind : List.of(Kind.DRAFT, Kind.POST)) {
            for (int call = 0; call < 3; call++) {
                assertThat(flood.ask(kind, "1", false)).isInstanceOf(Verdict.Admitted.class);
            }
        }
    }

    @Test
    void drafts_and_messages_share_the_bots_budget() {
        for (int call = 0; call < 30; call++) {
            assertThat(flood.ask(Kind.DRAFT, "chat " + call, false)).isInstanceOf(Verdict.Admitted.class);
        }
        assertThat(flood.ask(Kind.POST, "other", false)).isEqualTo(new Verdict.Refused(1));
    }

    @Test
    void two_seconds_are_hidden_from_a_draft_and_eight_from_a_message() {
        FloodControl hiding = new FloodControl(FloodRules.OFFICIAL, time);
        for (int wait : new int[] {0, 0, 0, 1, 2}) {
            assertThat(hiding.ask(Kind.DRAFT, "1", false)).isEqualTo(new Verdict.Admitted(Duration.ofSeconds(wait)));
        }
        assertThat(hiding.ask(Kind.DRAFT, "1", false)).isEqualTo(new Verdict.Refused(3));
        assertThat(hiding.tally().drafts()).isEqualTo(new FloodTally.Count(5, 2, 1));
        for (int wait : new int[] {0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8}) {
            assertThat(hiding.ask(Kind.EDIT, "2", false)).isEqualTo(new Verdict.Admitted(Duration.ofSeconds(wait)));
        }
        assertThat(hiding.ask(Kind.POST, "2", false)).isEqualTo(new Verdict.Refused(9));
        assertThat(hiding.tally())
                .isEqualTo(new FloodTally(
                        new FloodTally.Count(0, 0, 1),
                        new FloodTally.Count(11, 8, 0),
                        new FloodTally.Count(5, 2, 1),
                        new FloodTally.Count(0, 0, 0)));
        assertThat(hiding.tally().late()).isEqualTo(10);
    }

    /** Half the bucket is spent; at the slower pace what is missing takes longer to come back. */
    @Test
    void lower_limits_hold_at_once_for_what_was_spent_before() {
        for (int call = 0; call < 2; call++) {
            flood.ask(Kind.POST, "1", false);
        }
        for (int call = 0; call < 12; call++) {
            flood.ask(Kind.POST, "group", true);
            time.sleep(Duration.ofMillis(10));
        }
        flood.enforce(rules(5, 10, 30));
        // 2 tokens were missing, 0.12 of one came back: the first free place is 5 × 0.88 = 4.4 s away, told as 5.
        flood.ask(Kind.POST, "1", false);
        assertThat(flood.ask(Kind.POST, "1", false)).isEqualTo(new Verdict.Refused(5));
        assertThat(flood.ask(Kind.POST, "group", true)).isEqualTo(new Verdict.Refused(60));
    }

    @Test
    void a_group_that_may_more_again_still_remembers_its_minute() {
        flood.enforce(rules(1, 5, 30));
        for (int call = 0; call < 5; call++) {
            assertThat(flood.ask(Kind.EDIT, "group", true)).isInstanceOf(Verdict.Admitted.class);
        }
        flood.enforce(FloodRules.OFFICIAL.telling());
        for (int call = 5; call < 20; call++) {
            assertThat(flood.ask(Kind.EDIT, "group", true)).isInstanceOf(Verdict.Admitted.class);
        }
        assertThat(flood.ask(Kind.EDIT, "group", true)).isEqualTo(new Verdict.Refused(60));
    }

    @Test
    void a_bot_that_may_less_has_its_latest_calls_counted() {
        for (int call = 0; call < 30; call++) {
            flood.ask(Kind.SIGN, "1", false);
            time.sleep(Duration.ofMillis(20));
        }
        flood.enforce(rules(1, 20, 10));
        // The tenth-latest was 200 ms ago, so the next place is 800 ms away.
        assertThat(flood.ask(Kind.SIGN, "1", false)).isEqualTo(new Verdict.Refused(1));
        time.sleep(Duration.ofMillis(799));
        assertThat(flood.ask(Kind.SIGN, "1", false)).isInstanceOf(Verdict.Refused.class);
        time.sleep(Duration.ofMillis(1));
        assertThat(flood.ask(Kind.SIGN, "1", false)).isInstanceOf(Verdict.Admitted.class);
    }

    private static FloodRules rules(int refillSeconds, int groupCalls, int botCalls) {
        return new FloodRules(
                3,
                Duration.ofSeconds(refillSeconds),
                groupCalls,
                Duration.ofMinutes(1),
                botCalls,
                Duration.ofSeconds(1),
                Duration.ZERO,
                Duration.ZERO);
    }
}
