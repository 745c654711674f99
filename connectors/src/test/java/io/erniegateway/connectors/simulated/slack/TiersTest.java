package io.erniegateway.connectors.simulated.slack;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Limits;
import io.erniegateway.connectors.Limits.Call;
import io.erniegateway.connectors.Limits.Rule;
import io.erniegateway.connectors.slack.SlackApp;
import io.erniegateway.connectors.slack.SlackConnector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TiersTest {
    private long now = 1_000_000;
    private final Tiers tiers = new Tiers(() -> now, Duration.ofMinutes(1));

    @Test
    void the_51st_edit_in_a_minute_is_refused_until_the_first_is_a_minute_old() {
        for (int i = 0; i < 50; i++) {
            assertThat(tiers.admit("chat.update", "C" + i)).isEmpty();
            now += 100;
        }
        assertThat(tiers.admit("chat.update", "C1").orElseThrow()).isEqualTo(55_000);
        assertThat(tiers.used("chat.update")).isEqualTo(50);
        assertThat(tiers.admit("chat.delete", "C1")).isEmpty();
        now += 55_000;
        assertThat(tiers.admit("chat.update", "C1")).isEmpty();
        assertThat(tiers.admit("chat.update", "C1").orElseThrow()).isEqualTo(100);
    }

    @Test
    void a_channel_takes_a_post_a_second_after_a_short_burst() {
        for (int i = 0; i < 3; i++) {
            assertThat(tiers.admit("chat.postMessage", "C1")).isEmpty();
        }
        assertThat(tiers.admit("chat.postMessage", "C1").orElseThrow()).isEqualTo(1_000);
        assertThat(tiers.admit("chat.postMessage", "C2")).isEmpty();
        now += 1_000;
        assertThat(tiers.admit("chat.postMessage", "C1")).isEmpty();
        assertThat(tiers.admit("chat.postMessage", "C1")).isPresent();
    }

    @Test
    void a_workspace_takes_200_posts_a_minute() {
        for (int i = 0; i < 200; i++) {
            assertThat(tiers.admit("chat.postMessage", "C" + i)).isEmpty();
        }
        assertThat(tiers.admit("chat.postMessage", "C200")).isPresent();
    }

    @Test
    void a_status_is_counted_per_channel() {
        for (int i = 0; i < 60; i++) {
            assertThat(tiers.admit("assistant.threads.setStatus", "D1")).isEmpty();
        }
        assertThat(tiers.admit("assistant.threads.setStatus", "D1")).isPresent();
        assertThat(tiers.admit("assistant.threads.setStatus", "D2")).isEmpty();
    }

    /** Whoever keeps the connector's own limits, as greedily as they allow, never hears a 429. */
    @ParameterizedTest
    @EnumSource(names = {"POST", "EDIT", "TYPING"})
    void the_published_limits_hold(Call kind) {
        Limits limits = limits();
        Map<String, List<Long>> sent = new HashMap<>();
        List<ChatId> chats = List.of(chat("D1"), chat("D2"), chat("C1"), chat("C2"), chat("C3"));
        int admitted = 0;
        for (long end = now + Duration.ofMinutes(10).toMillis(); now < end; now += 10) {
            for (ChatId chat : chats) {
                if (takes(limits, sent, kind, chat)) {
                    assertThat(tiers.admit(method(kind), chat.room()))
                            .as("call %d", ++admitted)
                            .isEmpty();
                }
            }
        }
        assertThat(admitted).isGreaterThan(400);
    }

    private boolean takes(Limits limits, Map<String, List<Long>> sent, Call kind, ChatId chat) {
        List<Limits.Budget> budgets = limits.budgets().stream()
                .filter(budget -> budget.covers(kind, chat))
                .toList();
        assertThat(budgets).isNotEmpty();
        boolean room = budgets.stream().allMatch(budget -> hasRoom(budget, calls(sent, budget, chat)));
        if (room) {
            budgets.forEach(budget -> calls(sent, budget, chat).add(now));
        }
        return room;
    }

    private static List<Long> calls(Map<String, List<Long>> sent, Limits.Budget budget, ChatId chat) {
        return sent.computeIfAbsent(budget.name() + budget.bucket(chat), key -> new ArrayList<>());
    }

    private boolean hasRoom(Limits.Budget budget, List<Long> calls) {
        return switch (budget.rule()) {
            case Rule.Window(int most, Duration per) ->
                calls.size() < most || calls.get(calls.size() - most) <= now - per.toMillis();
            case Rule.Bucket(int burst, Duration refill) -> {
                long full = 0;
                for (long at : calls) {
                    full = Math.max(full, at) + refill.toMillis();
                }
                yield Math.max(0, full - now) <= (burst - 1) * refill.toMillis();
            }
        };
    }

    private static String method(Call kind) {
        return switch (kind) {
            case POST -> "chat.postMessage";
            case EDIT -> "chat.update";
            case TYPING -> "assistant.threads.setStatus";
            default -> throw new IllegalArgumentException(kind.name());
        };
    }

    private static ChatId chat(String room) {
        return new ChatId("ernie", room, "1.000001", room.startsWith("C"));
    }

    private static Limits limits() {
        try (SlackConnector connector = new SlackConnector(SlackApp.socket("ernie", "xoxb-1", "xapp-1"))) {
            return connector.limits();
        }
    }
}
