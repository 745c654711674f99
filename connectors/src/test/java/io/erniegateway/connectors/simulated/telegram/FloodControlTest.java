package io.erniegateway.connectors.simulated.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.connectors.Limits.Rule;
import io.erniegateway.connectors.simulated.telegram.FloodControl.Verdict;
import io.erniegateway.connectors.telegram.TelegramLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The limits that the connector publishes, against the limits that Telegram enforces. */
class FloodControlTest {

    /** Time that a test sets. */
    private static final class SetTime implements SimulatedTime {
        private long now;

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public void sleep(Duration time) {
            now += time.toNanos();
        }
    }

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

    private final SetTime time = new SetTime();
    private final FloodControl flood = new FloodControl(FloodRules.OFFICIAL.telling(), time);

    @Test
    void who_keeps_the_published_limits_is_never_refused() {
        for (String name : List.of("group", "private chat")) {
            GreedyCaller bucket = new GreedyCaller(name);
            for (int call = 0; call < 500; call++) {
                time.now = bucket.next(time.now);
                assertThat(flood.message(name, name.equals("group"))).isInstanceOf(Verdict.Admitted.class);
            }
        }
    }

    @Test
    void nor_is_who_keeps_the_limit_of_the_whole_bot() {
        GreedyCaller bot = new GreedyCaller("bot");
        for (int call = 0; call < 500; call++) {
            time.now = bot.next(time.now);
            assertThat(flood.message("chat " + call, false)).isInstanceOf(Verdict.Admitted.class);
        }
    }

    @Test
    void a_call_a_little_earlier_would_have_been_refused() {
        GreedyCaller group = new GreedyCaller("group");
        for (int call = 0; call < 20; call++) {
            time.now = group.next(time.now);
            assertThat(flood.message("group", true)).isInstanceOf(Verdict.Admitted.class);
        }
        time.now = group.next(time.now) - 1;
        assertThat(flood.message("group", true)).isInstanceOf(Verdict.Refused.class);
    }
}
