package io.erniegateway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.erniegateway.connectors.simulated.SimulatedChats;
import io.erniegateway.connectors.simulated.SimulatedChats.Change;
import io.erniegateway.connectors.simulated.SimulatedChats.Seen;
import io.erniegateway.connectors.simulated.slack.SlackSimulator;
import io.erniegateway.connectors.simulated.telegram.TelegramSimulator;
import io.erniegateway.ernie.simulated.Fault;
import io.erniegateway.ernie.simulated.Profile;
import io.erniegateway.ernie.simulated.Reply;
import io.erniegateway.ernie.simulated.SimulatorOptions;
import io.erniegateway.gateway.conversation.Phrase;
import io.erniegateway.gateway.conversation.Tongue;
import io.erniegateway.gateway.events.GatewayEvent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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
    private int port;

    @BeforeEach
    void start() {
        platforms = new DemoPlatforms(
                SimulatorOptions.defaults().withScript(question -> reply.get()).withTimeScale(0.5));
        platforms.telegram().watch(changes::add);
        platforms.slack().watch(changes::add);
        startGateway();
    }

    private void startGateway() {
        gateway =
                Gateway.assemble(platforms.settings(0, folder.resolve("gateway.db"), GRACE), events::add, routes -> {});
        port = gateway.start();
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

    @ParameterizedTest
    @MethodSource("failures")
    void when_the_model_fails_the_person_reads_one_kind_sentence_and_the_next_question_works(
            Reply failing, String kind) {
        reply.set(failing);
        askOnTelegram("hello");
        await().atMost(SOON)
                .until(() ->
                        !telegramTexts().isEmpty() && telegramTexts().getLast().contains(kind));
        assertThat(telegramTexts()).hasSize(1);
        assertThat(telegramTexts().getLast()).doesNotContain("336", "invalid", "http", "Exception");
        await().atMost(SOON).until(() -> events.stream().anyMatch(GatewayEvent.TurnEnded.class::isInstance));
        reply.set(Reply.of(ANSWER));
        askOnTelegram("and again");
        await().atMost(SOON)
                .until(() ->
                        telegramTexts().size() == 2 && telegramTexts().getLast().equals(ANSWER_TEXT));
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(status(401, "invalid_iam_token"), "I cannot answer at the moment"),
                Arguments.of(status(403, "model_offline"), "I cannot answer at the moment"),
                Arguments.of(status(400, "tokens_too_long"), "has become too long"),
                Arguments.of(status(403, "system_unsafe"), "cannot go on with this subject"),
                Arguments.of(Reply.of(ANSWER.repeat(3)).with(new Fault.Cut(8)), "The answer was interrupted"),
                Arguments.of(Reply.of(ANSWER.repeat(3)).flagged(6, 4, -1), "cannot go on with this subject"));
    }

    private static Reply status(int status, String code) {
        return Reply.failing(new Fault.Status(status, code, "told by a test", Map.of()));
    }

    @Test
    void a_picture_without_words_is_answered_kindly() {
        platforms.telegram().sendMedia(TelegramSimulator.WEI, TelegramSimulator.WEI, "photo", "");
        await().atMost(SOON).until(() -> telegramTexts().equals(List.of(Phrase.NOT_TEXT.in(Tongue.CHINESE, "/"))));
    }

    @Test
    void what_is_no_update_and_what_is_unknown_hold_up_nothing() {
        platforms.telegram().deliverRaw(TelegramSimulator.WEI, "{\"message\":{\"text\":17,\"chat\":\"none\"}}");
        platforms.telegram().deliverRaw(TelegramSimulator.WEI, "{\"an_update_of_the_future\":{\"a\":[1,2,3]}}");
        askOnTelegram("hello");
        awaitTelegram(ANSWER_TEXT);
    }

    @Test
    void a_group_hears_from_the_bot_only_when_it_is_called() {
        platforms.telegram().write(TelegramSimulator.GROUP, "", TelegramSimulator.ANNA, "just talking");
        platforms.telegram().write(TelegramSimulator.GROUP, "", TelegramSimulator.ANNA, "/help");
        await().atMost(SOON)
                .until(() ->
                        fromBot(platforms.telegram(), TelegramSimulator.GROUP).size() == 1);
        assertThat(fromBot(platforms.telegram(), TelegramSimulator.GROUP)
                        .getFirst()
                        .text())
                .contains("Just write to ask");
        assertThat(platforms.ernie().requests()).isZero();
    }

    @Test
    void a_long_answer_is_complete_on_both_platforms_in_as_many_messages_as_it_takes() {
        String paragraph = "这是一个段落，用来说明长回答会被分成几条消息，而且一个字都不会丢失。\n\n";
        reply.set(Reply.of(paragraph.repeat(180)).at(Profile.atOnce(400)));
        askOnTelegram("long");
        platforms.slack().say(SlackSimulator.DIRECT, "", SlackSimulator.ALICE, "long");
        String whole = paragraph.repeat(180).replaceAll("\\s", "");
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(String.join("", telegramTexts()).replaceAll("\\s", "")).isEqualTo(whole);
            assertThat(fromBot(platforms.slack(), SlackSimulator.DIRECT).stream()
                            .map(Seen::text)
                            .collect(Collectors.joining())
                            .replaceAll("\\s", ""))
                    .isEqualTo(whole);
        });
        assertThat(telegramTexts()).hasSize(2);
        assertThat(platforms.telegram().meter().refused()).isZero();
        assertThat(platforms.slack().meter().refused()).isZero();
    }

    @Test
    void the_web_server_tells_its_health_and_its_figures() throws Exception {
        askOnTelegram("你好");
        awaitTelegram(ANSWER_TEXT);
        assertThat(get("/health/live").body()).isEqualTo("live\n");
        HttpResponse<String> ready = get("/health/ready");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body())
                .isEqualTo(
                        "{\"ready\":true,\"bots\":{\"slack\":\"running\",\"telegram\":\"running\",\"web\":\"running\"}}");
        assertThat(get("/metrics").body())
                .contains("gateway_updates_total{bot=\"telegram\",receipt=\"stored\"} 1.0")
                .contains("gateway_platform_calls_seconds_count{bot=\"telegram\",call=\"post\",result=\"done\"} 1");
        assertThat(get("/no/such/page").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> get(String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
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
