package io.erniegateway.connectors.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.EditOutcome;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.PostOutcome;
import io.erniegateway.connectors.Refusal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomesTest {
    private static final ChatId CHAT = ChatId.direct("bot", "1");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message | Unchanged",
                "400 | Bad Request: message to edit not found | Gone",
                "400 | Bad Request: MESSAGE_ID_INVALID | Gone",
                "400 | Bad Request: message can't be edited | Gone",
                "400 | Bad Request: there is no text in the message to edit | Gone",
                "400 | Bad Request: chat not found | Gone",
                "400 | Bad Request: message thread not found | Gone",
                "400 | Bad Request: TOPIC_CLOSED | Gone",
                "400 | Bad Request: TOPIC_DELETED | Gone",
                "400 | Bad Request: not enough rights to send text messages to the chat | Gone",
                "400 | Bad Request: have no write access to the chat | Gone",
                "400 | Bad Request: group chat was upgraded to a supergroup chat | Gone",
                "403 | Forbidden: bot was blocked by the user | Gone",
                "403 | Forbidden: bot was kicked from the supergroup chat | Gone",
                "403 | Forbidden: user is deactivated | Gone",
                "403 | Forbidden: bot can't initiate conversation with a user | Gone",
                "400 | Bad Request: message is too long | Rejected",
                "400 | Bad Request: MESSAGE_TOO_LONG | Rejected",
                "400 | Bad Request: text is too long | Rejected",
                "400 | Bad Request: message text is empty | Rejected",
                "400 | Bad Request: text must be non-empty | Rejected",
                "400 | Bad Request: can't parse entities: Can't find end of Bold entity at byte offset 3 | Rejected",
                "400 | Bad Request: something new | Rejected",
                "401 | Unauthorized | Rejected",
                "404 | Not Found: method not found | Rejected",
                "409 | Conflict: terminated by other getUpdates request | Rejected",
                "500 | Internal Server Error: restart | Unreachable",
                "502 | Bad Gateway | Unreachable"
            })
    void each_refusal_says_what_to_do_next(int code, String description, String outcome) {
        String body = "{\"ok\":false,\"error_code\":" + code + ",\"description\":\"" + description + "\"}";
        EditOutcome edit = Outcomes.edit(ApiAnswer.of(code, null, body));
        assertThat(edit.getClass().getSimpleName()).isEqualTo(outcome);
        if (edit instanceof Refusal refusal) {
            assertThat(refusal.why()).contains(description);
            assertThat(Outcomes.post(CHAT, ApiAnswer.of(code, null, body))).isEqualTo(refusal);
        }
    }

    @Test
    void a_429_tells_how_long() {
        String body = "{\"ok\":false,\"error_code\":429,\"description\":\"Too Many Requests: retry after 35\","
                + "\"parameters\":{\"retry_after\":35}}";
        assertThat(slowDown(429, null, body)).isEqualTo(Duration.ofSeconds(35));
        assertThat(slowDown(429, "12", "<html>")).isEqualTo(Duration.ofSeconds(12));
        assertThat(slowDown(429, null, "")).isPositive();
        assertThat(slowDown(429, "soon", "{\"ok\":false,\"parameters\":{\"retry_after\":-3}}"))
                .isPositive();
    }

    private static Duration slowDown(int status, @Nullable String header, String body) {
        return ((Refusal.SlowDown) Outcomes.edit(ApiAnswer.of(status, header, body))).retryAfter();
    }

    @Test
    void a_post_gives_a_reference_to_the_message() {
        assertThat(Outcomes.post(CHAT, ApiAnswer.of(200, null, "{\"ok\":true,\"result\":{\"message_id\":77}}")))
                .isEqualTo(new PostOutcome.Posted(new MessageRef(CHAT, "77")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"ok\":true,\"result\":true}",
                "200 | <html>hello</html>",
                "200 | ''",
                "200 | {\"ok\":true}",
                "502 | <html>"
            })
    void an_answer_that_says_nothing_may_have_acted(int status, String body) {
        assertThat(Outcomes.post(CHAT, ApiAnswer.of(status, null, body)))
                .isInstanceOfSatisfying(
                        Refusal.Unreachable.class,
                        u -> assertThat(u.mayHaveActed()).isTrue());
    }

    @Test
    void a_proxys_page_is_cut() {
        String body = "{\"ok\":false,\"error_code\":400,\"description\":\"" + "x".repeat(100_000) + "\"}";
        assertThat(((Refusal) Outcomes.edit(ApiAnswer.of(400, null, body))).why())
                .hasSizeLessThan(400);
        assertThat(Outcomes.edit(ApiAnswer.of(404, null, "<html>" + "x".repeat(100_000))))
                .isInstanceOfSatisfying(
                        Refusal.Rejected.class, r -> assertThat(r.why()).hasSizeLessThan(100));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | Bad Request: TEXTDRAFT_PEER_INVALID | true",
                "400 | Bad Request: RANDOM_ID_INVALID | true",
                "400 | Bad Request: something new | true",
                "400 | Bad Request: message is too long | false",
                "400 | Bad Request: MESSAGE_TOO_LONG | false",
                "400 | Bad Request: text is too long | false",
                "400 | Bad Request: text must be non-empty | false",
                "400 | Bad Request: can't parse MessageEntity: Type is not specified | false",
                "400 | Bad Request: ENTITY_BOUNDS_INVALID | false",
                "400 | Bad Request: chat not found | false",
                "400 | Bad Request: message thread not found | false",
                "401 | Unauthorized | false",
                "403 | Forbidden: bot was blocked by the user | false",
                "429 | Too Many Requests: retry after 5 | false"
            })
    void only_what_is_about_the_method_closes_a_room_to_drafts(int code, String description, boolean closes) {
        ApiAnswer.Refused refused = new ApiAnswer.Refused(code, description, Duration.ZERO, 0);
        assertThat(Outcomes.refusesDrafts(refused)).isEqualTo(closes);
    }
}
