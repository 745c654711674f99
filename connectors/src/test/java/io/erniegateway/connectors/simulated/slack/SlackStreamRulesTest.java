package io.erniegateway.connectors.simulated.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.erniegateway.connectors.simulated.SimulatedChats.Seen;
import io.erniegateway.connectors.simulated.slack.SlackScene.Wire;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How strict the simulated Slack is with streams, asked by hand over both wires. */
class SlackStreamRulesTest {
    private static final String START = "chat.startStream";
    private static final String APPEND = "chat.appendStream";
    private static final String STOP = "chat.stopStream";
    private static final String UPDATE = "chat.update";

    @ParameterizedTest
    @EnumSource
    void pieces_become_one_message_in_the_thread(Wire wire) {
        try (SlackScene scene = SlackScene.over(wire)) {
            String root = scene.ask(scene.direct());
            String ts = start(scene, root, "**a** ");
            assertThat(scene.state(scene.direct(), ts)).isEqualTo("in_progress");
            assertThat(append(scene, ts, "b < c\n")).isEmpty();
            JsonNode stopped =
                    scene.call(STOP, Map.of("channel", scene.direct(), "ts", ts, "markdown_text", "<d> &amp; *e*"));
            assertThat(stopped.path("message").path("streaming_state").asText()).isEqualTo("completed");
            Seen seen = scene.bot(scene.direct()).getFirst();
            assertThat(seen.id()).isEqualTo(ts);
            assertThat(seen.thread()).isEqualTo(root);
            assertThat(seen.source()).isEqualTo("**a** b < c\n<d> &amp; *e*");
            assertThat(seen.text()).isEqualTo("a b < c\n<d> & e");
            assertThat(seen.html()).isEqualTo("<p><strong>a</strong> b &lt; c<br>&lt;d&gt; &amp; <em>e</em></p>");
            assertThat(seen.revision()).isEqualTo(2);
            assertThat(append(scene, ts, "more")).isEqualTo("message_not_in_streaming_state");
            assertThat(stop(scene, ts, "")).isEqualTo("message_not_in_streaming_state");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_stream_needs_a_thread_and_outside_direct_messages_a_recipient(Wire wire) {
        try (SlackScene scene = SlackScene.over(wire, SlackScene.HURRIED)) {
            String root = scene.ask(scene.channel());
            Map<String, String> whole = Map.of(
                    "channel",
                    scene.channel(),
                    "thread_ts",
                    root,
                    "markdown_text",
                    "a",
                    "recipient_user_id",
                    scene.person(),
                    "recipient_team_id",
                    SlackInProcess.TEAM);
            assertThat(scene.error(START, with(whole, "channel", "C404"))).isEqualTo("channel_not_found");
            assertThat(scene.error(START, with(whole, "thread_ts", ""))).isEqualTo("invalid_arguments");
            assertThat(scene.error(START, with(whole, "thread_ts", "1.000001"))).isEqualTo("invalid_thread_ts");
            assertThat(scene.error(START, with(whole, "recipient_user_id", ""))).isEqualTo("missing_recipient_user_id");
            assertThat(scene.error(START, with(whole, "recipient_team_id", ""))).isEqualTo("missing_recipient_team_id");
            assertThat(scene.error(START, with(whole, "recipient_user_id", "U404")))
                    .isEqualTo("user_not_found");
            assertThat(scene.error(START, with(whole, "markdown_text", " \n"))).isEqualTo("no_text");
            assertThat(scene.error(START, with(whole, "chunks", "[]"))).isEqualTo("invalid_chunks");
            assertThat(scene.error(START, with(whole, "blocks", "[]"))).isEqualTo("invalid_blocks");
            assertThat(scene.bot(scene.channel())).isEmpty();
            assertThat(scene.error(START, whole)).isEmpty();
            assertThat(scene.bot(scene.channel())).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void twelve_thousand_characters_a_call_and_eleven_thousand_bytes_in_all(Wire wire) {
        try (SlackScene scene = SlackScene.over(wire)) {
            String root = scene.ask(scene.direct());
            Map<String, String> begin = Map.of("channel", scene.direct(), "thread_ts", root);
            assertThat(scene.error(START, with(begin, "markdown_text", "x".repeat(12_001))))
                    .isEqualTo("markdown_text_too_long");
            assertThat(scene.error(START, with(begin, "markdown_text", "x".repeat(11_001))))
                    .isEqualTo("msg_too_long");
            String ts = start(scene, root, "汉".repeat(3_000));
            assertThat(append(scene, ts, "字".repeat(666))).isEmpty();
            assertThat(append(scene, ts, "xyz")).isEqualTo("msg_too_long");
            assertThat(stop(scene, ts, "xyz")).isEqualTo("msg_too_long");
            assertThat(append(scene, ts, "xy")).isEmpty();
            assertThat(stop(scene, ts, "")).isEmpty();
            assertThat(scene.bot(scene.direct()).getFirst().text())
                    .isEqualTo("汉".repeat(3_000) + "字".repeat(666) + "xy");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_streaming_message_cannot_be_edited_and_afterwards_it_can_in_every_form(Wire wire) {
        try (SlackScene scene = SlackScene.over(wire)) {
            String ts = start(scene, scene.ask(scene.direct()), "a");
            Map<String, String> own = Map.of("channel", scene.direct(), "ts", ts);
            assertThat(scene.error(UPDATE, with(own, "text", "b"))).isEqualTo("streaming_state_conflict");
            assertThat(scene.error("chat.delete", own)).isEqualTo("streaming_state_conflict");
            assertThat(scene.error(APPEND, own)).isEqualTo("no_text");
            assertThat(append(scene, ts, "\n")).isEqualTo("no_text");
            assertThat(stop(scene, ts, "")).isEmpty();
            assertThat(scene.error(UPDATE, with(own, "text", "b"))).isEmpty();
            String block = "[{\"type\":\"section\",\"text\":{\"type\":\"plain_text\",\"text\":\"c\"}}]";
            assertThat(scene.error(UPDATE, with(with(own, "text", "c"), "blocks", block)))
                    .isEmpty();
            String longest = "汉".repeat(12_000);
            assertThat(scene.error(UPDATE, with(own, "markdown_text", longest))).isEmpty();
            assertThat(scene.bot(scene.direct()).getFirst().text()).isEqualTo(longest);
            assertThat(scene.error(UPDATE, with(own, "markdown_text", longest + "x")))
                    .isEqualTo("msg_too_long");
            assertThat(scene.error(UPDATE, with(own, "markdown_text", "  "))).isEqualTo("no_text");
        }
    }

    @ParameterizedTest
    @EnumSource
    void only_a_stream_of_the_app_takes_pieces(Wire wire) {
        try (SlackScene scene = SlackScene.over(wire)) {
            String root = scene.ask(scene.direct());
            String whole = scene.call("chat.postMessage", Map.of("channel", scene.direct(), "text", "whole"))
                    .path("ts")
                    .asText();
            String gone = start(scene, root, "a");
            scene.delete(scene.direct(), gone);
            for (String method : List.of(APPEND, STOP)) {
                assertThat(next(scene, method, root, "x")).isEqualTo("message_not_owned_by_app");
                assertThat(next(scene, method, whole, "x")).isEqualTo("message_not_in_streaming_state");
                assertThat(next(scene, method, "1.000001", "x")).isEqualTo("message_not_found");
                assertThat(next(scene, method, gone, "x")).isEqualTo("message_not_found");
            }
            assertThat(scene.isBusy(scene.direct(), root)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_thread_is_busy_from_start_to_stop_and_no_post_changes_that(Wire wire) {
        try (SlackScene scene = SlackScene.over(wire)) {
            String root = scene.ask(scene.direct());
            Map<String, String> thread = Map.of("channel_id", scene.direct(), "thread_ts", root);
            scene.call("assistant.threads.setStatus", with(thread, "status", "is thinking…"));
            assertThat(scene.isBusy(scene.direct(), root)).isTrue();
            scene.call("chat.postMessage", Map.of("channel", scene.direct(), "thread_ts", root, "text", "x"));
            assertThat(scene.isBusy(scene.direct(), root)).isFalse();
            String ts = start(scene, root, "a");
            scene.call("assistant.threads.setStatus", with(thread, "status", "is thinking…"));
            scene.call("chat.postMessage", Map.of("channel", scene.direct(), "thread_ts", root, "text", "x"));
            assertThat(scene.isBusy(scene.direct(), root)).isTrue();
            stop(scene, ts, "b");
            assertThat(scene.isBusy(scene.direct(), root)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoever_presses_stop_ends_the_stream_and_the_app_has_to_say_that_it_is_idle(Wire wire) {
        try (SlackScene scene = SlackScene.over(wire)) {
            String root = scene.ask(scene.direct());
            String ts = start(scene, root, "a");
            scene.stop(scene.direct(), root);
            assertThat(append(scene, ts, "b")).isEqualTo("stopped_by_user");
            assertThat(stop(scene, ts, "b")).isEqualTo("message_not_in_streaming_state");
            assertThat(scene.error(UPDATE, Map.of("channel", scene.direct(), "ts", ts, "text", "a (stopped)")))
                    .isEmpty();
            assertThat(scene.isBusy(scene.direct(), root)).isTrue();
            scene.call(
                    "assistant.threads.setStatus",
                    Map.of("channel_id", scene.direct(), "thread_ts", root, "status", ""));
            assertThat(scene.isBusy(scene.direct(), root)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_stream_without_pieces_is_closed_by_slack(Wire wire) {
        try (SlackScene scene = SlackScene.over(wire, closing(Duration.ofMinutes(5), Duration.ofMillis(300)))) {
            String root = scene.ask(scene.direct());
            String ts = start(scene, root, "a");
            eventually(scene, () -> scene.state(scene.direct(), ts).equals("errored"));
            assertThat(append(scene, ts, "b")).isEqualTo("message_not_in_streaming_state");
            assertThat(scene.isBusy(scene.direct(), root)).isFalse();
            assertThat(scene.error(UPDATE, Map.of("channel", scene.direct(), "ts", ts, "markdown_text", "ab")))
                    .isEmpty();
            assertThat(scene.bot(scene.direct()).getFirst().text()).isEqualTo("ab");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_stream_that_lasts_too_long_is_closed_however_busy(Wire wire) {
        try (SlackScene scene = SlackScene.over(wire, closing(Duration.ofMillis(600), Duration.ofMinutes(2)))) {
            String ts = start(scene, scene.ask(scene.direct()), "a");
            assertThat(append(scene, ts, "b")).isEmpty();
            scene.allow(APPEND, 10_000);
            eventually(scene, () -> append(scene, ts, "b").equals("message_not_in_streaming_state"));
            assertThat(scene.state(scene.direct(), ts)).isEqualTo("errored");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_mention_in_markdown_mentions_for_all_we_know(Wire wire) {
        try (SlackScene scene = SlackScene.over(wire)) {
            String ts = start(scene, scene.ask(scene.direct()), "see <!chan");
            append(scene, ts, "nel> and <not a mention> and <!never closed");
            assertThat(scene.bot(scene.direct()).getFirst().text())
                    .isEqualTo("see @channel and <not a mention> and <!never closed");
        }
    }

    @ParameterizedTest
    @EnumSource
    void limits_can_be_lowered_and_every_call_is_counted(Wire wire) {
        try (SlackScene scene = SlackScene.over(wire)) {
            String ts = start(scene, scene.ask(scene.direct()), "a");
            scene.allow(APPEND, 2);
            assertThat(append(scene, ts, "b")).isEmpty();
            assertThat(append(scene, "1.000001", "c")).isEqualTo("message_not_found");
            assertThat(append(scene, ts, "d")).isEqualTo("ratelimited");
            assertThat(append(scene, ts, "d")).isEqualTo("ratelimited");
            scene.allow(APPEND, 3);
            assertThat(append(scene, ts, "e")).isEmpty();
            assertThat(scene.calls(APPEND)).isEqualTo(new CallCount(3, 2, 1));
            assertThat(scene.calls(START)).isEqualTo(new CallCount(1, 0, 0));
            assertThat(scene.calls(STOP)).isEqualTo(CallCount.NONE);
            assertThat(scene.bot(scene.direct()).getFirst().text()).isEqualTo("abe");
        }
    }

    private static String start(SlackScene scene, String root, String text) {
        JsonNode answer =
                scene.call(START, Map.of("channel", scene.direct(), "thread_ts", root, "markdown_text", text));
        assertThat(answer.path("ok").asBoolean()).as("%s", answer).isTrue();
        return answer.path("ts").asText();
    }

    private static String append(SlackScene scene, String ts, String piece) {
        return next(scene, APPEND, ts, piece);
    }

    private static String stop(SlackScene scene, String ts, String piece) {
        return next(scene, STOP, ts, piece);
    }

    private static String next(SlackScene scene, String method, String ts, String piece) {
        return scene.error(method, Map.of("channel", scene.direct(), "ts", ts, "markdown_text", piece));
    }

    private static void eventually(SlackScene scene, java.util.concurrent.Callable<Boolean> holds) {
        await().pollInterval(Duration.ofMillis(50)).until(() -> {
            scene.pass(Duration.ofMillis(50));
            return holds.call();
        });
    }

    private static SlackTimes closing(Duration lasts, Duration idles) {
        SlackTimes real = SlackTimes.real();
        return new SlackTimes(
                real.ackWithin(),
                real.retries(),
                real.minute(),
                real.statusLasts(),
                real.warning(),
                real.ticket(),
                lasts,
                idles,
                real.sessionLasts());
    }

    private static Map<String, String> with(Map<String, String> arguments, String name, String value) {
        Map<String, String> changed = new HashMap<>(arguments);
        changed.put(name, value);
        return changed;
    }
}
