package io.erniegateway.connectors.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Doubts.Look;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.PostOutcome;
import io.erniegateway.connectors.RecordingInbox;
import io.erniegateway.connectors.Refusal;
import io.erniegateway.connectors.Rendered;
import io.erniegateway.connectors.simulated.SimulatedChats.Seen;
import io.erniegateway.connectors.simulated.telegram.Faults.Fault;
import io.erniegateway.connectors.simulated.telegram.TelegramSimulator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether a lost post stands is found out, and no other message is touched on the way; over both wires. */
class TelegramDoubtsTest {
    private static final ChatId WEI = ChatId.direct("bot", TelegramSimulator.WEI);
    private static final ChatId GROUP = new ChatId("bot", TelegramSimulator.GROUP, "", true);
    private static final ChatId TOPIC = new ChatId("bot", TelegramSimulator.FORUM, TelegramSimulator.TOPIC, true);

    /** How the connector reaches the simulator. */
    enum Wire {
        HTTP,
        IN_PROCESS;

        TelegramStage stage() {
            return this == HTTP ? TelegramStage.polling() : TelegramStage.inProcess(TelegramStage.WORLD);
        }
    }

    enum Place {
        PRIVATE,
        SUPERGROUP,
        FORUM_TOPIC;

        ChatId chat() {
            return switch (this) {
                case PRIVATE -> WEI;
                case SUPERGROUP -> GROUP;
                case FORUM_TOPIC -> TOPIC;
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_answer_to_the_first_question_is_found_by_the_id_of_the_question(Wire wire) {
        try (TelegramStage stage = wire.stage()) {
            RecordingInbox inbox = new RecordingInbox();
            stage.connector.start(inbox);
            // The dates of messages are whole seconds.
            long start = Instant.now().getEpochSecond();
            await().until(() -> Instant.now().getEpochSecond() > start);
            stage.personWrites("hello");
            await().until(() -> !inbox.arrived().isEmpty());
            Rendered text = stage.connector.render("**hi** 你好");
            lose(stage, WEI, text, true);
            assertThat(look(stage, WEI, text)).isEqualTo(found(stage, WEI, "hi 你好"));
            assertThat(stage.botMessages()).containsExactly("hi 你好");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_post_that_was_carried_out_is_found_in_every_kind_of_chat(Place place) {
        try (TelegramStage stage = Wire.IN_PROCESS.stage()) {
            started(stage);
            post(stage, place.chat(), "earlier");
            Rendered text = stage.connector.render("`the` answer");
            lose(stage, place.chat(), text, true);
            assertThat(look(stage, place.chat(), text)).isEqualTo(found(stage, place.chat(), "the answer"));
            assertThat(texts(stage, place.chat())).containsExactly("earlier", "the answer");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_post_that_was_not_carried_out_is_missing_after_a_few_looks_and_nothing_is_touched(Place place) {
        try (TelegramStage stage = Wire.IN_PROCESS.stage()) {
            started(stage);
            post(stage, place.chat(), "earlier");
            Rendered text = stage.connector.render("the answer");
            lose(stage, place.chat(), text, false);
            for (int attempt = 0; attempt < TelegramConnector.MOST_LOOKS - 1; attempt++) {
                assertThat(stage.connector.look(place.chat(), text, attempt)).isEqualTo(new Look.Elsewhere());
            }
            assertThat(stage.connector.look(place.chat(), text, TelegramConnector.MOST_LOOKS - 1))
                    .isEqualTo(new Look.Missing());
            assertThat(stage.connector.look(place.chat(), text, 0)).isEqualTo(new Look.Missing());
            assertThat(texts(stage, place.chat())).containsExactly("earlier");
        }
    }

    @ParameterizedTest
    @EnumSource
    void messages_of_other_chats_and_people_in_between_do_not_hide_it(Wire wire) {
        try (TelegramStage stage = wire.stage()) {
            started(stage);
            post(stage, WEI, "earlier");
            Rendered text = stage.connector.render("the answer");
            stage.telegram.write(TelegramSimulator.WEI, "", TelegramSimulator.WEI, "unheard");
            stage.telegram.write(TelegramSimulator.ANNA, "", TelegramSimulator.ANNA, "unheard, too");
            lose(stage, WEI, text, true);
            IntStream.range(0, 20)
                    .forEach(i -> post(stage, ChatId.direct("bot", TelegramSimulator.ANNA), "to Anna " + i));
            assertThat(look(stage, WEI, text)).isEqualTo(found(stage, WEI, "the answer"));
            assertThat(stage.botMessages()).containsExactly("earlier", "the answer");
        }
    }

    @ParameterizedTest
    @EnumSource
    void two_lost_posts_of_one_room_end_as_one_message_each(Wire wire) {
        for (int acted = 0; acted < 4; acted++) {
            try (TelegramStage stage = wire.stage()) {
                started(stage);
                post(stage, GROUP, "earlier");
                List<Rendered> texts = List.of(stage.connector.render("one"), stage.connector.render("other"));
                lose(stage, GROUP, texts.getFirst(), (acted & 1) != 0);
                lose(stage, GROUP, texts.getLast(), (acted & 2) != 0);
                for (Rendered text : texts.reversed()) {
                    if (look(stage, GROUP, text) instanceof Look.Missing) {
                        post(stage, GROUP, text.text());
                    }
                }
                assertThat(texts(stage, GROUP)).containsExactlyInAnyOrder("earlier", "one", "other");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_flood_or_an_outage_during_the_look_is_told_and_the_same_place_is_looked_at_again(Wire wire) {
        try (TelegramStage stage = wire.stage()) {
            started(stage);
            post(stage, WEI, "earlier");
            Rendered text = stage.connector.render("the answer");
            lose(stage, WEI, text, true);
            stage.telegram.faults().next("editMessageText", new Fault.TooManyRequests(Duration.ofSeconds(7)));
            assertThat(stage.connector.look(WEI, text, 0))
                    .isInstanceOfSatisfying(
                            Look.Refused.class,
                            refused -> assertThat(refused.refusal())
                                    .isInstanceOfSatisfying(
                                            Refusal.SlowDown.class,
                                            slow -> assertThat(slow.retryAfter())
                                                    .isEqualTo(Duration.ofSeconds(7))));
            stage.telegram.faults().next("editMessageText", new Fault.Reset(true));
            assertThat(stage.connector.look(WEI, text, 0))
                    .isInstanceOfSatisfying(
                            Look.Refused.class,
                            refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.Unreachable.class));
            assertThat(stage.connector.look(WEI, text, 0)).isEqualTo(found(stage, WEI, "the answer"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_look_where_the_bot_is_blocked_says_so(Wire wire) {
        try (TelegramStage stage = wire.stage()) {
            started(stage);
            post(stage, WEI, "earlier");
            Rendered text = stage.connector.render("the answer");
            lose(stage, WEI, text, true);
            stage.telegram.block(TelegramSimulator.WEI);
            assertThat(stage.connector.look(WEI, text, 0))
                    .isInstanceOfSatisfying(
                            Look.Refused.class,
                            refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.Gone.class));
        }
    }

    private static void started(TelegramStage stage) {
        stage.telegram.write(TelegramSimulator.WEI, "", TelegramSimulator.WEI, "/start");
        stage.telegram.write(TelegramSimulator.ANNA, "", TelegramSimulator.ANNA, "/start");
    }

    private static void lose(TelegramStage stage, ChatId chat, Rendered text, boolean acted) {
        stage.telegram.faults().next("sendMessage", new Fault.Reset(acted));
        assertThat(stage.connector.post(chat, text))
                .isInstanceOfSatisfying(
                        Refusal.Unreachable.class,
                        lost -> assertThat(lost.mayHaveActed()).isTrue());
    }

    private static MessageRef post(TelegramStage stage, ChatId chat, String text) {
        return ((PostOutcome.Posted) stage.connector.post(chat, stage.connector.render(text))).message();
    }

    /** As the delivery looks. */
    private static Look look(TelegramStage stage, ChatId chat, Rendered text) {
        List<Look> looks = new ArrayList<>();
        do {
            looks.add(stage.connector.look(chat, text, looks.size()));
        } while (looks.getLast() instanceof Look.Elsewhere && looks.size() < 10);
        return looks.getLast();
    }

    private static Look found(TelegramStage stage, ChatId chat, String text) {
        List<String> ids = stage.telegram.messages(chat.room()).stream()
                .filter(seen -> seen.text().equals(text))
                .map(Seen::id)
                .toList();
        assertThat(ids).hasSize(1);
        return new Look.Found(new MessageRef(chat, ids.getFirst()));
    }

    private static List<String> texts(TelegramStage stage, ChatId chat) {
        return stage.telegram.messages(chat.room()).stream()
                .filter(Seen::fromBot)
                .map(Seen::text)
                .toList();
    }
}
