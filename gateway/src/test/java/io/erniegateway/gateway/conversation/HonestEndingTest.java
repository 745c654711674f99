package io.erniegateway.gateway.conversation;

import static io.erniegateway.gateway.conversation.Stage.CHAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieClient;
import io.erniegateway.ernie.ErnieEvent.Finished.Reason;
import io.erniegateway.ernie.simulated.ErnieSimulator;
import io.erniegateway.ernie.simulated.Fault;
import io.erniegateway.ernie.simulated.Profile;
import io.erniegateway.ernie.simulated.Reply;
import io.erniegateway.ernie.simulated.Script;
import io.erniegateway.ernie.simulated.SimulatorOptions;
import io.erniegateway.gateway.model.ErnieModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which an answer may end before its end: what is there stays, and the reader is told. */
@Timeout(60)
class HonestEndingTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration GAP = Duration.ofMillis(300);

    private static final Reply FOUR = Reply.of("甲乙丙丁").at(Profile.atOnce(1));

    private static final String INTERRUPTED = "⚠️ The answer was interrupted. /retry tries again.";
    private static final String AT_LIMIT = "(The answer reached its length limit; write “continue” for the rest.)";
    private static final String EMPTY = "Sorry, no answer came. /retry tries again.";

    @TempDir
    private Path folder;

    static Stream<Arguments> deaths() {
        return Stream.of(Dialect.QIANFAN_V2, Dialect.QIANFAN_V1, Dialect.OPENAI)
                .flatMap(dialect -> Stream.of(
                        broken(dialect, "the connection is torn", new Fault.Reset(2)),
                        broken(dialect, "the body ends without its end mark", new Fault.Cut(2)),
                        broken(dialect, "an error comes in the stream", new Fault.ErrorLine(2, "internal_error", "x")),
                        broken(dialect, "nothing comes any more", new Fault.Stall(2)),
                        Arguments.of(
                                dialect,
                                "the output limit",
                                FOUR.ending(Reason.LENGTH),
                                "cut-at-limit",
                                "甲乙丙丁",
                                "\n\n" + AT_LIMIT)));
    }

    private static Arguments broken(Dialect dialect, String how, Fault fault) {
        return Arguments.of(dialect, how, FOUR.with(fault), "busy", "甲乙", "\n\n" + INTERRUPTED);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("deaths")
    void what_was_written_stays_and_a_sentence_below_it_says_that_it_is_not_all(
            Dialect dialect, String how, Reply reply, String ending, String written, String closing) {
        try (ErnieSimulator server = server(reply);
                Stage stage = new Stage(folder, model(server, dialect))) {
            stage.write(CHAT, "hello");

            await().atMost(SOON).untilAsserted(() -> assertThat(stage.texts()).containsExactly(written + closing));
            await().atMost(SOON).until(() -> stage.endings().equals(List.of(ending)));
            // Nothing that could be read was ever taken back.
            List<String> forms = stage.screen.forms(CHAT);
            for (int i = 1; i < forms.size(); i++) {
                assertThat(forms.get(i)).as(how).startsWith(forms.get(i - 1));
            }
            assertThat(server.requests())
                    .as("an answer that was begun is not asked for again")
                    .isEqualTo(1);
            await().atMost(SOON).until(() -> server.openStreams() == 0);
        }
    }

    static Stream<Arguments> withoutAnyText() {
        return Stream.of(
                Arguments.of(Reply.of(""), "empty", EMPTY),
                Arguments.of(Reply.of("").ending(Reason.LENGTH), "empty", EMPTY),
                Arguments.of(Reply.of("").thinking("想").ending(Reason.LENGTH), "empty", EMPTY));
    }

    @ParameterizedTest
    @MethodSource("withoutAnyText")
    void an_answer_without_any_text_is_no_silence(Reply reply, String ending, String sentence) {
        try (ErnieSimulator server = server(reply);
                Stage stage = new Stage(folder, model(server, Dialect.QIANFAN_V2))) {
            stage.write(CHAT, "hello");

            await().atMost(SOON).untilAsserted(() -> assertThat(stage.texts()).containsExactly(sentence));
            await().atMost(SOON).until(() -> stage.endings().equals(List.of(ending)));
        }
    }

    private static ErnieSimulator server(Reply reply) {
        return ErnieSimulator.start(SimulatorOptions.defaults().withTimeScale(0).withScript(Script.saying(reply)));
    }

    private static ErnieModel model(ErnieSimulator server, Dialect dialect) {
        return new ErnieModel(
                "m",
                ErnieClient.connect(
                        server.settings(dialect).gapTimeout(GAP).attempts(1).build()));
    }
}
