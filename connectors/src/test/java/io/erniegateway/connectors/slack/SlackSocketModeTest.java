package io.erniegateway.connectors.slack;

import static io.erniegateway.connectors.simulated.slack.SlackSimulator.ALICE;
import static io.erniegateway.connectors.simulated.slack.SlackSimulator.CHANNEL;
import static io.erniegateway.connectors.simulated.slack.SlackSimulator.DIRECT;
import static io.erniegateway.connectors.simulated.slack.SlackSimulator.MENTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.ConnectorException;
import io.erniegateway.connectors.Inbound;
import io.erniegateway.connectors.Inbound.Address;
import io.erniegateway.connectors.Inbound.Written;
import io.erniegateway.connectors.RecordingInbox;
import io.erniegateway.connectors.simulated.slack.SlackFault;
import io.erniegateway.connectors.simulated.slack.SlackSimulator;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlackSocketModeTest {
    private final RecordingInbox inbox = new RecordingInbox();
    private SlackStage stage;
    private SlackSimulator slack;

    @BeforeEach
    void open() {
        stage = SlackStage.socket();
        slack = stage.slack;
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void what_is_not_acknowledged_in_time_comes_again_under_the_same_keys() throws InterruptedException {
        CountDownLatch disk = new CountDownLatch(1);
        List<Inbound> deliveries = new java.util.concurrent.CopyOnWriteArrayList<>();
        stage.started(inbound -> {
            deliveries.add(inbound);
            if (deliveries.size() == 1) {
                awaitQuietly(disk);
            }
            return inbox.accept(inbound);
        });
        stage.personWrites("slow");
        await().until(() -> deliveries.size() == 1);
        // Longer than Slack waits for an acknowledgement: it gives up before the inbox has answered.
        assertThat(disk.await(SlackStage.FAST.ackWithin().toMillis() * 2, TimeUnit.MILLISECONDS))
                .isFalse();
        disk.countDown();
        await().atMost(Duration.ofSeconds(10)).until(() -> deliveries.size() >= 2);
        assertThat(deliveries.get(1).keys()).isEqualTo(deliveries.get(0).keys());
        assertThat(inbox.texts()).containsExactly("slow");
    }

    @Test
    void a_refresh_loses_nothing_and_leaves_one_socket() {
        stage.started(inbox);
        List<String> texts = IntStream.range(0, 40).mapToObj(i -> "text " + i).toList();
        for (int i = 0; i < texts.size(); i++) {
            stage.personWrites(texts.get(i));
            if (i == 10) {
                slack.warnSockets();
            }
            if (i == 30) {
                slack.disconnectSockets("refresh_requested");
            }
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> inbox.texts().size() == texts.size());
        assertThat(inbox.texts()).containsExactlyInAnyOrderElementsOf(texts);
        await().atMost(Duration.ofSeconds(10)).until(() -> slack.sockets() == 1);
        assertThat(slack.socketsOpened()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void after_a_warning_the_second_socket_stands_before_the_first_goes() {
        stage.started(inbox);
        assertThat(slack.sockets()).isOne();
        slack.warnSockets();
        await().pollInterval(Duration.ofMillis(2)).until(() -> slack.sockets() == 2);
        await().atMost(Duration.ofSeconds(10)).until(() -> slack.sockets() == 1);
        stage.personWrites("on the new one");
        await().until(() -> inbox.texts().contains("on the new one"));
    }

    @Test
    void a_cut_is_mended() {
        stage.started(inbox);
        slack.cutSockets();
        stage.personWrites("into the gap");
        await().atMost(Duration.ofSeconds(20)).until(() -> inbox.texts().contains("into the gap"));
        assertThat(slack.socketsOpened()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"link_disabled", "too_many_websockets", "invented_in_2027"})
    void whatever_the_reason_of_a_disconnect_it_comes_back(String reason) {
        stage.started(inbox);
        slack.disconnectSockets(reason);
        await().atMost(Duration.ofSeconds(10)).until(() -> slack.socketsOpened() == 2);
        stage.personWrites("hello again");
        await().atMost(Duration.ofSeconds(10)).until(() -> inbox.texts().contains("hello again"));
    }

    @Test
    void it_backs_off_while_no_socket_is_to_be_had_and_comes_back() {
        stage.started(inbox);
        slack.failNext("apps.connections.open", new SlackFault.Broken(503));
        slack.failNext("apps.connections.open", new SlackFault.Refused("internal_error"));
        slack.failNext("apps.connections.open", new SlackFault.TooMany(Duration.ofMillis(200)));
        slack.failNext("apps.connections.open", new SlackFault.Reset(false));
        slack.failNext("apps.connections.open", new SlackFault.Garbage());
        slack.cutSockets();
        await().atMost(Duration.ofSeconds(20)).until(() -> slack.socketsOpened() == 2);
        stage.personWrites("back");
        await().atMost(Duration.ofSeconds(10)).until(() -> inbox.texts().contains("back"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json",
                "",
                "[]",
                "null",
                "{\"type\":\"hello\"}",
                "{\"type\":\"invented\"}",
                "{\"type\":\"events_api\"}",
                "{\"type\":\"events_api\",\"envelope_id\":\"e1\"}",
                "{\"type\":\"events_api\",\"envelope_id\":\"e2\",\"payload\":\"text\"}",
                "{\"type\":\"slash_commands\",\"envelope_id\":\"e3\",\"payload\":[1]}",
                "{\"type\":\"slash_commands\",\"envelope_id\":\"e4\",\"payload\":null}",
                "{\"type\":\"slash_commands\",\"envelope_id\":\"e7\",\"payload\":{\"text\":[]}}",
                "{\"type\":\"interactive\",\"envelope_id\":\"e5\",\"payload\":{\"type\":\"block_actions\"}}",
                "{\"type\":\"events_api\",\"envelope_id\":\"e6\",\"payload\":{\"type\":\"event_callback\","
                        + "\"event\":{\"type\":\"message\",\"ts\":{}}}}"
            })
    void a_strange_frame_does_not_stop_the_next(String frame) {
        stage.started(inbox);
        try (Log log = new Log()) {
            slack.sendFrame(frame);
            stage.personWrites("after it");
            await().until(() -> inbox.texts().contains("after it"));
            assertThat(log.lines()).noneMatch(line -> line.contains("could not"));
        }
        assertThat(slack.socketsOpened()).isOne();
    }

    @Test
    void what_the_bot_says_and_edits_does_not_come_back() {
        stage.started(inbox);
        stage.personWrites("question");
        await().until(() -> inbox.arrived().size() == 1);
        ChatId chat = inbox.arrived().getFirst().chat();
        var posted = (io.erniegateway.connectors.PostOutcome.Posted)
                stage.connector.post(chat, stage.connector.render("answer"));
        for (int i = 0; i < 5; i++) {
            stage.connector.edit(posted.message(), stage.connector.render("answer " + i));
        }
        slack.edit(DIRECT, slack.messages(DIRECT).getFirst().id(), "question, edited");
        stage.personWrites("next");
        await().until(() -> inbox.texts().contains("next"));
        assertThat(inbox.texts()).containsExactly("question", "next");
        assertThat(inbox.deliveries()).isEqualTo(2);
    }

    @Test
    void a_mention_is_delivered_twice_and_stored_once_in_either_order() {
        stage.started(inbox);
        slack.write(CHANNEL, "", ALICE, MENTION + " first");
        slack.write(CHANNEL, "", ALICE, MENTION + " second");
        await().until(() -> inbox.deliveries() == 4);
        assertThat(inbox.texts()).containsExactly("first", "second");
        assertThat(inbox.arrived()).allSatisfy(inbound -> {
            assertThat(((Written) inbound).address()).isEqualTo(Address.CALLED);
            assertThat(inbound.chat().group()).isTrue();
        });
    }

    @Test
    void a_conversation_in_a_channel_lives_in_the_thread_of_its_first_message() {
        stage.started(inbox);
        String root = slack.say(CHANNEL, "", ALICE, MENTION + " question");
        await().until(() -> inbox.texts().size() == 1);
        ChatId chat = inbox.arrived().getFirst().chat();
        assertThat(chat).isEqualTo(new ChatId("ernie", CHANNEL, root, true));
        stage.connector.post(chat, stage.connector.render("answer"));
        slack.write(CHANNEL, root, ALICE, "and then?");
        slack.write(CHANNEL, root, ALICE, "!stop");
        await().until(() -> inbox.texts().size() == 3);
        assertThat(inbox.texts()).containsExactly("question", "and then?", "/stop");
        assertThat(inbox.arrived())
                .allSatisfy(inbound -> assertThat(inbound.chat()).isEqualTo(chat));
        assertThat(((Written) inbox.arrived().get(1)).address()).isEqualTo(Address.THREAD);
        assertThat(slack.messages(CHANNEL).get(1).thread()).isEqualTo(root);
    }

    @Test
    void commands_the_stop_button_and_files_arrive() {
        stage.started(inbox);
        String root = slack.say(DIRECT, "", ALICE, "q");
        slack.command(CHANNEL, ALICE, "/ernie new");
        slack.command(CHANNEL, ALICE, "/ernie 1 < 2 & 你好?");
        slack.stop(DIRECT, root, ALICE);
        slack.shareFile(DIRECT, "", ALICE, "");
        await().until(() -> inbox.arrived().size() == 5);
        assertThat(inbox.texts()).containsExactly("q", "/new", "1 < 2 & 你好?");
        assertThat(inbox.arrived().get(3)).isInstanceOf(Inbound.Stopped.class);
        assertThat(inbox.arrived().get(3).chat()).isEqualTo(new ChatId("ernie", DIRECT, root, false));
        assertThat(inbox.arrived().get(4)).isInstanceOf(Inbound.Unreadable.class);
    }

    @Test
    void a_wrong_token_is_one_sentence_without_the_token() {
        SlackApp wrongBot = SlackApp.socket(
                        "ernie", "xoxb-wrong-secret", slack.setup().appToken())
                .at(slack.apiBase());
        SlackApp wrongApp = SlackApp.socket("ernie", slack.setup().botToken(), "xapp-wrong-secret")
                .at(slack.apiBase());
        assertRefuses(wrongBot, "bot token", "xoxb-wrong-secret");
        assertRefuses(wrongApp, "app-level token", "xapp-wrong-secret");
    }

    @Test
    void no_network_is_one_sentence() {
        SlackApp nowhere = SlackApp.socket("ernie", "xoxb-secret-1", "xapp-secret-2")
                .at(java.net.URI.create("http://127.0.0.1:1/api/"));
        assertRefuses(nowhere, "cannot be reached", "secret-1");
    }

    private void assertRefuses(SlackApp app, String says, String secret) {
        try (SlackConnector connector = new SlackConnector(app, SlackStage.BRISK, Clock.systemUTC())) {
            assertThatThrownBy(() -> connector.start(inbox))
                    .isInstanceOf(ConnectorException.class)
                    .hasMessageContaining(says)
                    .hasMessageContaining("ernie")
                    .hasMessageNotContaining(secret)
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void after_close_no_socket_and_no_thread_is_left() {
        stage.started(inbox);
        slack.warnSockets();
        await().until(() -> slack.sockets() == 2);
        stage.connector.close();
        await().atMost(Duration.ofSeconds(5)).until(() -> slack.sockets() == 0);
        int opened = slack.socketsOpened();
        stage.personWrites("too late");
        assertThat(inbox.deliveries()).isZero();
        assertThat(slack.socketsOpened()).isEqualTo(opened);
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(threads()).doesNotContain("\"slack-ernie-", reader()));
    }

    @Test
    void while_it_runs_its_threads_are_virtual_and_named() throws IOException {
        stage.started(inbox);
        assertThat(threads()).contains("\"slack-ernie-keeper\" virtual").contains(reader() + "\" virtual");
    }

    /** While a socket is read, OkHttp calls the thread by its host. */
    private String reader() {
        return "\"OkHttp http://127.0.0.1:" + slack.apiBase().getPort() + "/...";
    }

    /** All threads, the virtual ones included, which Thread.getAllStackTraces leaves out. */
    private static String threads() throws IOException {
        Path dump = Files.createTempDirectory("threads").resolve("dump.txt");
        try {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
            return Files.readString(dump);
        } finally {
            Files.deleteIfExists(dump);
            Files.deleteIfExists(dump.getParent());
        }
    }

    @Test
    void no_secret_is_ever_logged() {
        try (Log log = new Log()) {
            stage.started(inbox);
            stage.personWrites("my private question");
            await().until(() -> inbox.texts().size() == 1);
            ChatId chat = inbox.arrived().getFirst().chat();
            slack.failNext("chat.postMessage", new SlackFault.Broken(503));
            stage.connector.post(chat, stage.connector.render("one"));
            slack.failNext("apps.connections.open", new SlackFault.Reset(false));
            slack.cutSockets();
            await().atMost(Duration.ofSeconds(10)).until(() -> slack.socketsOpened() == 2);
            stage.connector.close();
            List<String> ours = log.lines().stream()
                    // Undertow is the other side of the wire here.
                    .filter(line -> !line.startsWith("io.undertow"))
                    .toList();
            assertThat(ours)
                    .isNotEmpty()
                    .noneMatch(line -> line.contains(slack.setup().botToken())
                            || line.contains(slack.setup().appToken())
                            || line.contains("ticket=")
                            || line.contains("my private question"));
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
