package io.erniegateway.connectors.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.EditOutcome;
import io.erniegateway.connectors.Inbound;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.Person;
import io.erniegateway.connectors.PostOutcome;
import io.erniegateway.connectors.RecordingInbox;
import io.erniegateway.connectors.Refusal;
import io.erniegateway.connectors.Rendered;
import io.erniegateway.connectors.simulated.SimulatedChats.Seen;
import io.erniegateway.connectors.simulated.slack.SlackFault;
import io.erniegateway.connectors.simulated.slack.SlackInProcess;
import io.erniegateway.connectors.simulated.slack.SlackScene;
import io.erniegateway.connectors.simulated.slack.SlackScene.Wire;
import io.erniegateway.connectors.simulated.slack.SlackSimulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers that Slack takes piece by piece, over both wires. */
class SlackStreamingTest {
    private static final String START = "chat.startStream";
    private static final String APPEND = "chat.appendStream";
    private static final String STOP = "chat.stopStream";

    @ParameterizedTest
    @EnumSource
    void an_answer_arrives_piece_by_piece_and_is_whole(Wire wire) {
        try (SlackScene scene = SlackScene.over(wire);
                SlackConnector slack = scene.connector()) {
            ChatId chat = direct(scene);
            assertThat(slack.streamsIn(chat)).isTrue();
            String markdown = "# 标题\n\n<!channel> **粗** & `x < y`\n\n- 一\n- 二 😀\n";
            List<String> texts = new ArrayList<>();
            for (int end = 3; end <= markdown.length(); end += 7) {
                texts.add(slack.streamed(markdown.substring(0, end)).text());
            }
            texts.add(slack.streamed(markdown).text());
            MessageRef message = started(slack, chat, new Rendered(texts.getFirst(), "markdown_text", 1));
            for (int i = 1; i < texts.size() - 1; i++) {
                String piece = texts.get(i).substring(texts.get(i - 1).length());
                assertThat(slack.append(message, piece))
                        .isInstanceOfAny(EditOutcome.Applied.class, EditOutcome.Unchanged.class);
            }
            String last = texts.getLast().substring(texts.get(texts.size() - 2).length());
            assertThat(slack.stop(message, last)).isInstanceOf(EditOutcome.Applied.class);
            Seen seen = scene.bot(scene.direct()).getFirst();
            assertThat(seen.source()).isEqualTo(texts.getLast()).startsWith("# 标题\n\n<\u200B!channel>");
            assertThat(seen.thread()).isEqualTo(chat.thread());
            assertThat(slack.edit(message, slack.render("**now** blocks"))).isInstanceOf(EditOutcome.Applied.class);
            assertThat(scene.bot(scene.direct()).getFirst().html()).isEqualTo("<p><strong>now</strong> blocks</p>");
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_largest_streamed_message_is_taken_and_so_are_its_later_edits(Wire wire) {
        try (SlackScene scene = SlackScene.over(wire);
                SlackConnector slack = scene.connector()) {
            ChatId chat = direct(scene);
            Rendered largest = slack.streamed("汉".repeat(slack.maxStreamSize() / 3));
            assertThat(largest.size()).isEqualTo(slack.maxStreamSize());
            MessageRef message = started(slack, chat, largest);
            assertThat(slack.edit(message, largest)).isInstanceOf(EditOutcome.StreamOpen.class);
            assertThat(slack.stop(message, "")).isInstanceOf(EditOutcome.Applied.class);
            Rendered other = slack.streamed("字".repeat(12_000));
            assertThat(slack.edit(message, other)).isInstanceOf(EditOutcome.Applied.class);
            assertThat(scene.bot(scene.direct()).getFirst().text()).isEqualTo(other.text());
            Rendered tooLong = slack.streamed("字".repeat(12_001));
            assertThat(slack.edit(message, tooLong))
                    .isEqualTo(new Refusal.Rejected("markdown_text_too_long: 12001 characters"));
            assertThat(slack.post(chat, tooLong)).isInstanceOf(Refusal.Rejected.class);
            assertThat(scene.calls("chat.postMessage").admitted()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_streamed_form_can_be_posted_and_so_can_its_characters_alone(Wire wire) {
        try (SlackScene scene = SlackScene.over(wire);
                SlackConnector slack = scene.connector()) {
            ChatId chat = direct(scene);
            Rendered form = slack.streamed("**a** <!here> & b");
            MessageRef message = ((PostOutcome.Posted) slack.post(chat, form)).message();
            assertThat(slack.edit(message, form.plain())).isInstanceOf(EditOutcome.Applied.class);
            assertThat(slack.post(chat, form.plain())).isInstanceOf(PostOutcome.Posted.class);
            assertThat(scene.bot(scene.direct()).stream().map(Seen::source)).containsExactly(form.text(), form.text());
            // Within 4,000 bytes as it is, beyond them once it is escaped.
            Rendered escaped = slack.streamed("&".repeat(900)).plain();
            assertThat(slack.post(chat, escaped)).isEqualTo(new Refusal.Rejected("msg_too_long: 4500 bytes"));
            assertThat(slack.edit(message, escaped)).isEqualTo(new Refusal.Rejected("msg_too_long: 4500 bytes"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void in_a_channel_a_stream_is_for_whoever_asked_last(Wire wire) {
        try (SlackScene scene = SlackScene.over(wire);
                SlackConnector slack = scene.connector()) {
            ChatId chat = new ChatId("ernie", scene.channel(), scene.ask(scene.channel()), true);
            assertThat(slack.streamsIn(chat)).isFalse();
            slack.asked(chat, new Person(scene.person(), "", ""), SlackInProcess.TEAM);
            assertThat(slack.streamsIn(chat)).isTrue();
            started(slack, chat, slack.streamed("answer"));
            assertThat(scene.bot(scene.channel())).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "unknown_method,                            false, false, false",
        "channel_type_not_supported,                false, false, true",
        "restricted_action_non_threadable_channel,  false, false, true",
        "missing_recipient_user_id,                 false, true,  true",
        "invented_in_2027,                          false, true,  true",
        "msg_too_long,                              true,  true,  true"
    })
    void where_slack_has_no_streams_it_is_asked_once(String code, boolean here, boolean inRoom, boolean elsewhere) {
        try (SlackScene scene = SlackScene.over(Wire.HTTP);
                SlackConnector slack = scene.connector()) {
            ChatId chat = direct(scene);
            scene.failNext(START, new SlackFault.Refused(code));
            assertThat(slack.start(chat, slack.streamed("a"))).isEqualTo(new Refusal.Rejected(code));
            assertThat(slack.streamsIn(chat)).isEqualTo(here);
            assertThat(slack.streamsIn(new ChatId("ernie", scene.direct(), "9.000001", false)))
                    .isEqualTo(inRoom);
            assertThat(slack.streamsIn(new ChatId("ernie", "D0OTHER", "9.000001", false)))
                    .isEqualTo(elsewhere);
            assertThat(slack.post(chat, slack.streamed("a"))).isInstanceOf(PostOutcome.Posted.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_limit_an_outage_or_a_closed_room_closes_no_streams(Wire wire) {
        try (SlackScene scene = SlackScene.over(wire, SlackScene.HURRIED);
                SlackConnector slack = scene.connector()) {
            ChatId chat = direct(scene);
            for (SlackFault fault : List.of(
                    new SlackFault.Internal(true),
                    new SlackFault.Reset(true),
                    new SlackFault.Refused("messaging_processing_failed"))) {
                scene.failNext(START, fault);
                assertThat(slack.start(chat, slack.streamed("a")))
                        .as("%s", fault)
                        .isInstanceOfSatisfying(
                                Refusal.Unreachable.class,
                                unreachable ->
                                        assertThat(unreachable.mayHaveActed()).isTrue());
            }
            scene.failNext(START, new SlackFault.Refused("is_archived"));
            scene.failNext(START, new SlackFault.TooMany(Duration.ofSeconds(9)));
            assertThat(slack.start(chat, slack.streamed("a"))).isEqualTo(new Refusal.Gone("is_archived"));
            assertThat(slack.start(chat, slack.streamed("a")))
                    .isEqualTo(new Refusal.SlowDown(Duration.ofSeconds(9), "ratelimited"));
            assertThat(slack.streamsIn(chat)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_stream_that_is_over_says_so_and_by_whom(Wire wire) {
        try (SlackScene scene = SlackScene.over(wire);
                SlackConnector slack = scene.connector()) {
            ChatId chat = direct(scene);
            MessageRef message = started(slack, chat, slack.streamed("a"));
            assertThat(slack.append(message, "")).isInstanceOf(EditOutcome.Unchanged.class);
            assertThat(scene.calls(APPEND).admitted()).isZero();
            scene.stop(scene.direct(), chat.thread());
            assertThat(slack.append(message, "b")).isEqualTo(new EditOutcome.StreamOver(true));
            assertThat(slack.stop(message, "b")).isEqualTo(new EditOutcome.StreamOver(false));
            assertThat(scene.isBusy(scene.direct(), chat.thread())).isTrue();
            assertThat(slack.typingEnds(chat)).isEmpty();
            assertThat(scene.isBusy(scene.direct(), chat.thread())).isFalse();
            assertThat(slack.edit(message, slack.streamed("a (stopped)"))).isInstanceOf(EditOutcome.Applied.class);
            scene.delete(scene.direct(), message.id());
            assertThat(slack.append(message, "c")).isEqualTo(new Refusal.Gone("message_not_found"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void trouble_with_a_piece_is_told_apart(Wire wire) {
        try (SlackScene scene = SlackScene.over(wire);
                SlackConnector slack = scene.connector()) {
            ChatId chat = direct(scene);
            MessageRef message = started(slack, chat, slack.streamed("a"));
            for (String method : List.of(APPEND, STOP)) {
                assertThat(after(scene, method, new SlackFault.Internal(false), slack, message))
                        .isEqualTo(new Refusal.Unreachable("internal_error", true));
                assertThat(after(scene, method, new SlackFault.Reset(false), slack, message))
                        .isInstanceOf(Refusal.Unreachable.class);
                assertThat(after(scene, method, new SlackFault.Refused("msg_too_long"), slack, message))
                        .isEqualTo(new Refusal.Rejected("msg_too_long"));
                assertThat(after(scene, method, new SlackFault.Refused("channel_type_not_supported"), slack, message))
                        .isEqualTo(new Refusal.Rejected("channel_type_not_supported"));
                assertThat(after(scene, method, new SlackFault.Refused("rate_limited"), slack, message))
                        .isInstanceOf(Refusal.SlowDown.class);
                assertThat(after(scene, method, new SlackFault.TooMany(Duration.ofSeconds(5)), slack, message))
                        .isEqualTo(new Refusal.SlowDown(Duration.ofSeconds(5), "ratelimited"));
            }
            assertThat(scene.bot(scene.direct()).getFirst().text()).isEqualTo("a");
        }
    }

    @ParameterizedTest
    @EnumSource
    void streams_can_be_switched_off_and_need_a_thread(Wire wire) {
        try (SlackScene scene = SlackScene.over(wire);
                SlackConnector slack = scene.connector();
                SlackConnector off = scene.connector(scene.app().withoutStreams())) {
            assertThat(off.streamsIn(direct(scene))).isFalse();
            assertThat(slack.streamsIn(new ChatId("ernie", scene.direct(), "", false)))
                    .isFalse();
        }
    }

    @Test
    void a_mention_in_a_channel_tells_whom_its_answer_is_for_and_the_stop_button_arrives() {
        RecordingInbox inbox = new RecordingInbox();
        try (SlackStage stage = SlackStage.socket().started(inbox)) {
            String root = stage.slack.say(
                    SlackSimulator.CHANNEL, "", SlackSimulator.BOB, SlackSimulator.MENTION + " question");
            String other = stage.slack.say(SlackSimulator.CHANNEL, "", SlackSimulator.CHEN, "not for the bot");
            await().until(() -> inbox.arrived().size() == 2);
            ChatId chat = new ChatId("ernie", SlackSimulator.CHANNEL, root, true);
            assertThat(stage.connector.streamsIn(chat)).isTrue();
            assertThat(stage.connector.streamsIn(new ChatId("ernie", SlackSimulator.CHANNEL, other, true)))
                    .isFalse();
            MessageRef message = started(stage.connector, chat, stage.connector.streamed("answer"));
            stage.slack.stop(SlackSimulator.CHANNEL, root, SlackSimulator.BOB);
            await().until(() -> inbox.arrived().getLast() instanceof Inbound.Stopped);
            assertThat(inbox.arrived().getLast().chat()).isEqualTo(chat);
            assertThat(inbox.arrived().getLast().from().id()).isEqualTo(SlackSimulator.BOB);
            assertThat(stage.connector.append(message, "more")).isEqualTo(new EditOutcome.StreamOver(true));
        }
    }

    @Test
    void the_stop_button_arrives_over_http_too() {
        RecordingInbox inbox = new RecordingInbox();
        try (SlackStage stage = SlackStage.http().started(inbox)) {
            String root = stage.slack.say(SlackSimulator.DIRECT, "", SlackSimulator.ALICE, "question");
            stage.slack.stop(SlackSimulator.DIRECT, root, SlackSimulator.ALICE);
            await().until(() -> inbox.arrived().size() == 2);
            assertThat(inbox.arrived().getLast())
                    .isInstanceOfSatisfying(
                            Inbound.Stopped.class,
                            stopped -> assertThat(stopped.chat())
                                    .isEqualTo(new ChatId("ernie", SlackSimulator.DIRECT, root, false)));
        }
    }

    @Test
    void only_the_last_chats_are_remembered() {
        SlackRecipients recipients = new SlackRecipients();
        for (int i = 0; i <= 10_000; i++) {
            recipients.remember(new ChatId("ernie", "C1", i + ".000001", true), "U" + i, "T1");
        }
        assertThat(recipients.of(new ChatId("ernie", "C1", "0.000001", true))).isEmpty();
        assertThat(recipients.of(new ChatId("ernie", "C1", "1.000001", true)))
                .contains(new SlackRecipients.Recipient("U1", "T1"));
        recipients.remember(new ChatId("ernie", "C1", "x", true), "", "T1");
        recipients.remember(new ChatId("ernie", "C1", "x", true), "U1", "");
        assertThat(recipients.of(new ChatId("ernie", "C1", "x", true))).isEmpty();
    }

    private static EditOutcome after(
            SlackScene scene, String method, SlackFault fault, SlackConnector slack, MessageRef message) {
        scene.failNext(method, fault);
        return method.equals(APPEND) ? slack.append(message, "b") : slack.stop(message, "b");
    }

    private static ChatId direct(SlackScene scene) {
        return new ChatId("ernie", scene.direct(), scene.ask(scene.direct()), false);
    }

    private static MessageRef started(SlackConnector slack, ChatId chat, Rendered text) {
        PostOutcome outcome = slack.start(chat, text);
        assertThat(outcome).isInstanceOf(PostOutcome.Posted.class);
        return ((PostOutcome.Posted) outcome).message();
    }
}
