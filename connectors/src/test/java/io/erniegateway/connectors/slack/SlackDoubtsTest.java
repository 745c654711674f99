package io.erniegateway.connectors.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Doubts.Look;
import io.erniegateway.connectors.EditOutcome;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.PostOutcome;
import io.erniegateway.connectors.RecordingInbox;
import io.erniegateway.connectors.Refusal;
import io.erniegateway.connectors.Rendered;
import io.erniegateway.connectors.simulated.SimulatedChats.Seen;
import io.erniegateway.connectors.simulated.slack.SlackFault;
import io.erniegateway.connectors.simulated.slack.SlackScene;
import io.erniegateway.connectors.simulated.slack.SlackScene.Wire;
import io.erniegateway.connectors.simulated.slack.SlackSimulator;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether a lost post stands is found out by reading what was written since. */
class SlackDoubtsTest {
    private static final String POST = "chat.postMessage";
    private static final String START = "chat.startStream";
    private static final String REPLIES = "conversations.replies";
    private static final String ANSWER = "**a** <b> & `c` https://example.org/x?y=1 你好 :tada: 😀";

    @ParameterizedTest
    @EnumSource
    void the_first_post_of_a_thread_is_found_if_it_was_carried_out_and_missing_if_not(Wire wire) {
        try (SlackScene scene = SlackScene.over(wire);
                SlackConnector slack = scene.connector()) {
            ChatId chat = thread(scene, scene.direct());
            Rendered text = slack.render(ANSWER);
            lose(scene, slack, chat, text, POST, false);
            assertThat(slack.look(chat, text, 0)).isEqualTo(new Look.Missing());
            lose(scene, slack, chat, text, POST, true);
            String id = scene.bot(scene.direct()).getFirst().id();
            assertThat(slack.look(chat, text, 0)).isEqualTo(found(chat, id));
            assertThat(scene.bot(scene.direct())).hasSize(1);
            assertThat(scene.calls(REPLIES).admitted()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void earlier_answers_with_the_same_words_and_those_of_other_threads_are_not_taken_for_it(Wire wire) {
        try (SlackScene scene = SlackScene.over(wire);
                SlackConnector slack = scene.connector()) {
            ChatId chat = thread(scene, scene.channel());
            ChatId other = thread(scene, scene.channel());
            Rendered text = slack.render("I do not know.");
            assertThat(slack.post(chat, text)).isInstanceOf(PostOutcome.Posted.class);
            scene.failNext(POST, new SlackFault.Reset(false));
            assertThat(slack.post(chat, text)).isInstanceOf(Refusal.Unreachable.class);
            assertThat(slack.post(other, text)).isInstanceOf(PostOutcome.Posted.class);
            scene.pass(Duration.ofSeconds(2));
            assertThat(slack.look(chat, text, 0)).isEqualTo(new Look.Missing());
            assertThat(slack.look(chat, text, 0)).isEqualTo(new Look.Missing());
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_message_that_was_known_before_its_look_is_not_found_twice(Wire wire) {
        try (SlackScene scene = SlackScene.over(wire);
                SlackConnector slack = scene.connector()) {
            ChatId chat = thread(scene, scene.direct());
            Rendered text = slack.render("the same");
            lose(scene, slack, chat, text, POST, true);
            assertThat(slack.post(chat, text)).isInstanceOf(PostOutcome.Posted.class);
            String first = scene.bot(scene.direct()).getFirst().id();
            assertThat(slack.look(chat, text, 0)).isEqualTo(found(chat, first));
            assertThat(slack.look(chat, text, 0)).isEqualTo(new Look.Missing());
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_stream_is_found_and_its_edit_says_that_it_is_open(Wire wire) {
        try (SlackScene scene = SlackScene.over(wire);
                SlackConnector slack = scene.connector()) {
            ChatId chat = thread(scene, scene.direct());
            Rendered text = slack.streamed("# Title\n\n[words](https://example.org) **bold** &");
            scene.failNext(START, new SlackFault.Reset(true));
            assertThat(slack.start(chat, text)).isInstanceOf(Refusal.Unreachable.class);
            MessageRef message =
                    new MessageRef(chat, scene.bot(scene.direct()).getFirst().id());
            assertThat(slack.look(chat, text, 0)).isEqualTo(new Look.Found(message));
            assertThat(slack.edit(message, slack.render("whole"))).isInstanceOf(EditOutcome.StreamOpen.class);
            assertThat(slack.stop(message, "")).isInstanceOf(EditOutcome.Applied.class);
            assertThat(slack.edit(message, slack.render("whole"))).isInstanceOf(EditOutcome.Applied.class);
            assertThat(scene.bot(scene.direct())).extracting(Seen::text).containsExactly("whole");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_long_thread_is_read_page_by_page(Wire wire) {
        try (SlackScene scene = SlackScene.over(wire, SlackScene.HURRIED);
                SlackConnector slack = scene.connector()) {
            ChatId chat = thread(scene, scene.direct());
            Rendered text = slack.render("the answer");
            Rendered lost = slack.render("lost");
            for (int i = 0; i < SlackDoubts.PAGE; i++) {
                // Unknown, as they were written by a process before this one.
                scene.call(POST, Map.of("channel", chat.room(), "thread_ts", chat.thread(), "text", "old " + i));
                scene.pass(Duration.ofSeconds(1));
            }
            lose(scene, slack, chat, text, POST, true);
            assertThat(slack.look(chat, text, 0)).isEqualTo(new Look.Elsewhere());
            assertThat(slack.look(chat, text, 1)).isInstanceOf(Look.Found.class);
            lose(scene, slack, chat, lost, POST, false);
            assertThat(slack.look(chat, lost, 0)).isEqualTo(new Look.Missing());
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_limit_or_an_outage_is_told_and_an_app_that_may_not_read_finds_nothing(Wire wire) {
        try (SlackScene scene = SlackScene.over(wire);
                SlackConnector slack = scene.connector()) {
            ChatId chat = thread(scene, scene.direct());
            Rendered text = slack.render("the answer");
            lose(scene, slack, chat, text, POST, true);
            scene.failNext(REPLIES, new SlackFault.Reset(false));
            assertThat(slack.look(chat, text, 0))
                    .isInstanceOfSatisfying(
                            Look.Refused.class,
                            refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.Unreachable.class));
            scene.failNext(REPLIES, new SlackFault.Refused("missing_scope"));
            assertThat(slack.look(chat, text, 0)).isEqualTo(new Look.Missing());
            scene.failNext(REPLIES, new SlackFault.TooMany(Duration.ofSeconds(60)));
            assertThat(slack.look(chat, text, 0))
                    .isInstanceOfSatisfying(
                            Look.Refused.class,
                            refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.SlowDown.class));
        }
    }

    @Test
    void without_threads_the_history_since_the_question_is_read() {
        try (SlackSimulator slack = new SlackSimulator();
                SlackConnector connector = new SlackConnector(
                        SlackApp.socket(
                                        "ernie",
                                        slack.setup().botToken(),
                                        slack.setup().appToken())
                                .at(slack.apiBase())
                                .withoutThreadsInDirectMessages(),
                        SlackStage.BRISK,
                        Clock.systemUTC())) {
            ChatId chat = new ChatId("ernie", SlackSimulator.DIRECT, "", false);
            Rendered text = connector.render("the answer");
            slack.failNext(POST, new SlackFault.Reset(true));
            assertThat(connector.post(chat, text)).isInstanceOf(Refusal.Unreachable.class);
            // Nothing is known of this chat yet: the message may be an old one.
            assertThat(connector.look(chat, text, 0)).isEqualTo(new Look.Missing());
            RecordingInbox inbox = new RecordingInbox();
            connector.start(inbox);
            slack.write(SlackSimulator.DIRECT, "", SlackSimulator.ALICE, "question");
            await().until(() -> !inbox.arrived().isEmpty());
            slack.failNext(POST, new SlackFault.Reset(true));
            assertThat(connector.post(chat, text)).isInstanceOf(Refusal.Unreachable.class);
            List<Seen> all = slack.messages(SlackSimulator.DIRECT);
            assertThat(connector.look(chat, text, 0))
                    .isEqualTo(found(chat, all.getLast().id()));
            assertThat(slack.calls("conversations.history").admitted()).isEqualTo(1);
        }
    }

    private static ChatId thread(SlackScene scene, String room) {
        return new ChatId("ernie", room, scene.ask(room), room.equals(scene.channel()));
    }

    private static Look found(ChatId chat, String id) {
        return new Look.Found(new MessageRef(chat, id));
    }

    private static void lose(
            SlackScene scene, SlackConnector slack, ChatId chat, Rendered text, String method, boolean acted) {
        scene.failNext(method, new SlackFault.Reset(acted));
        assertThat(slack.post(chat, text))
                .isInstanceOfSatisfying(
                        Refusal.Unreachable.class,
                        lost -> assertThat(lost.mayHaveActed()).isTrue());
    }
}
