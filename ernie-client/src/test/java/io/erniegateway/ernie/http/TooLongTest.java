package io.erniegateway.ernie.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.ernie.ChatRequest;
import io.erniegateway.ernie.Collected;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieFailure;
import io.erniegateway.ernie.Lab;
import io.erniegateway.ernie.Turn;
import io.erniegateway.ernie.Window;
import io.erniegateway.ernie.simulated.Reply;
import io.erniegateway.ernie.simulated.Script;
import io.erniegateway.ernie.simulated.SimulatorOptions;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TooLongTest {
    private static final ChatRequest LONG = new ChatRequest(
            "",
            List.of(
                    Turn.user("一".repeat(60)),
                    Turn.assistant("二".repeat(60)),
                    Turn.user("三".repeat(40)),
                    Turn.assistant("四".repeat(40)),
                    Turn.user("五")),
            "");

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void a_question_that_is_too_long_is_asked_once_more_with_the_newer_half(Dialect dialect) {
        try (Lab lab = server(90)) {
            Collected answer = Collected.ask(lab.client(dialect), LONG);
            assertThat(answer.text()).isEqualTo("好");
            assertThat(lab.simulator.requests()).isEqualTo(2);
            assertThat(lab.simulator.requestBodies().getLast())
                    .contains("三", "五")
                    .doesNotContain("一");
            assertThat(lab.waits).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void it_is_made_shorter_only_once(Dialect dialect) {
        try (Lab lab = server(20)) {
            Collected answer = Collected.ask(lab.client(dialect), LONG);
            assertThat(answer.failure()).isInstanceOf(ErnieFailure.Shorten.class);
            assertThat(lab.simulator.requests()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void what_is_known_not_to_fit_is_left_out_before_it_is_sent(Dialect dialect) {
        try (Lab lab = server(90)) {
            Collected answer =
                    Collected.ask(lab.client(lab.simulator.settings(dialect).window(new Window(0, 90))), LONG);
            assertThat(answer.text()).isEqualTo("好");
            assertThat(lab.simulator.requests()).isEqualTo(1);
        }
    }

    private static Lab server(int maxCharacters) {
        return new Lab(SimulatorOptions.defaults()
                .withTimeScale(0)
                .withMaxCharacters(maxCharacters)
                .withScript(Script.inTurn(Reply.of("好"))));
    }
}
