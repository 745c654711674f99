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
import org.junit.jupiter.params.provider.CsvSource;

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
    void twenty_streams_are_started_and_stopped_and_a_hundred_pieces_appended_in_a_minute() {
        for (int i = 0; i < 20; i++) {
            assertThat(tiers.admit("chat.startStream", "C" + i)).isEmpty();
            assertThat(tiers.admit("chat.stopStream", "C" + i)).isEmpty();
        }
        assertThat(tiers.admit("chat.startStream", "C20").orElseThrow()).isEqualTo(60_000);
        assertThat(tiers.admit("chat.stopStream", "C20").orElseThrow()).isEqualTo(60_000);
        for (int i = 0; i < 100; i++) {
            assertThat(tiers.admit("chat.appendStream", "C1")).isEmpty();
        }
        assertThat(tiers.admit("chat.appendStream", "C2")).isPresent();
    }

    @Test
    void the_first_message_of_a_stream_is_a_post_in_its_channel_too() {
        assertThat(tiers.admit("chat.startStream", "C1")).isEmpty();
        assertThat(tiers.admit("chat.postMessage", "C1")).isEmpty();
        assertThat(tiers.admit("chat.startStream", "C1")).isEmpty();
        assertThat(tiers.admit("chat.postMessage", "C1").orElseThrow()).isEqualTo(1_000);
        assertThat(tiers.admit("chat.startStream", "C1").orElseThrow()).isEqualTo(1_000);
        for (int i = 2; i < 199; i++) {
            assertThat(tiers.admit("chat.postMessage", "C" + i)).isEmpty();
        }
        assertThat(tiers.admit("chat.postMessage", "C200")).isPresent();
        assertThat(tiers.admit("chat.startStream", "C200")).isPresent();
    }

    @Test
    void a_limit_can_change_while_calls_go_on() {
        for (int i = 0; i < 10; i++) {
            assertThat(tiers.admit("chat.update", "C1")).isEmpty();
        }
        tiers.allow("chat.update", 10);
        assertThat(tiers.admit("chat.update", "C1").orElseThrow()).isEqualTo(60_000);
        tiers.allow("chat.update", 11);
        assertThat(tiers.admit("chat.update", "C1")).isEmpty();
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
    @CsvSource({
        "POST, 1800",
        "EDIT, 450",
        "TYPING, 2500",
        "START_STREAM, 150",
        "APPEND, 900",
        "STOP_STREAM, 150",
        "POST START_STREAM, 1800",
        "START_STREAM POST EDIT APPEND STOP_STREAM TYPING, 5000"
    })
    void the_published_limits_hold(String kinds, int least) {
        Limits limits = limits();
        Map<String, List<Long>> sent = new HashMap<>();
        List<ChatId> chats = List.of(chat("D1"), chat("D2"), chat("C1"), chat("C2"), chat("C3"));
        int admitted = 0;
        for (long end = now + Duration.ofMinutes(10).toMillis(); now < end; now += 10) {
            for (ChatId chat : chats) {
                for (String word : kinds.split(" ", -1)) {
                    Call kind = Call.valueOf(word);
                    if (takes(limits, sent, kind, chat)) {
                        assertThat(tiers.admit(method(kind), chat.room()))
                                .as("call %d, %s", ++admitted, kind)
                                .isEmpty();
                    }
                }
            }
        }
        assertThat(admitted).isGreaterThan(least);
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
            case START_STREAM -> "chat.startStream";
            case APPEND -> "chat.appendStream";
            case STOP_STREAM -> "chat.stopStream";
            case LOOK -> "conversations.replies";
            case DRAFT -> throw new IllegalArgumentException("Slack has no drafts");
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
