package io.erniegateway.ernie.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.erniegateway.ernie.ChatRequest;
import io.erniegateway.ernie.Collected;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieClient;
import io.erniegateway.ernie.ErnieEvent.Finished.Reason;
import io.erniegateway.ernie.ErnieEvent.Verdict;
import io.erniegateway.ernie.ErnieFailure.GiveUp;
import io.erniegateway.ernie.ErnieStream;
import io.erniegateway.ernie.Lab;
import io.erniegateway.ernie.Turn;
import io.erniegateway.ernie.simulated.Profile;
import io.erniegateway.ernie.simulated.Quirk;
import io.erniegateway.ernie.simulated.Reply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class StreamingTest {
    private static final String TEXT = "你好，世界！👩‍🚀 𠮷 — an answer in **several** pieces.\n\n```java\nint x = 1;\n```";
    private static final Reply REPLY = Reply.of(TEXT).at(Profile.atOnce(3));

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void an_answer_arrives_whole_in_every_dialect(Dialect dialect) {
        try (Lab lab = Lab.saying(REPLY)) {
            Collected answer = Collected.ask(lab.client(dialect), "hello");
            assertThat(answer.thrown()).isNull();
            assertThat(answer.text()).isEqualTo(TEXT);
            assertThat(answer.events()).hasSizeGreaterThan(10);
            assertThat(answer.finished()).isEqualTo(Reason.STOP);
            assertThat(answer.usage().total())
                    .isEqualTo(answer.usage().prompt() + answer.usage().completion())
                    .isPositive();
            assertThat(lab.simulator.requests()).isEqualTo(1);
            assertThat(lab.simulator.finishedStreams()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"QIANFAN_V2", "OPENAI"})
    void a_thinking_model_reasons_before_it_answers(Dialect dialect) {
        try (Lab lab = Lab.saying(REPLY.thinking("先想一想。"))) {
            Collected answer = Collected.ask(lab.client(dialect), "hello");
            assertThat(answer.reasoning()).isEqualTo("先想一想。");
            assertThat(answer.text()).isEqualTo(TEXT);
            assertThat(answer.usage().completion()).isGreaterThan("先想一想。".length() / 2);
        }
    }

    static List<Arguments> quirks() {
        Set<Quirk> changing = EnumSet.of(Quirk.BROKEN_UTF8, Quirk.HUGE_LINE, Quirk.NO_USAGE);
        List<Arguments> all = new ArrayList<>();
        for (Dialect dialect : Dialect.values()) {
            Arrays.stream(Quirk.values())
                    .filter(quirk -> !changing.contains(quirk))
                    .forEach(quirk -> all.add(Arguments.of(dialect, quirk)));
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("quirks")
    void no_spelling_of_the_stream_changes_the_answer(Dialect dialect, Quirk quirk) {
        try (Lab lab = Lab.saying(REPLY.thinking("想").with(quirk))) {
            Collected answer = Collected.ask(lab.client(dialect), "hello");
            assertThat(answer.thrown()).isNull();
            assertThat(answer.text()).isEqualTo(TEXT);
            assertThat(answer.reasoning()).isEqualTo(dialect == Dialect.QIANFAN_V1 ? "" : "想");
            assertThat(answer.usage().completion()).isGreaterThan(TEXT.length() / 3);
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void all_harmless_quirks_together_do_not_change_it_either(Dialect dialect) {
        Quirk[] together = {
            Quirk.CRLF,
            Quirk.COMMENT_LINES,
            Quirk.NO_SPACE_AFTER_DATA,
            Quirk.SPLIT_UTF8,
            Quirk.NO_DONE,
            Quirk.REASONING_FIELD,
            Quirk.NULL_CONTENT,
            Quirk.NO_USAGE
        };
        try (Lab lab = Lab.saying(REPLY.thinking("想").with(together))) {
            Collected answer = Collected.ask(lab.client(dialect), "hello");
            assertThat(answer.text()).isEqualTo(TEXT);
            assertThat(answer.finished()).isEqualTo(Reason.STOP);
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void broken_utf8_becomes_the_replacement_character(Dialect dialect) {
        try (Lab lab = Lab.saying(Reply.of("甲乙").at(Profile.atOnce(1)).with(Quirk.BROKEN_UTF8))) {
            assertThat(Collected.ask(lab.client(dialect), "hello").text()).isEqualTo("\uFFFD甲\uFFFD乙");
        }
    }

    @Test
    void a_line_of_five_megabytes_is_refused() {
        try (Lab lab = Lab.saying(REPLY.with(Quirk.HUGE_LINE))) {
            Collected answer = Collected.ask(lab.client(Dialect.QIANFAN_V2), "hello");
            assertThat(answer.failure()).isInstanceOf(GiveUp.class);
            assertThat(answer.details().code()).isEqualTo("line_too_long");
            assertThat(answer.text()).isEqualTo(TEXT.substring(0, 3));
        }
    }

    @Test
    void the_app_is_named_to_baidu_and_to_nobody_else() {
        try (Lab lab = Lab.saying(REPLY)) {
            Collected unknown = Collected.ask(
                    lab.client(lab.simulator.settings(Dialect.QIANFAN_V2).appId("app-other")), "hello");
            assertThat(unknown.details().code()).isEqualTo("invalid_appid");
            for (Dialect dialect : Dialect.values()) {
                Collected known =
                        Collected.ask(lab.client(lab.simulator.settings(dialect).appId("app-simulated")), "hello");
                assertThat(known.text()).isEqualTo(TEXT);
            }
        }
    }

    @Test
    void an_endless_answer_ends_at_the_limit_and_the_call_is_cancelled() {
        try (Lab lab = Lab.saying(Reply.of("无".repeat(2_000_000)).at(Profile.atOnce(50)))) {
            ErnieClient client =
                    lab.client(lab.simulator.settings(Dialect.QIANFAN_V2).maxAnswerCharacters(1_000));
            Collected answer = Collected.ask(client, "hello");
            assertThat(answer.text()).hasSize(1_000);
            assertThat(answer.finished()).isEqualTo(Reason.LENGTH);
            await().until(() -> lab.simulator.cancelledStreams() == 1);
        }
    }

    @Test
    void the_content_checks_verdicts_come_through() {
        try (Lab lab = Lab.saying(REPLY.flagged(2, 4, -1))) {
            assertThat(Collected.ask(lab.client(Dialect.QIANFAN_V2), "hello").verdicts())
                    .containsExactly(new Verdict(4, -1));
            assertThat(Collected.ask(lab.client(Dialect.QIANFAN_V1), "hello").verdicts())
                    .containsExactly(new Verdict(4, -1));
        }
        try (Lab lab = Lab.saying(REPLY.flagged(1, 3, 2), REPLY.flagged(1, 1, 2))) {
            ErnieClient client = lab.client(Dialect.QIANFAN_V1);
            assertThat(Collected.ask(client, "hello").verdicts()).containsExactly(new Verdict(3, 2));
            // The offending turn is told only where the history has to go.
            assertThat(Collected.ask(client, "hello").verdicts()).containsExactly(new Verdict(1, -1));
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void a_cut_by_length_and_by_the_filter_are_told_apart(Dialect dialect) {
        try (Lab lab = Lab.saying(REPLY.ending(Reason.LENGTH), REPLY.ending(Reason.CONTENT_FILTER))) {
            ErnieClient client = lab.client(dialect);
            assertThat(Collected.ask(client, "hello").finished()).isEqualTo(Reason.LENGTH);
            assertThat(Collected.ask(client, "hello").finished()).isEqualTo(Reason.CONTENT_FILTER);
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void an_untidy_history_is_repaired_before_the_strict_server_sees_it(Dialect dialect) {
        ChatRequest request = new ChatRequest(
                "你是助手。",
                List.of(Turn.assistant("welcome"), Turn.user("a"), Turn.user("b"), Turn.assistant("c"), Turn.user("d")),
                "hash");
        try (Lab lab = Lab.running(question -> Reply.of(question.system() + question.turns() + question.user()))) {
            Collected answer = Collected.ask(lab.client(dialect), request);
            assertThat(answer.text())
                    .isEqualTo("你是助手。" + List.of(Turn.user("a\nb"), Turn.assistant("c"), Turn.user("d")) + "hash");
        }
    }

    @Test
    void the_connection_is_used_again_after_an_answer() {
        try (Lab lab = Lab.saying(REPLY)) {
            ErnieClient client = lab.client(Dialect.QIANFAN_V2);
            for (int i = 0; i < 20; i++) {
                assertThat(Collected.ask(client, "hello").text()).isEqualTo(TEXT);
            }
            assertThat(lab.simulator.requests()).isEqualTo(20);
            assertThat(lab.simulator.requestIds()).doesNotHaveDuplicates().doesNotContain("");
        }
    }

    @Test
    void the_servers_request_id_is_known_with_the_first_event() {
        try (Lab lab = Lab.saying(REPLY);
                ErnieStream stream = lab.client(Dialect.QIANFAN_V2).open(Collected.request("hello"))) {
            assertThat(stream.requestId()).isEmpty();
            stream.iterator().next();
            assertThat(stream.requestId()).startsWith("as-");
        }
    }

    @Test
    void an_answer_can_be_iterated_only_once() {
        try (Lab lab = Lab.saying(REPLY);
                ErnieStream stream = lab.client(Dialect.QIANFAN_V2).open(Collected.request("hello"))) {
            stream.forEach(event -> {});
            assertThatThrownBy(stream::iterator).isInstanceOf(IllegalStateException.class);
        }
    }
}
