package io.erniegateway.connectors.simulated.slack;

import static io.erniegateway.connectors.simulated.slack.SlackSimulator.ALICE;
import static io.erniegateway.connectors.simulated.slack.SlackSimulator.CHANNEL;
import static io.erniegateway.connectors.simulated.slack.SlackSimulator.DIRECT;
import static io.erniegateway.connectors.simulated.slack.SlackSimulator.FOREIGN_CHANNEL;
import static io.erniegateway.connectors.simulated.slack.SlackSimulator.MENTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.erniegateway.connectors.simulated.SimulatedChats.Seen;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.FormBody;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How strict the simulated Slack is, asked by hand. */
class SlackSimulatorTest {
    private static final SlackTimes FAST = new SlackTimes(
            Duration.ofMillis(100),
            List.of(Duration.ZERO, Duration.ofMillis(50), Duration.ofMillis(100)),
            Duration.ofMinutes(1),
            Duration.ofMillis(100),
            Duration.ofMillis(100),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(2),
            Duration.ofHours(1));
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SlackSimulator slack =
            new SlackSimulator(SlackSimulator.Setup.usual().with(FAST));
    private final OkHttpClient client = new OkHttpClient();

    @AfterEach
    void close() {
        slack.close();
        client.dispatcher().executorService().shutdown();
    }

    @ParameterizedTest
    @CsvSource({
        "chat.postMessage,      '',                         not_authed",
        "chat.postMessage,      xoxb-wrong,                 invalid_auth",
        "chat.postMessage,      xapp-simulated-app-token,   not_allowed_token_type",
        "apps.connections.open, xoxb-simulated-bot-token,   not_allowed_token_type",
        "chat.invented,         xoxb-simulated-bot-token,   unknown_method",
        "agents.sessions.setStatus, xoxb-simulated-bot-token, unknown_method"
    })
    void a_wrong_token_or_method_is_refused_with_http_200(String method, String token, String error)
            throws IOException {
        try (Response answer = client.newCall(request(method, token, new FormBody.Builder().build()))
                .execute()) {
            assertThat(answer.code()).isEqualTo(200);
            assertThat(JSON.readTree(answer.body().string()).path("error").asText())
                    .isEqualTo(error);
        }
    }

    @Test
    void arguments_may_come_as_json() throws IOException {
        RequestBody body = RequestBody.create(
                "{\"channel\":\"" + DIRECT + "\",\"blocks\":[{\"type\":\"section\",\"text\":{\"type\":\"plain_text\","
                        + "\"text\":\"你好\"}}]}",
                MediaType.get("application/json; charset=utf-8"));
        try (Response answer =
                client.newCall(request("chat.postMessage", token(), body)).execute()) {
            assertThat(JSON.readTree(answer.body().string()).path("ok").asBoolean())
                    .isTrue();
        }
        assertThat(texts(DIRECT)).containsExactly("你好");
        RequestBody broken = RequestBody.create("{", MediaType.get("application/json"));
        try (Response answer =
                client.newCall(request("chat.postMessage", token(), broken)).execute()) {
            assertThat(JSON.readTree(answer.body().string()).path("error").asText())
                    .isEqualTo("invalid_json");
        }
    }

    @Test
    void an_edit_of_more_than_4000_bytes_is_too_long() throws IOException {
        String ts = post(DIRECT, "x").path("ts").asText();
        assertThat(update(ts, "汉".repeat(1_333)).path("ok").asBoolean()).isTrue();
        assertThat(update(ts, "汉".repeat(1_334)).path("error").asText()).isEqualTo("msg_too_long");
        assertThat(update(ts, "x".repeat(4_001)).path("error").asText()).isEqualTo("msg_too_long");
    }

    @ParameterizedTest
    @CsvSource({"4040, 1", "4041, 2", "8001, 3", "60000, 10"})
    void a_long_post_is_split_and_cut_by_the_server(int length, int messages) throws IOException {
        JsonNode answer = post(DIRECT, "x".repeat(length));
        assertThat(slack.messages(DIRECT)).hasSize(messages);
        assertThat(answer.path("ts").asText())
                .isEqualTo(slack.messages(DIRECT).getFirst().id());
        assertThat(slack.messages(DIRECT).stream().map(Seen::id).distinct()).hasSize(messages);
    }

    @ParameterizedTest
    @CsvSource({
        "C404,     1.000001, channel_not_found",
        "C0RANDOM, 1.000001, not_in_channel",
        "D0ALICE,  1.000001, message_not_found",
        "U0ALICE,  1.000001, channel_not_found"
    })
    void what_is_not_there_cannot_be_edited(String channel, String ts, String error) throws IOException {
        assertThat(call("chat.update", Map.of("channel", channel, "ts", ts, "text", "a"))
                        .path("error")
                        .asText())
                .isEqualTo(error);
    }

    @Test
    void only_own_messages_can_be_touched() throws IOException {
        String ts = slack.say(DIRECT, "", ALICE, "mine");
        assertThat(update(ts, "a").path("error").asText()).isEqualTo("cant_update_message");
        assertThat(call("chat.delete", Map.of("channel", DIRECT, "ts", ts))
                        .path("error")
                        .asText())
                .isEqualTo("cant_delete_message");
        String own =
                post(ALICE, "to a person is to the direct message").path("ts").asText();
        assertThat(call("chat.delete", Map.of("channel", DIRECT, "ts", own))
                        .path("ok")
                        .asBoolean())
                .isTrue();
        assertThat(texts(DIRECT)).containsExactly("mine");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{}; no_text",
                "{'text':' '}; no_text",
                "{'text':'a','markdown_text':'b'}; markdown_text_conflict",
                "{'text':'a','blocks':'['}; invalid_blocks_format",
                "{'text':'a','blocks':'{}'}; invalid_blocks_format",
                "{'text':'a','blocks':[{'type':'x'}]}; invalid_blocks"
            })
    void contents_are_checked(String arguments, String error) throws IOException {
        String json = arguments.replace('\'', '"').replaceFirst("\\{", "{\"channel\":\"" + DIRECT + "\",");
        RequestBody body =
                RequestBody.create(json.replace(",}", "}"), MediaType.get("application/json; charset=utf-8"));
        try (Response answer =
                client.newCall(request("chat.postMessage", token(), body)).execute()) {
            assertThat(JSON.readTree(answer.body().string()).path("error").asText())
                    .isEqualTo(error);
        }
        assertThat(slack.messages(DIRECT)).isEmpty();
    }

    @Test
    void an_edit_without_blocks_takes_them_away_and_says_edited() throws IOException {
        String blocks = "[{\"type\":\"section\",\"text\":{\"type\":\"plain_text\",\"text\":\"from blocks\"}}]";
        String ts = call("chat.postMessage", Map.of("channel", DIRECT, "text", "fallback", "blocks", blocks))
                .path("ts")
                .asText();
        assertThat(texts(DIRECT)).containsExactly("from blocks");
        update(ts, "a &lt;b&gt;");
        assertThat(texts(DIRECT)).containsExactly("a <b>");
        assertThat(slack.messages(DIRECT).getFirst().html()).isEqualTo("<p>a &lt;b&gt;</p><small>(edited)</small>");
        assertThat(slack.messages(DIRECT).getFirst().revision()).isOne();
        update(ts, "a &lt;b&gt;");
        assertThat(slack.messages(DIRECT).getFirst().revision()).isOne();
    }

    @Test
    void too_many_calls_are_429_with_a_figure_and_only_for_that_method() throws IOException {
        String ts = post(DIRECT, "x").path("ts").asText();
        for (int i = 0; i < 50; i++) {
            assertThat(update(ts, "text " + i).path("ok").asBoolean()).isTrue();
        }
        FormBody body = form(Map.of("channel", DIRECT, "ts", ts, "text", "one too many"));
        try (Response answer =
                client.newCall(request("chat.update", token(), body)).execute()) {
            assertThat(answer.code()).isEqualTo(429);
            assertThat(Integer.parseInt(answer.header("Retry-After", "0"))).isBetween(1, 60);
            assertThat(JSON.readTree(answer.body().string()).path("error").asText())
                    .isEqualTo("ratelimited");
        }
        assertThat(post(DIRECT, "still").path("ok").asBoolean()).isTrue();
        assertThat(slack.meter().used()).isEqualTo(50);
        assertThat(slack.meter().allowed()).isEqualTo(50);
        assertThat(slack.meter().refused()).isOne();
        assertThat(slack.meter().calls()).isEqualTo(53);
    }

    @Test
    void the_meter_shows_edits_or_pieces_whichever_is_nearer_to_its_limit() throws IOException {
        String ts = post(DIRECT, "x").path("ts").asText();
        assertThat(update(ts, "y").path("ok").asBoolean()).isTrue();
        String root = slack.say(DIRECT, "", SlackSimulator.ALICE, "question");
        String stream = call(
                        "chat.startStream", token(), Map.of("channel", DIRECT, "thread_ts", root, "markdown_text", "a"))
                .path("ts")
                .asText();
        Map<String, String> more = Map.of("channel", DIRECT, "ts", stream, "markdown_text", "b");
        for (int i = 0; i < 2; i++) {
            assertThat(call("chat.appendStream", token(), more).path("ok").asBoolean())
                    .isTrue();
        }
        assertThat(slack.meter().window()).startsWith("chat.update");
        assertThat(slack.meter().used()).isOne();
        assertThat(call("chat.appendStream", token(), more).path("ok").asBoolean())
                .isTrue();
        assertThat(slack.meter().window()).startsWith("chat.appendStream");
        assertThat(slack.meter().used()).isEqualTo(3);
        assertThat(slack.meter().allowed()).isEqualTo(100);
    }

    @Test
    void the_address_of_a_socket_is_good_for_once() throws IOException {
        String url = call("apps.connections.open", "xapp-simulated-app-token", Map.of())
                .path("url")
                .asText();
        Ear first = new Ear(url, true);
        await().until(() -> first.frames.size() == 1);
        assertThat(first.frames.getFirst().path("type").asText()).isEqualTo("hello");
        assertThat(first.frames.getFirst().path("num_connections").asInt()).isOne();
        Ear second = new Ear(url, true);
        await().until(() -> second.failed);
        assertThat(slack.sockets()).isOne();
    }

    @Test
    void the_eleventh_socket_is_one_too_many() throws IOException {
        for (int i = 0; i < 10; i++) {
            ear(true);
        }
        await().until(() -> slack.sockets() == 10);
        Ear eleventh = ear(true);
        await().until(() -> !eleventh.frames.isEmpty());
        assertThat(eleventh.frames.getFirst().path("reason").asText()).isEqualTo("too_many_websockets");
        assertThat(slack.sockets()).isEqualTo(10);
    }

    @Test
    void each_event_goes_to_one_socket_and_comes_again_if_it_is_not_acknowledged() throws IOException {
        Ear silent = ear(false);
        Ear deaf = ear(false);
        await().until(() -> slack.sockets() == 2);
        slack.write(DIRECT, "", ALICE, "hello");
        await().until(() -> events(silent, deaf).size() == 4);
        List<JsonNode> events = events(silent, deaf);
        assertThat(events.stream()
                        .map(event -> event.path("payload").path("event_id").asText())
                        .distinct())
                .hasSize(1);
        assertThat(events.stream().map(event -> event.path("retry_attempt").asInt()))
                .containsExactlyInAnyOrder(0, 1, 2, 3);
        assertThat(events.stream().filter(event -> event.path("retry_attempt").asInt() > 0))
                .allMatch(event -> event.path("retry_reason").asText().equals("timeout"));
    }

    @Test
    void a_mention_comes_twice_and_own_posts_and_edits_come_back() throws IOException {
        Ear ear = ear(true);
        await().until(() -> slack.sockets() == 1);
        String root = slack.say(CHANNEL, "", ALICE, MENTION + " see https://a.b/?c=d&e=f @bob 1 < 2");
        await().until(() -> events(ear).size() == 2);
        List<JsonNode> mention =
                events(ear).stream().map(SlackSimulatorTest::event).toList();
        assertThat(mention.stream().map(event -> event.path("type").asText()))
                .containsExactlyInAnyOrder("message", "app_mention");
        assertThat(mention).allMatch(event -> event.path("ts").asText().equals(root));
        assertThat(mention.getFirst().path("text").asText())
                .isEqualTo("<@U0ERNIE> see <https://a.b/?c=d&amp;e=f> <@U0BOB> 1 &lt; 2");
        String ts = post(CHANNEL, "answer").path("ts").asText();
        call("chat.update", Map.of("channel", CHANNEL, "ts", ts, "text", "edited"));
        await().until(() -> events(ear).size() == 4);
        assertThat(event(events(ear).get(2)).path("bot_id").asText()).isEqualTo("B0ERNIE");
        JsonNode changed = event(events(ear).get(3));
        assertThat(changed.path("subtype").asText()).isEqualTo("message_changed");
        assertThat(changed.has("bot_id")).isFalse();
        assertThat(changed.path("message").path("bot_id").asText()).isEqualTo("B0ERNIE");
    }

    @Test
    void pieces_come_back_as_changes_and_the_stop_button_names_what_streamed() throws IOException {
        Ear ear = ear(true);
        await().until(() -> slack.sockets() == 1);
        String root = slack.say(DIRECT, "", ALICE, "question");
        String ts = call("chat.startStream", Map.of("channel", DIRECT, "thread_ts", root, "markdown_text", "a"))
                .path("ts")
                .asText();
        call("chat.appendStream", Map.of("channel", DIRECT, "ts", ts, "markdown_text", "b"));
        slack.stop(DIRECT, root, ALICE);
        await().until(() -> events(ear).size() == 5);
        JsonNode posted = event(events(ear).get(1));
        assertThat(posted.path("streaming_state").asText()).isEqualTo("in_progress");
        assertThat(posted.path("bot_id").asText()).isEqualTo("B0ERNIE");
        JsonNode changed = event(events(ear).get(2));
        assertThat(changed.path("subtype").asText()).isEqualTo("message_changed");
        assertThat(changed.path("message").path("text").asText()).isEqualTo("ab");
        assertThat(event(events(ear).get(3))
                        .path("message")
                        .path("streaming_state")
                        .asText())
                .isEqualTo("completed");
        JsonNode stopped = event(events(ear).get(4));
        assertThat(stopped.path("type").asText()).isEqualTo("agent_session_stopped");
        assertThat(stopped.path("channel").asText()).isEqualTo(DIRECT);
        assertThat(stopped.path("user").asText()).isEqualTo(ALICE);
        assertThat(stopped.path("thread_ts").asText()).isEqualTo(root);
        assertThat(stopped.path("streaming_message_ts").toString()).isEqualTo("[\"" + ts + "\"]");
        assertThat(stopped.path("event_ts").asText()).isNotEmpty();
    }

    @Test
    void the_app_hears_nothing_of_channels_it_is_not_in() throws IOException {
        Ear ear = ear(true);
        await().until(() -> slack.sockets() == 1);
        slack.write(FOREIGN_CHANNEL, "", ALICE, "secret");
        slack.write(DIRECT, "", ALICE, "hello");
        await().until(() -> !events(ear).isEmpty());
        assertThat(event(events(ear).getFirst()).path("text").asText()).isEqualTo("hello");
        assertThatIllegalArgumentException().isThrownBy(() -> slack.write(DIRECT, "", "U0BOB", "not mine"));
        assertThatIllegalArgumentException().isThrownBy(() -> slack.write(DIRECT, "1.000001", ALICE, "no thread"));
    }

    @Test
    void an_address_that_does_not_answer_the_challenge_gets_no_events() {
        assertThatIllegalStateException()
                .isThrownBy(() -> slack.sendEventsTo(URI.create("http://127.0.0.1:1/slack/ernie")))
                .withMessageContaining("challenge");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>alert(1)</script>", "\" onmouseover=\"x", "&lt;!channel&gt;", "'"})
    void what_is_shown_is_safe_html(String text) throws IOException {
        String blocks = JSON.writeValueAsString(List.of(Map.of(
                "type",
                "rich_text",
                "elements",
                List.of(Map.of(
                        "type",
                        "rich_text_section",
                        "elements",
                        List.of(
                                Map.of("type", "text", "text", text),
                                Map.of("type", "link", "url", "javascript:alert(1)", "text", text)))))));
        call("chat.postMessage", Map.of("channel", DIRECT, "text", "x", "blocks", blocks));
        Seen seen = slack.messages(DIRECT).getFirst();
        assertThat(seen.text()).isEqualTo(text + text);
        assertThat(seen.html()).startsWith("<p>").endsWith("</p>").doesNotContain("<script", "<a ", "\"", "'", "<!");
    }

    private String token() {
        return slack.setup().botToken();
    }

    private JsonNode post(String channel, String text) throws IOException {
        return call("chat.postMessage", Map.of("channel", channel, "text", text));
    }

    private JsonNode update(String ts, String text) throws IOException {
        return call("chat.update", Map.of("channel", DIRECT, "ts", ts, "text", text));
    }

    private JsonNode call(String method, Map<String, String> arguments) throws IOException {
        return call(method, token(), arguments);
    }

    private JsonNode call(String method, String token, Map<String, String> arguments) throws IOException {
        try (Response answer =
                client.newCall(request(method, token, form(arguments))).execute()) {
            return JSON.readTree(answer.body().string());
        }
    }

    private static FormBody form(Map<String, String> arguments) {
        FormBody.Builder form = new FormBody.Builder();
        arguments.forEach(form::add);
        return form.build();
    }

    private Request request(String method, String token, RequestBody body) {
        Request.Builder request =
                new Request.Builder().url(slack.apiBase() + method).post(body);
        return token.isEmpty()
                ? request.build()
                : request.header("Authorization", "Bearer " + token).build();
    }

    private List<String> texts(String room) {
        return slack.messages(room).stream().map(Seen::text).toList();
    }

    private static List<JsonNode> events(Ear... ears) {
        return List.of(ears).stream()
                .flatMap(ear -> ear.frames.stream())
                .filter(frame -> frame.path("type").asText().equals("events_api"))
                .toList();
    }

    private static JsonNode event(JsonNode envelope) {
        return envelope.path("payload").path("event");
    }

    private Ear ear(boolean acknowledges) throws IOException {
        return new Ear(
                call("apps.connections.open", "xapp-simulated-app-token", Map.of())
                        .path("url")
                        .asText(),
                acknowledges);
    }

    /** A bare socket that keeps its frames. */
    private final class Ear extends WebSocketListener {
        private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
        private final boolean acknowledges;
        private volatile boolean failed;

        Ear(String url, boolean acknowledges) {
            this.acknowledges = acknowledges;
            WebSocket unused =
                    client.newWebSocket(new Request.Builder().url(url).build(), this);
        }

        @Override
        public void onMessage(WebSocket socket, String text) {
            try {
                JsonNode frame = JSON.readTree(text);
                frames.add(frame);
                if (acknowledges && frame.has("envelope_id")) {
                    socket.send(
                            "{\"envelope_id\":\"" + frame.path("envelope_id").asText() + "\"}");
                }
            } catch (IOException e) {
                failed = true;
            }
        }

        @Override
        public void onFailure(
                WebSocket socket, Throwable failure, @org.jspecify.annotations.Nullable Response response) {
            failed = true;
        }
    }
}
