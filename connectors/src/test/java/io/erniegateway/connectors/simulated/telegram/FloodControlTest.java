package io.erniegateway.connectors.simulated.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.connectors.Limits.Budget;
import io.erniegateway.connectors.simulated.telegram.FloodControl.Kind;
import io.erniegateway.connectors.simulated.telegram.FloodControl.Verdict;
import io.erniegateway.connectors.telegram.TelegramLimits;
import java.time.Duration;
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
    private static final class GreedyBucket {
        private final Budget budget;
        private long full;

        GreedyBucket(String name) {
            budget = TelegramLimits.DEFAULT.budgets().stream()
                    .filter(b -> b.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }

        long next(long now) {
            long refill = budget.refill().toNanos();
            long at = Math.max(now, full - refill * (budget.burst() - 1L));
            full = Math.max(full, at) + refill;
            return at;
        }
    }

    private final SetTime time = new SetTime();
    private final FloodControl flood = new FloodControl(FloodRules.OFFICIAL.telling(), time);

    @Test
    void who_keeps_the_published_limits_is_never_refused() {
        for (String name : List.of("private chat", "group")) {
            GreedyBucket bucket = new GreedyBucket(name);
            for (int call = 0; call < 500; call++) {
                time.now = bucket.next(time.now);
                assertThat(flood.ask(Kind.POST, name, name.equals("group"))).isInstanceOf(Verdict.Admitted.class);
            }
        }
        GreedyBucket bot = new GreedyBucket("bot");
        for (int call = 0; call < 500; call++) {
            time.now = bot.next(time.now);
            assertThat(flood.ask(Kind.EDIT, "chat " + call, false)).isInstanceOf(Verdict.Admitted.class);
        }
    }

    @Test
    void a_group_of_twenty_a_minute_would_have_been_refused_had_it_not_been_planned_with_less() {
        long refused = 0;
        for (int call = 0; call < 60; call++) {
            refused += flood.ask(Kind.POST, "group", true) instanceof Verdict.Refused ? 1 : 0;
            time.sleep(Duration.ofMillis(2900));
        }
        assertThat(refused).isPositive();
    }
}
