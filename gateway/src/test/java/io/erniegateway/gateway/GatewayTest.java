package io.erniegateway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.erniegateway.connectors.simulated.SimulatedChats;
import io.erniegateway.connectors.simulated.SimulatedChats.Change;
import io.erniegateway.connectors.simulated.SimulatedChats.Seen;
import io.erniegateway.connectors.simulated.slack.SlackSimulator;
import io.erniegateway.connectors.simulated.telegram.TelegramSimulator;
import io.erniegateway.ernie.simulated.Reply;
import io.erniegateway.ernie.simulated.SimulatorOptions;
import io.erniegateway.gateway.events.GatewayEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way through real connectors and the real client, over real HTTP and WebSockets. */
class GatewayTest {
    private static final String ANSWER = "第一句话，说明要点。第二句话，给出**例子**：`code`。Third sentence in English. 完。";
    private static final String ANSWER_TEXT = "第一句话，说明要点。第二句话，给出例子：code。Third sentence in English. 完。";
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final Duration GRACE = Duration.ofMillis(100);

    @TempDir
    private Path folder;

    private final List<GatewayEvent> events = new CopyOnWriteArrayList<>();
    private final List<Change> changes = new CopyOnWriteArrayList<>();
    private final AtomicReference<Reply> reply = new AtomicReference<>(Reply.of(ANSWER));
    private DemoPlatforms platforms;
    private Gateway gateway;

    @BeforeEach
    void start() {
        platforms = new DemoPlatforms(SimulatorOptions.defaults().withScript(question -> reply.get()));
        platforms.telegram().watch(changes::add);
        platforms.slack().watch(changes::add);
        startGateway();
    }

    private void startGateway() {
        gateway =
                Gateway.assemble(platforms.settings(0, folder.resolve("gateway.db"), GRACE), events::add, routes -> {});
        int port = gateway.start();
        assertThat(port).isPositive();
        await().atMost(SOON).until(() -> gateway.health().allRun());
    }

    @AfterEach
    void stop() {
        gateway.close();
        platforms.close();
    }

    private static List<Seen> fromBot(SimulatedChats platform, String room) {
        return platform.messages(room).stream().filter(Seen::fromBot).toList();
    }

    private List<String> telegramTexts() {
        return fromBot(platforms.telegram(), TelegramSimulator.WEI).stream()
                .map(Seen::text)
                .toList();
    }

    private void askOnTelegram(String text) {
        platforms.telegram().write(TelegramSimulator.WEI, "", TelegramSimulator.WEI, text);
    }

    private void awaitTelegram(String... texts) {
        await().atMost(SOON).untilAsserted(() -> assertThat(telegramTexts()).containsExactly(texts));
    }

    @Test
    void a_person_on_telegram_sees_the_answer_grow_to_the_exact_text() {
        askOnTelegram("你好");
        awaitTelegram(ANSWER_TEXT);
        assertThat(changes.stream().filter(Change.Edited.class::isInstance)).hasSizeGreaterThanOrEqualTo(1);
        assertThat(changes).anyMatch(Change.Busy.class::isInstance);
        assertThat(fromBot(platforms.telegram(), TelegramSimulator.WEI)
                        .getFirst()
                        .html())
                .contains("<b>例子</b>");
        assertThat(platforms.telegram().meter().refused()).isZero();
        await().atMost(SOON).untilAsserted(() -> assertThat(events).anyMatch(GatewayEvent.TurnEnded.class::isInstance));
    }

    @Test
    void a_person_on_slack_is_answered_in_the_thread_of_the_question() {
        String question = platforms.slack().say(SlackSimulator.DIRECT, "", SlackSimulator.ALICE, "hello");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(fromBot(platforms.slack(), SlackSimulator.DIRECT))
                        .extracting(Seen::text)
                        .containsExactly(ANSWER_TEXT));
        assertThat(fromBot(platforms.slack(), SlackSimulator.DIRECT).getFirst().thread())
                .isEqualTo(question);
        assertThat(platforms.slack().meter().refused()).isZero();
    }

    @Test
    void in_a_slack_channel_a_mention_is_answered_once_and_the_thread_goes_on_without_one() {
        String question = platforms
                .slack()
                .say(SlackSimulator.CHANNEL, "", SlackSimulator.BOB, SlackSimulator.MENTION + " hello");
        platforms.slack().say(SlackSimulator.CHANNEL, "", SlackSimulator.CHEN, "not for the bot");
        await().atMost(SOON)
                .until(() -> fromBot(platforms.slack(), SlackSimulator.CHANNEL).stream()
                        .map(Seen::text)
                        .toList()
                        .equals(List.of(ANSWER_TEXT)));
        platforms.slack().say(SlackSimulator.CHANNEL, question, SlackSimulator.BOB, "and without a mention?");
        await().atMost(SOON)
                .until(() -> fromBot(platforms.slack(), SlackSimulator.CHANNEL).stream()
                        .map(Seen::text)
                        .toList()
                        .equals(List.of(ANSWER_TEXT, ANSWER_TEXT)));
    }

    @Test
    void the_model_is_told_what_was_said_before_until_the_person_says_new() {
        askOnTelegram("first question");
        awaitTelegram(ANSWER_TEXT);
        askOnTelegram("second question");
        awaitTelegram(ANSWER_TEXT, ANSWER_TEXT);
        assertThat(platforms.ernie().requestBodies().getLast()).contains("first question", "第一句话", "second question");
        askOnTelegram("/new");
        await().atMost(SOON).until(() -> telegramTexts().size() == 3);
        askOnTelegram("third question");
        await().atMost(SOON)
                .until(() ->
                        telegramTexts().size() == 4 && telegramTexts().get(3).equals(ANSWER_TEXT));
        assertThat(platforms.ernie().requestBodies().getLast())
                .contains("third question")
                .doesNotContain("first question", "second question");
    }

    @Test
    void stop_cuts_the_running_answer_and_the_model_call() {
        reply.set(Reply.of("一二三四五六七八九十。".repeat(500)));
        askOnTelegram("tell me everything");
        await().atMost(SOON).until(() -> !telegramTexts().isEmpty());
        askOnTelegram("/stop");
        await().atMost(SOON).until(() -> telegramTexts().getLast().endsWith("⏹ Stopped."));
        await().atMost(SOON).until(() -> platforms.ernie().cancelledStreams() == 1);
        assertThat(telegramTexts()).hasSize(1);
        askOnTelegram("/stop");
        await().atMost(SOON).until(() -> telegramTexts().size() == 2);
        assertThat(telegramTexts().getLast()).isEqualTo("现在没有正在生成的回答。");
    }

    @Test
    void retry_asks_the_last_question_again() {
        askOnTelegram("the question");
        awaitTelegram(ANSWER_TEXT);
        reply.set(Reply.of("another answer"));
        askOnTelegram("/retry");
        awaitTelegram(ANSWER_TEXT, "another answer");
        assertThat(platforms.ernie().requestBodies().getLast())
                .contains("the question")
                .doesNotContain("第一句话");
    }

    @Test
    void what_a_dying_process_left_undone_is_answered_in_place_after_the_restart() {
        reply.set(Reply.of("一二三四五六七八九十。".repeat(300)));
        askOnTelegram("tell me everything");
        await().atMost(SOON).until(() -> !telegramTexts().isEmpty());
        gateway.health().stops();
        Thread closing = Thread.ofVirtual().start(gateway::close);
        await().atMost(Duration.ofSeconds(30)).until(() -> !closing.isAlive());
        reply.set(Reply.of(ANSWER));
        startGateway();
        awaitTelegram(ANSWER_TEXT);
    }
}
