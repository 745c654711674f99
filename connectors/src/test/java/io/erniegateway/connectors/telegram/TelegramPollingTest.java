package io.erniegateway.connectors.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.erniegateway.connectors.ConnectorException;
import io.erniegateway.connectors.Inbound;
import io.erniegateway.connectors.Inbox;
import io.erniegateway.connectors.RecordingInbox;
import io.erniegateway.connectors.simulated.telegram.Faults.Fault;
import io.erniegateway.connectors.simulated.telegram.TelegramSimulator;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.telegram.telegrambots.meta.api.methods.updates.SetWebhook;

class TelegramPollingTest {
    private final LogCapture log = new LogCapture();
    private final RecordingInbox inbox = new RecordingInbox();
    private TelegramStage stage;

    @BeforeEach
    void open() {
        stage = TelegramStage.polling();
    }

    @AfterEach
    void close() {
        stage.connector.close();
        stage.close();
        log.close();
    }

    @Test
    void a_batch_goes_on_at_the_update_that_could_not_be_stored() {
        List.of("a", "b", "c", "d").forEach(stage::personWrites);
        List<String> calls = new CopyOnWriteArrayList<>();
        stage.connector.start(inbound -> {
            String text = ((Inbound.Written) inbound).text();
            calls.add(text);
            if (text.equals("c") && calls.indexOf("c") == calls.size() - 1) {
                throw new IllegalStateException("the disk is full");
            }
            return Inbox.Receipt.STORED;
        });
        await().until(() -> calls.size() == 5);
        assertThat(calls).containsExactly("a", "b", "c", "c", "d");
        await().until(() -> stage.telegram.unconfirmed().isEmpty());
        assertThat(log.all())
                .contains("could not be stored and is not confirmed")
                .contains("receives again");
    }

    @Test
    void an_error_of_the_inbox_does_not_end_the_loop() {
        List<String> calls = new CopyOnWriteArrayList<>();
        stage.connector.start(inbound -> {
            calls.add(((Inbound.Written) inbound).text());
            if (calls.size() == 1) {
                throw new StackOverflowError();
            }
            return Inbox.Receipt.STORED;
        });
        stage.personWrites("a");
        await().until(() -> calls.equals(List.of("a", "a")));
    }

    @Test
    void malformed_and_unknown_updates_are_passed_over_and_told_without_their_text() {
        stage.telegram.deliverRaw("1001", "{\"update_id\":%d,\"message\":{\"chat\":\"private words\"}}");
        stage.telegram.deliverRaw("1001", "{\"update_id\":%d,\"telepathy\":{\"text\":\"private words\"}}");
        stage.telegram.deliverRaw("1001", "{\"update_id\":%d}");
        stage.telegram.deliverRaw("1001", "{\"update_id\":%d,\"message\":[]}");
        stage.personWrites("still here");
        stage.connector.start(inbox);
        await().until(() -> inbox.texts().contains("still here"));
        await().until(() -> stage.telegram.unconfirmed().isEmpty());
        assertThat(log.all())
                .contains("malformed and was skipped")
                .contains("; 2 so far")
                .contains("(telepathy)")
                .doesNotContain("private words");
    }

    @Test
    void an_update_without_an_id_is_told_and_does_not_spin() {
        stage.telegram
                .faults()
                .next("getUpdates", new Fault.Garbage("{\"ok\":true,\"result\":[{\"message\":{\"text\":\"x\"}}]}"));
        stage.connector.start(inbox);
        stage.personWrites("next");
        await().until(() -> inbox.texts().contains("next"));
        assertThat(log.all()).contains("updates without ids");
    }

    @Test
    void broken_answers_and_connections_are_waited_out() {
        stage.telegram.faults().next("getUpdates", new Fault.Garbage("{\"ok\":true,\"result\":[{\"update_id\":"));
        stage.telegram.faults().next("getUpdates", new Fault.Garbage("{\"ok\":true}"));
        stage.telegram.faults().next("getUpdates", new Fault.Reset(false));
        stage.telegram.faults().next("getUpdates", new Fault.ServerError(502, false));
        stage.telegram.faults().next("getUpdates", new Fault.ServerError(404, false));
        stage.connector.start(inbox);
        stage.personWrites("after the storm");
        await().until(() -> inbox.texts().contains("after the storm"));
        assertThat(log.all()).contains("cannot receive (HTTP 502").contains("receives again");
    }

    @Test
    void a_429_of_get_updates_is_honoured() {
        stage.telegram.faults().next("getUpdates", new Fault.TooManyRequests(Duration.ofSeconds(1)));
        long start = System.nanoTime();
        stage.connector.start(inbox);
        stage.personWrites("patience");
        await().until(() -> inbox.texts().contains("patience"));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(990));
    }

    @Test
    void a_second_poller_is_told_and_the_first_lives_on_when_it_is_gone() {
        stage.connector.start(inbox);
        TelegramConnector second = new TelegramConnector(bot(stage.telegram.apiBase()), TelegramStage.BRISK);
        second.start(inbox);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> log.all().contains("another program receives this bot's updates"));
        second.close();
        stage.personWrites("mine");
        await().atMost(Duration.ofSeconds(20)).until(() -> inbox.texts().contains("mine"));
    }

    @Test
    void a_webhook_that_is_set_is_removed_first_and_its_updates_are_polled() throws IOException {
        try (ServerSocket nobody = new ServerSocket(0)) {
            String hook = "http://127.0.0.1:" + nobody.getLocalPort() + "/";
            BotApi api = new BotApi(bot(stage.telegram.apiBase()), BotApi.NETWORK);
            assertThat(api.call(SetWebhook.builder().url(hook).build())).isInstanceOf(ApiAnswer.Ok.class);
            api.close();
        }
        stage.personWrites("waiting");
        stage.connector.start(inbox);
        await().until(() -> inbox.texts().contains("waiting"));
        assertThat(log.all()).contains("removed the webhook");
    }

    @Test
    void a_token_that_is_withdrawn_stops_the_bot_with_one_sentence() {
        stage.telegram.faults().next("getUpdates", new Fault.ServerError(401, false));
        stage.connector.start(inbox);
        await().until(() -> log.all().contains("no longer accepts the token"));
        stage.personWrites("unheard");
        assertThat(stage.telegram.unconfirmed()).hasSize(1);
        assertThat(inbox.deliveries()).isZero();
    }

    @Test
    void closing_while_an_update_is_stored_confirms_it_and_no_more() throws InterruptedException {
        CountDownLatch storing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        stage.personWrites("one");
        stage.personWrites("two");
        List<String> stored = new CopyOnWriteArrayList<>();
        stage.connector.start(inbound -> {
            storing.countDown();
            awaitQuietly(go);
            stored.add(((Inbound.Written) inbound).text());
            return Inbox.Receipt.STORED;
        });
        storing.await();
        Thread closer = Thread.ofVirtual().start(stage.connector::close);
        await().until(() -> closer.getState() != Thread.State.RUNNABLE && closer.getState() != Thread.State.NEW);
        go.countDown();
        closer.join();
        assertThat(stored).containsExactly("one");
        assertThat(stage.telegram.unconfirmed()).hasSize(1);
    }

    @Test
    void a_wrong_token_is_one_clear_sentence() {
        String wrong = "999:not-the-token-at-all";
        TelegramConnector connector =
                new TelegramConnector(TelegramBot.polling("shop", stage.telegram.apiBase(), wrong));
        assertThatThrownBy(() -> connector.start(inbox))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("bot 'shop': Telegram does not accept the token")
                .hasMessageNotContaining(wrong)
                .hasNoCause();
        connector.close();
    }

    @Test
    void settings_that_cannot_work_are_told_without_the_token() {
        URI base = URI.create("http://127.0.0.1:1");
        assertThatThrownBy(() -> TelegramBot.polling("b", base, "12:a/../secret"))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("token")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> TelegramBot.polling("b", URI.create("ftp://x"), "12:a"))
                .hasMessageContaining("API base");
        assertThatThrownBy(() -> TelegramBot.webhook("b c", base, "12:a", base, "s"))
                .hasMessageContaining("name");
        assertThatThrownBy(() -> TelegramBot.webhook("b", base, "12:a", base, "no spaces"))
                .hasMessageContaining("secret")
                .hasMessageNotContaining("no spaces");
        assertThat(TelegramBot.webhook("b", base, "12:TOKEN", base, "SECRET").toString())
                .doesNotContain("TOKEN")
                .doesNotContain("SECRET");
    }

    @Test
    void the_token_never_shows_whatever_breaks() throws IOException {
        int closedPort;
        try (ServerSocket socket = new ServerSocket(0)) {
            closedPort = socket.getLocalPort();
        }
        TelegramConnector lost = new TelegramConnector(
                bot(URI.create("http://127.0.0.1:" + closedPort + "/some/path")), TelegramStage.BRISK);
        assertThatThrownBy(() -> lost.start(inbox))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("refuses the connection")
                .hasMessageNotContaining(stage.telegram.token());
        lost.close();
        stage.telegram.faults().next("getUpdates", new Fault.Reset(true));
        stage.telegram.faults().next("getUpdates", new Fault.Garbage("/bot" + stage.telegram.token() + "/getUpdates"));
        stage.connector.start(inbox);
        stage.personWrites("hello");
        await().until(() -> inbox.texts().contains("hello"));
        assertThat(log.all()).isNotEmpty().doesNotContain(stage.telegram.token());
    }

    @Test
    void the_base_url_may_have_a_path_and_a_page_that_repeats_the_token_is_cleaned() throws Exception {
        String token = "12:abc-DEF";
        try (MockWebServer server = new MockWebServer()) {
            server.enqueue(new MockResponse.Builder()
                    .code(400)
                    .body("{\"ok\":false,\"error_code\":400,\"description\":\"bad path /proxy/bot" + token
                            + "/getme\"}")
                    .build());
            server.start();
            TelegramConnector connector = new TelegramConnector(
                    TelegramBot.polling("b", server.url("/proxy/telegram/").uri(), token), TelegramStage.BRISK);
            assertThatThrownBy(() -> connector.start(inbox))
                    .hasMessageContaining("bad path")
                    .hasMessageNotContaining(token);
            assertThat(server.takeRequest().getTarget()).isEqualTo("/proxy/telegram/bot" + token + "/getme");
            connector.close();
        }
    }

    @Test
    void the_command_menu_is_offered_in_english_and_chinese() {
        stage.connector.start(inbox);
        assertThat(stage.telegram.commands("").findValuesAsText("command"))
                .containsExactly("start", "help", "new", "stop", "retry");
        assertThat(stage.telegram.commands("zh").findValuesAsText("description"))
                .allMatch(d -> d.matches(".*\\p{IsHan}.*"));
    }

    private TelegramBot bot(URI base) {
        return TelegramBot.polling("second", base, stage.telegram.token());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void people_in_groups_are_heard_as_they_address_the_bot() {
        stage.connector.start(inbox);
        stage.telegram.write(TelegramSimulator.GROUP, "", TelegramSimulator.ANNA, "hi all");
        stage.telegram.write(TelegramSimulator.GROUP, "", TelegramSimulator.ANNA, "@ernie_test_bot and you?");
        stage.telegram.write(TelegramSimulator.GROUP, "", TelegramSimulator.ANNA, "/new@ernie_test_bot");
        stage.telegram.write(TelegramSimulator.FORUM, "7", TelegramSimulator.WEI, "in a topic");
        await().until(() -> inbox.arrived().size() == 4);
        assertThat(inbox.texts()).containsExactly("hi all", "and you?", "/new", "in a topic");
        assertThat(inbox.arrived().stream().map(i -> ((Inbound.Written) i).address()))
                .containsExactly(
                        Inbound.Address.OVERHEARD,
                        Inbound.Address.CALLED,
                        Inbound.Address.CALLED,
                        Inbound.Address.THREAD);
    }
}
