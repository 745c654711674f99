package io.erniegateway.connectors.simulated.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.erniegateway.connectors.simulated.SimulatedChats.Change;
import io.erniegateway.connectors.simulated.SimulatedChats.Seen;
import io.erniegateway.connectors.simulated.telegram.Faults.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulator refuses what Telegram refuses, in Telegram's words. */
class TelegramSimulatorTest {
    private static final String WEI = TelegramSimulator.WEI;
    private static final String GROUP = TelegramSimulator.GROUP;
    private static final FloodRules ROOMY = new FloodRules(
            1000,
            Duration.ofMillis(1),
            1000,
            Duration.ofSeconds(1),
            1000,
            Duration.ofSeconds(1),
            Duration.ZERO,
            Duration.ZERO);

    private final HandTurnedTime time = new HandTurnedTime();
    private final HttpClient http = HttpClient.newHttpClient();
    private TelegramSimulator telegram = TelegramSimulator.start(TelegramWorld.DEFAULT.withFlood(ROOMY));

    @AfterEach
    void close() {
        telegram.close();
        http.shutdownNow();
    }

    private void restart(TelegramWorld world) {
        telegram.close();
        telegram = TelegramSimulator.start(world);
    }

    // The wire

    @Test
    void tokens_paths_and_methods_are_checked() {
        assertThat(path("/bot1:wrong/getMe")).isEqualTo("401 Unauthorized");
        assertThat(path("/botnonsense/getMe")).isEqualTo("401 Unauthorized: invalid token specified");
        assertThat(path("/bot" + telegram.token() + "/sendTelepathy")).isEqualTo("404 Not Found: method not found");
        assertThat(path("/elsewhere")).isEqualTo("404 Not Found");
        assertThat(path("/bot" + telegram.token() + "/GETME")).isEqualTo("200 ");
    }

    @Test
    void parameters_come_by_query_form_or_json() {
        start();
        String query = "chat_id=" + WEI + "&text=" + URLEncoder.encode("a b 你", StandardCharsets.UTF_8);
        assertThat(path("/bot" + telegram.token() + "/sendMessage?" + query)).isEqualTo("200 ");
        assertThat(post("sendMessage", query, "application/x-www-form-urlencoded"))
                .isEqualTo("200 ");
        assertThat(call("sendMessage", "{'chat_id':1001,'text':'a b 你'}")).isEqualTo("200 ");
        assertThat(bot(WEI)).containsExactly("a b 你", "a b 你", "a b 你");
        assertThat(call("sendMessage", "{'chat_id':")).startsWith("400 Bad Request: can't parse");
        assertThat(post("sendMessage", "x", "multipart/form-data; boundary=x")).startsWith("400 ");
    }

    // Sending

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'text':'x'} | 400 Bad Request: chat_id is empty",
                "{'chat_id':5,'text':'x'} | 400 Bad Request: chat not found",
                "{'chat_id':1002,'text':'x'} | 403 Forbidden: bot can't initiate conversation with a user",
                "{'chat_id':1001} | 400 Bad Request: message text is empty",
                "{'chat_id':1001,'text':' \\n '} | 400 Bad Request: text must be non-empty",
                "{'chat_id':1001,'text':'\\u200b\\u00a0'} | 400 Bad Request: text must be non-empty",
                "{'chat_id':1001,'text':'<b>x</b>','parse_mode':'HTML'} | 400 Bad Request: the simulator does not parse HTML, since this gateway sends entities",
                "{'chat_id':1001,'text':'x','message_thread_id':1} | 400 Bad Request: message thread not found",
                "{'chat_id':-1001000000002,'text':'x','message_thread_id':1} | 400 Bad Request: message thread not found",
                "{'chat_id':-1001000000002,'text':'x','message_thread_id':7} | '200 '",
                "{'chat_id':1001,'text':'a😀b','entities':[{'type':'bold','offset':2,'length':1}]} | 400 Bad Request: entity begins in a middle of a UTF-16 symbol",
                "{'chat_id':1001,'text':'a😀b','entities':[{'type':'bold','offset':0,'length':2}]} | 400 Bad Request: entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol",
                "{'chat_id':1001,'text':'ab','entities':[{'type':'bold','offset':1,'length':2}]} | 400 Bad Request: entity beginning at UTF-16 offset 1 ends after the end of the text",
                "{'chat_id':1001,'text':'ab','entities':[{'type':'bold','offset':-1,'length':2}]} | 400 Bad Request: receive an entity with incorrect offset -1",
                "{'chat_id':1001,'text':'ab','entities':[{'type':'shiny','offset':0,'length':2}]} | 400 Bad Request: can't parse MessageEntity: Unsupported type specified"
            })
    void sends_are_refused_in_telegrams_words(String body, String answer) {
        start();
        assertThat(call("sendMessage", body)).isEqualTo(answer);
    }

    @Test
    void lengths_are_counted_as_telegram_counts() {
        start();
        assertThat(call("sendMessage", text("汉".repeat(4096)))).isEqualTo("200 ");
        assertThat(call("sendMessage", text("汉".repeat(4097)))).isEqualTo("400 Bad Request: message is too long");
        assertThat(call("sendMessage", text("汉".repeat(11_000)))).isEqualTo("400 Bad Request: text is too long");
        String edit = "{'chat_id':1001,'message_id':2,'text':'" + "x".repeat(4097) + "'}";
        assertThat(call("editMessageText", edit)).isEqualTo("400 Bad Request: MESSAGE_TOO_LONG");
    }

    @Test
    void closed_doors_stay_closed() {
        start();
        telegram.block(WEI);
        assertThat(call("sendMessage", text("x"))).isEqualTo("403 Forbidden: bot was blocked by the user");
        telegram.kick(GROUP);
        assertThat(call("sendChatAction", "{'chat_id':" + GROUP + ",'action':'typing'}"))
                .isEqualTo("403 Forbidden: bot was kicked from the supergroup chat");
        telegram.closeTopic(TelegramSimulator.FORUM, 7);
        assertThat(call("sendMessage", "{'chat_id':" + TelegramSimulator.FORUM + ",'message_thread_id':7,'text':'x'}"))
                .isEqualTo("400 Bad Request: TOPIC_CLOSED");
        telegram.addBasicGroup(-5, "Old");
        telegram.migrate("-5");
        assertThat(call("sendMessage", "{'chat_id':-5,'text':'x'}"))
                .isEqualTo("400 Bad Request: group chat was upgraded to a supergroup chat");
        start();
        assertThat(call("sendMessage", text("unblocked by writing"))).isEqualTo("200 ");
    }

    // Editing

    @Test
    void edits_are_refused_in_telegrams_words() {
        start();
        call("sendMessage", "{'chat_id':1001,'text':'ab','entities':[{'type':'bold','offset':0,'length':1}]}");
        assertThat(edit(2, "'text':'  ab \\n','entities':[{'type':'bold','offset':2,'length':1}]"))
                .startsWith("400 Bad Request: message is not modified: specified new message content");
        assertThat(edit(2, "'text':'ab'")).isEqualTo("200 ");
        assertThat(edit(1, "'text':'not mine'")).isEqualTo("400 Bad Request: message can't be edited");
        assertThat(edit(99, "'text':'x'")).isEqualTo("400 Bad Request: message to edit not found");
        assertThat(call("editMessageText", text("x")))
                .isEqualTo("400 Bad Request: message identifier is not specified");
        assertThat(telegram.messages(WEI).getLast().revision()).isEqualTo(1);
        assertThat(call("deleteMessage", "{'chat_id':1001,'message_id':1}"))
                .isEqualTo("400 Bad Request: message can't be deleted");
        assertThat(call("deleteMessage", "{'chat_id':1001,'message_id':2}")).isEqualTo("200 ");
        assertThat(call("deleteMessage", "{'chat_id':1001,'message_id':2}"))
                .isEqualTo("400 Bad Request: message to delete not found");
    }

    @Test
    void entities_are_brought_to_one_form() {
        start();
        call(
                "sendMessage",
                "{'chat_id':1001,'text':'aabbcc','entities':[{'type':'bold','offset':0,'length':6},"
                        + "{'type':'code','offset':2,'length':2}]}");
        assertThat(telegram.messages(WEI).getLast().html()).isEqualTo("<b>aa</b><code>bb</code><b>cc</b>");
        assertThat(edit(
                        2,
                        "'text':'aabbcc','entities':[{'type':'bold','offset':4,'length':1},{'type':'bold','offset':5,'length':1},"
                                + "{'type':'bold','offset':0,'length':2},{'type':'code','offset':2,'length':2}]"))
                .startsWith("400 Bad Request: message is not modified");
    }

    @Test
    void html_is_escaped_and_links_are_safe() {
        start();
        call(
                "sendMessage",
                "{'chat_id':1001,'text':'<i>&\\n\\\"x','entities':[{'type':'text_link','offset':0,'length':3,'url':'https://a.b/?q=\\\"<&'},"
                        + "{'type':'italic','offset':0,'length':1},{'type':'text_link','offset':5,'length':1,'url':'javascript:alert(1)'},"
                        + "{'type':'blockquote','offset':5,'length':2}]}");
        assertThat(telegram.messages(WEI).getLast().html())
                .isEqualTo("<a href=\"https://a.b/?q=&quot;&lt;&amp;\" rel=\"noopener noreferrer\" target=\"_blank\">"
                        + "<i>&lt;</i>i&gt;</a>&amp;<blockquote>&quot;x</blockquote>");
    }

    // Flood control

    @Test
    void a_private_chat_takes_three_at_once_and_then_one_a_second() {
        restart(TelegramWorld.DEFAULT.withFlood(FloodRules.OFFICIAL.telling()).withTime(time));
        start();
        for (int i = 0; i < 3; i++) {
            assertThat(call("sendMessage", text("m" + i))).isEqualTo("200 ");
        }
        assertThat(edit(2, "'text':'an edit counts too'")).isEqualTo("429 Too Many Requests: retry after 1");
        time.sleep(Duration.ofSeconds(1));
        assertThat(edit(2, "'text':'an edit counts too'")).isEqualTo("200 ");
        time.sleep(Duration.ofMillis(900));
        assertThat(call("sendMessage", text("early"))).startsWith("429 ");
    }

    @Test
    void who_does_not_wait_waits_longer_and_other_chats_go_on() {
        restart(TelegramWorld.DEFAULT.withFlood(FloodRules.OFFICIAL.telling()).withTime(time));
        start();
        telegram.write("1002", "", "1002", "hi");
        for (int i = 0; i < 3; i++) {
            call("sendMessage", text("m" + i));
        }
        long[] told = new long[4];
        for (int i = 0; i < 4; i++) {
            JsonNode answer = json(send("sendMessage", text("x"), "application/json"));
            told[i] = answer.path("parameters").path("retry_after").asLong();
        }
        assertThat(told).isSorted().doesNotHaveDuplicates();
        assertThat(call("sendMessage", "{'chat_id':1002,'text':'x'}")).isEqualTo("200 ");
        time.sleep(Duration.ofSeconds(told[3]));
        assertThat(call("sendMessage", text("patient"))).isEqualTo("200 ");
    }

    @Test
    void a_429_carries_the_header_too() {
        start();
        telegram.faults().next(new Fault.TooManyRequests(Duration.ofMillis(1500)));
        HttpResponse<String> answer = send("sendMessage", text("x"), "application/json");
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("2");
        assertThat(answer.body()).contains("\"retry_after\":2").contains("Too Many Requests: retry after 2");
    }

    @Test
    void a_group_takes_twenty_in_any_minute() {
        restart(TelegramWorld.DEFAULT.withFlood(FloodRules.OFFICIAL.telling()).withTime(time));
        for (int i = 0; i < 20; i++) {
            assertThat(call("sendMessage", "{'chat_id':" + GROUP + ",'text':'x'}"))
                    .isEqualTo("200 ");
            time.sleep(Duration.ofSeconds(1));
        }
        assertThat(call("sendMessage", "{'chat_id':" + GROUP + ",'text':'x'}"))
                .isEqualTo("429 Too Many Requests: retry after 40");
        assertThat(telegram.meter().used()).isEqualTo(20);
        assertThat(telegram.meter().allowed()).isEqualTo(20);
        time.sleep(Duration.ofSeconds(40));
        assertThat(call("sendMessage", "{'chat_id':" + GROUP + ",'text':'x'}")).isEqualTo("200 ");
    }

    @Test
    void waits_up_to_eight_seconds_are_hidden_in_a_slow_answer() {
        restart(TelegramWorld.DEFAULT.withTime(time));
        start();
        long before = time.nanos();
        for (int i = 0; i < 5; i++) {
            assertThat(call("sendMessage", text("m" + i))).isEqualTo("200 ");
        }
        assertThat(Duration.ofNanos(time.nanos() - before)).isEqualTo(Duration.ofSeconds(2));
        for (int i = 0; i < 20; i++) {
            call("sendMessage", "{'chat_id':" + GROUP + ",'text':'x'}");
        }
        assertThat(call("sendMessage", "{'chat_id':" + GROUP + ",'text':'x'}"))
                .startsWith("429 Too Many Requests: retry after 60");
    }

    @Test
    void a_bot_has_thirty_calls_a_second_over_all_chats() {
        restart(TelegramWorld.DEFAULT.withFlood(FloodRules.OFFICIAL.telling()).withTime(time));
        for (int person = 1; person <= 31; person++) {
            telegram.addPerson(new SimulatedPerson(2000 + person, "P", ""));
            telegram.write(Long.toString(2000 + person), "", Long.toString(2000 + person), "hi");
        }
        for (int person = 1; person <= 30; person++) {
            assertThat(call("sendMessage", "{'chat_id':" + (2000 + person) + ",'text':'x'}"))
                    .isEqualTo("200 ");
        }
        assertThat(call("sendMessage", "{'chat_id':2031,'text':'x'}")).startsWith("429 ");
        assertThat(call("sendChatAction", "{'chat_id':2031,'action':'typing'}")).startsWith("429 ");
    }

    // Updates

    @Test
    void updates_stay_until_they_are_confirmed() {
        List.of("a", "b", "c").forEach(text -> telegram.write(WEI, "", WEI, text));
        JsonNode first = updates("{'limit':2}");
        assertThat(texts(first)).containsExactly("a", "b");
        assertThat(texts(updates("{}"))).containsExactly("a", "b", "c");
        long second = first.get(1).path("update_id").asLong();
        assertThat(texts(updates("{'offset':" + second + "}"))).containsExactly("b", "c");
        assertThat(texts(updates("{}"))).containsExactly("b", "c");
        assertThat(texts(updates("{'offset':-1}"))).containsExactly("c");
        assertThat(texts(updates("{'offset':" + (second + 5000) + "}"))).containsExactly("c");
        assertThat(updates("{'offset':" + (second + 2) + "}")).isEmpty();
    }

    @Test
    void allowed_updates_hold_until_changed() {
        updates("{'allowed_updates':['my_chat_member']}");
        telegram.write(WEI, "", WEI, "not wanted");
        updates("{}");
        telegram.block(WEI);
        assertThat(updates("{}")).hasSize(1);
        updates("{'allowed_updates':[]}");
        telegram.write(WEI, "", WEI, "wanted");
        assertThat(updates("{}")).hasSize(2);
    }

    @Test
    void a_second_poll_ends_the_first_and_a_webhook_ends_both() {
        CompletableFuture<String> first = later("{'timeout':20}");
        CompletableFuture<String> second = later("{'timeout':20}");
        await().until(() -> first.isDone() || second.isDone());
        boolean firstEnded = first.isDone();
        CompletableFuture<String> ended = firstEnded ? first : second;
        assertThat(ended.join())
                .isEqualTo(
                        "409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is"
                                + " running");
        assertThat(call("setWebhook", "{'url':'http://127.0.0.1:1/x'}")).isEqualTo("200 ");
        assertThat(call("setWebhook", "{'url':'http://127.0.0.1:1/x'}"))
                .isEqualTo("429 Too Many Requests: retry after 1");
        assertThat((firstEnded ? second : first).join()).isEqualTo("409 Conflict: terminated by setWebhook request");
        assertThat(call("deleteWebhook", "{}")).isEqualTo("200 ");
        assertThat(updates("{}")).isEmpty();
    }

    @Test
    void polling_is_refused_while_a_webhook_is_set() {
        call("setWebhook", "{'url':'http://127.0.0.1:1/x'}");
        assertThat(call("getUpdates", "{}"))
                .isEqualTo(
                        "409 Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete"
                                + " the webhook first");
    }

    @Test
    void webhook_settings_are_checked() {
        assertThat(call("setWebhook", "{'url':'nonsense'}")).startsWith("400 Bad Request: bad webhook");
        assertThat(call("setWebhook", "{'url':'http://127.0.0.1:1/','secret_token':'a b'}"))
                .isEqualTo("400 Bad Request: secret token contains unallowed characters");
    }

    @Test
    void a_failing_update_holds_back_its_chat_only_and_order_is_kept() throws IOException {
        restart(TelegramWorld.DEFAULT.withFlood(ROOMY).withWebhookPause(Duration.ofMillis(20)));
        List<String> taken = new CopyOnWriteArrayList<>();
        var attempts = new ConcurrentHashMap<String, Integer>();
        HttpServer hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext("/", exchange -> {
            String secret = exchange.getRequestHeaders().getFirst("X-Telegram-Bot-Api-Secret-Token");
            String text = ApiReply.MAPPER
                    .readTree(exchange.getRequestBody())
                    .path("message")
                    .path("text")
                    .asText();
            boolean fails = text.equals("a1") && (attempts.merge(text, 1, Integer::sum) < 4 || !taken.contains("b1"));
            if (!fails) {
                taken.add(text + " " + secret);
                taken.add(text);
            }
            exchange.sendResponseHeaders(fails ? 500 : 204, -1);
            exchange.close();
        });
        hook.start();
        try {
            telegram.write(WEI, "", WEI, "a1");
            telegram.write(WEI, "", WEI, "a2");
            telegram.write(WEI, "", WEI, "a3");
            String url = "http://127.0.0.1:" + hook.getAddress().getPort() + "/";
            call("setWebhook", "{'url':'" + url + "','secret_token':'S-1'}");
            telegram.write("1002", "", "1002", "b1");
            await().until(() -> taken.contains("a3"));
            assertThat(taken.stream().filter(t -> t.length() == 2 && t.startsWith("a")))
                    .containsExactly("a1", "a2", "a3");
            assertThat(taken.indexOf("b1")).isLessThan(taken.indexOf("a1"));
            assertThat(taken).contains("a1 S-1");
            await().until(() -> telegram.unconfirmed().isEmpty());
            assertThat(json(send("getWebhookInfo", "{}", "application/json"))
                            .path("result")
                            .path("last_error_message")
                            .asText())
                    .contains("500");
        } finally {
            hook.stop(0);
        }
    }

    // People

    @Test
    void privacy_mode_hides_what_is_not_for_the_bot() {
        restart(TelegramWorld.DEFAULT.withFlood(ROOMY).withPrivacy());
        for (String text : List.of("hello", "@ernie_test_bot hi", "/new", "/new@other_bot", "/new@ernie_test_bot")) {
            telegram.write(GROUP, "", WEI, text);
        }
        call("sendMessage", "{'chat_id':" + GROUP + ",'text':'an answer'}");
        telegram.write(GROUP, "", WEI, "/stop");
        String answer = telegram.messages(GROUP).get(5).id();
        telegram.reply(GROUP, "", WEI, "why?", answer);
        assertThat(texts(updates("{}"))).containsExactly("/new@ernie_test_bot", "/stop", "why?");
    }

    @Test
    void messages_of_people_and_bot_share_one_sequence_and_are_watched_in_order() {
        List<Change> changes = new CopyOnWriteArrayList<>();
        try (var watch = telegram.watch(changes::add)) {
            start();
            call("sendMessage", text("one"));
            telegram.write(WEI, "", WEI, "x".repeat(5000));
            edit(2, "'text':'two'");
            telegram.delete(WEI, "1");
            await().until(() -> changes.stream().anyMatch(Change.Deleted.class::isInstance));
        }
        assertThat(telegram.messages(WEI)).extracting(Seen::id).containsExactly("2", "3", "4");
        assertThat(telegram.messages(WEI)).extracting(Seen::author).containsExactly("Ernie", "李伟", "李伟");
        assertThat(changes.stream()
                        .filter(c -> !(c instanceof Change.Metered))
                        .map(c -> c.getClass().getSimpleName()))
                .containsExactly("Shown", "Shown", "Shown", "Shown", "Edited", "Deleted");
    }

    @Test
    void faults_come_before_or_after_the_deed() {
        start();
        telegram.faults().next(new Fault.ServerError(500, true));
        telegram.faults().next(new Fault.ServerError(502, false));
        telegram.faults().next(new Fault.Reset(true));
        assertThat(call("sendMessage", text("done"))).isEqualTo("500 Internal Server Error: restart");
        assertThat(send("sendMessage", text("not done"), "application/json").statusCode())
                .isEqualTo(502);
        assertThatThrownBy(() -> call("sendMessage", text("done unheard"))).hasRootCauseInstanceOf(IOException.class);
        assertThat(bot(WEI)).containsExactly("done", "done unheard");
    }

    private void start() {
        telegram.write(WEI, "", WEI, "/start");
    }

    private static String text(String text) {
        return "{'chat_id':1001,'text':'" + text + "'}";
    }

    private String edit(int message, String rest) {
        return call("editMessageText", "{'chat_id':1001,'message_id':" + message + "," + rest + "}");
    }

    private List<String> bot(String room) {
        return telegram.messages(room).stream()
                .filter(Seen::fromBot)
                .map(Seen::text)
                .toList();
    }

    private JsonNode updates(String parameters) {
        return json(send("getUpdates", parameters, "application/json")).path("result");
    }

    private static List<String> texts(JsonNode updates) {
        return updates.valueStream()
                .map(update -> update.path("message").path("text").asText())
                .toList();
    }

    private CompletableFuture<String> later(String parameters) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> answer.complete(call("getUpdates", parameters)));
        return answer;
    }

    /** "status description". */
    private String call(String method, String json) {
        return post(method, json, "application/json");
    }

    private String post(String method, String body, String type) {
        return told(send(method, body, type));
    }

    private HttpResponse<String> send(String method, String body, String type) {
        String exact = type.endsWith("json") ? body.replace('\'', '"') : body;
        return http(HttpRequest.newBuilder(URI.create(telegram.apiBase() + "/bot" + telegram.token() + "/" + method))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(exact)));
    }

    private String path(String path) {
        return told(http(HttpRequest.newBuilder(URI.create(telegram.apiBase() + path))));
    }

    private HttpResponse<String> http(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String told(HttpResponse<String> answer) {
        JsonNode json = json(answer);
        assertThat(json.path("ok").asBoolean()).isEqualTo(answer.statusCode() == 200);
        return answer.statusCode() + " " + json.path("description").asText("");
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return ApiReply.MAPPER.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(answer.body(), e);
        }
    }
}
