package io.erniegateway.connectors.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Limits;
import io.erniegateway.connectors.Limits.Budget;
import io.erniegateway.connectors.simulated.telegram.TelegramSimulator;
import io.erniegateway.connectors.simulated.telegram.TelegramWorld;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import org.junit.jupiter.api.Test;

/** Drafts over HTTP, and what is Telegram's alone. */
class TelegramDraftsTest extends DraftsExpectations {
    private static final ChatId PRIVATE = ChatId.direct("bot", TelegramSimulator.WEI);
    private static final TelegramBot BOT = TelegramBot.polling("bot", URI.create("http://telegram.invalid"), "12:a");

    @Override
    TelegramStage open(TelegramWorld world) {
        return TelegramStage.drafting(world);
    }

    @Test
    void what_goes_over_the_wire_is_the_method_as_documented() throws Exception {
        Buffer sent = new Buffer();
        try (TelegramConnector connector = new TelegramConnector(BOT.withDrafts(), chain -> {
            Request request = chain.request();
            assertThat(request.url().pathSegments()).containsExactly("bot12:a", "sendMessageDraft");
            Objects.requireNonNull(request.body()).writeTo(sent);
            return answer(request, 200, "{\"ok\":true,\"result\":true}");
        })) {
            ChatId topic = new ChatId("bot", "1001", "3", false);
            assertThat(connector.draft(topic, 7, connector.render("a **b**"))).isEmpty();
        }
        assertThat(TelegramJson.MAPPER.readTree(sent.readByteArray())).isEqualTo(TelegramJson.MAPPER.readTree("""
                        {"chat_id":1001,"message_thread_id":3,"draft_id":7,"text":"a b","can_stop":true,\
                        "method":"sendMessageDraft","entities":[{"type":"bold","offset":2,"length":1}]}"""));
    }

    @Test
    void a_bot_that_did_not_ask_for_them_sends_none() {
        AtomicInteger calls = new AtomicInteger();
        try (TelegramConnector connector = new TelegramConnector(BOT, chain -> {
            calls.incrementAndGet();
            return answer(chain.request(), 200, "{\"ok\":true,\"result\":true}");
        })) {
            assertThat(connector.draftsIn(PRIVATE)).isFalse();
            assertThat(connector.draft(PRIVATE, 1, connector.render("x"))).isPresent();
        }
        assertThat(calls).hasValue(0);
        assertThat(BOT.withDrafts().withLimits(TelegramLimits.DEFAULT).drafts()).isTrue();
        assertThat(BOT.withLimits(TelegramLimits.DEFAULT).drafts()).isFalse();
    }

    @Test
    void the_memory_of_refusals_is_bounded_and_forgets_the_oldest() {
        DraftRooms rooms = new DraftRooms("bot");
        ApiAnswer refused = ApiAnswer.of(
                400, null, "{\"ok\":false,\"error_code\":400,\"description\":\"Bad Request: TEXTDRAFT_PEER_INVALID\"}");
        for (int room = 0; room <= 10_000; room++) {
            rooms.learn("room " + room, refused);
        }
        assertThat(rooms.take("room 0")).isTrue();
        assertThat(rooms.take("room 1")).isFalse();
        assertThat(rooms.take("room 10000")).isFalse();
    }

    @Test
    void a_draft_takes_from_the_bots_budget_and_from_its_own() {
        List<String> covered = TelegramLimits.DEFAULT.budgets().stream()
                .filter(budget -> budget.covers(Limits.Call.DRAFT, PRIVATE))
                .map(Budget::name)
                .toList();
        assertThat(covered).containsExactly("drafts", "bot");
        assertThat(TelegramLimits.DEFAULT.budgets().stream()
                        .filter(budget -> budget.covers(Limits.Call.POST, PRIVATE))
                        .map(Budget::name))
                .containsExactly("private chat", "bot");
    }

    private static Response answer(Request request, int status, String body) {
        return new Response.Builder()
                .request(request)
                .protocol(Protocol.HTTP_1_1)
                .code(status)
                .message("")
                .body(ResponseBody.create(body, MediaType.get("application/json")))
                .build();
    }
}
