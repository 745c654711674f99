package io.erniegateway.ernie.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.erniegateway.ernie.ChatAnswer;
import io.erniegateway.ernie.ChatRequest;
import io.erniegateway.ernie.Collected;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieClient;
import io.erniegateway.ernie.ErnieEvent;
import io.erniegateway.ernie.ErnieEvent.Finished.Reason;
import io.erniegateway.ernie.ErnieEvent.ToolAnswered;
import io.erniegateway.ernie.ErnieStream;
import io.erniegateway.ernie.Lab;
import io.erniegateway.ernie.ToolCall;
import io.erniegateway.ernie.ToolChoice;
import io.erniegateway.ernie.Turn;
import io.erniegateway.ernie.simulated.Fault;
import io.erniegateway.ernie.simulated.Profile;
import io.erniegateway.ernie.simulated.Question;
import io.erniegateway.ernie.simulated.Quirk;
import io.erniegateway.ernie.simulated.Reply;
import io.erniegateway.ernie.simulated.Script;
import io.erniegateway.ernie.simulated.SimulatorOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rounds over HTTP, against a server that refuses a history which is not in order. */
@Timeout(60)
class ToolEndToEndTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    record City(String city) {}

    private static final Tool WEATHER = Tool.of("weather", "of a city", City.class, asked -> asked.city() + "：晴");
    private static final ToolBox BOX = ToolBox.of(WEATHER);

    /** Asks for two cities (V1: one), then tells what it was told. */
    private static Reply cities(Question question) {
        if (question.mayCall() && question.toolResults().isEmpty()) {
            return Reply.of("我查一下。")
                    .calling("weather", "{\"city\": \"北京\"}")
                    .calling("weather", "{\"city\": \"Rome\"}")
                    .at(Profile.atOnce(3));
        }
        return Reply.of(question.toolResults().stream()
                .map(result -> result.call().arguments() + " " + result.text())
                .collect(Collectors.joining(", ")));
    }

    static Stream<Arguments> dialectsAndQuirks() {
        return Stream.concat(
                Stream.of(Dialect.values()).map(dialect -> Arguments.of(dialect, List.<Quirk>of())),
                Stream.of(Quirk.INTERLEAVED_CALLS, Quirk.SPLIT_UTF8)
                        .map(quirk -> Arguments.of(Dialect.QIANFAN_V2, List.of(quirk))));
    }

    @ParameterizedTest
    @MethodSource("dialectsAndQuirks")
    void the_model_calls_and_answers_from_the_results(Dialect dialect, List<Quirk> quirks) {
        try (Lab lab = Lab.running(question -> cities(question).with(quirks.toArray(new Quirk[0])))) {
            Collected answer = ask(BOX, lab.client(dialect), Collected.request("天气？"));
            List<ToolAnswered> answered = answer.answered();
            assertThat(answer.thrown()).isNull();
            assertThat(answer.finished()).isEqualTo(Reason.STOP);
            if (dialect == Dialect.QIANFAN_V1) {
                assertThat(answered).singleElement().satisfies(only -> {
                    assertThat(only.call().id()).isEmpty();
                    assertThat(only.call().thoughts()).contains("weather");
                    assertThat(only.result()).isEqualTo("北京：晴");
                });
                assertThat(answer.text()).isEqualTo("{\"city\": \"北京\"} \"北京：晴\"");
            } else {
                assertThat(answered).extracting(ToolAnswered::result).containsExactly("北京：晴", "Rome：晴");
                assertThat(answered)
                        .extracting(one -> one.call().id())
                        .allMatch(id -> id.matches("[0-9a-f]{32}"))
                        .doesNotHaveDuplicates();
                assertThat(answer.text()).isEqualTo("我查一下。{\"city\": \"北京\"} 北京：晴, {\"city\": \"Rome\"} Rome：晴");
            }
            assertThat(lab.simulator.requests()).isEqualTo(2);
            assertThat(lab.simulator.finishedStreams()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"QIANFAN_V2", "QIANFAN_V1", "OPENAI"})
    void in_the_last_round_the_server_is_told_that_nothing_may_be_called(Dialect dialect) {
        Script insistent = question ->
                question.mayCall() ? Reply.of("").calling("weather", "{\"city\":\"a\"}") : Reply.of("Enough.");
        ToolBox box = new ToolBox(List.of(WEATHER), ToolLimits.DEFAULT.withRounds(4));
        try (Lab lab = Lab.running(insistent)) {
            Collected answer = ask(box, lab.client(dialect), new ChatRequest("Be kind.", List.of(Turn.user("?")), ""));
            assertThat(answer.text()).isEqualTo("Enough.");
            assertThat(answer.answered()).hasSize(3);
            assertThat(lab.simulator.requests()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"QIANFAN_V2", "QIANFAN_V1", "OPENAI"})
    void a_model_that_writes_no_json_can_correct_itself_for_the_history_stays_in_order(Dialect dialect) {
        Script clumsy = Script.inTurn(
                Reply.of("").calling("weather", "city=Rome"),
                Reply.of("").calling("weather", ""),
                Reply.of("").calling("wether", "{\"city\":\"Rome\"}"),
                Reply.of("").calling("weather", "{\"city\":\"Rome\"}"),
                Reply.of("Sunny."));
        try (Lab lab = Lab.running(clumsy)) {
            Collected answer = ask(BOX, lab.client(dialect), Collected.request("?"));
            assertThat(answer.answered()).extracting(ToolAnswered::failed).containsExactly(true, true, true, false);
            assertThat(answer.text()).isEqualTo("Sunny.");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"QIANFAN_V2", "QIANFAN_V1", "OPENAI"})
    void a_required_call_is_required_once(Dialect dialect) throws Exception {
        ToolChoice choice = new ToolChoice.Named("weather");
        try (Lab lab = Lab.running(ToolEndToEndTest::cities)) {
            ask(BOX, lab.client(dialect), Collected.request("?").with(BOX.specs(), choice));
            assertThat(lab.simulator.requestBodies()).hasSize(2);
            assertThat(body(lab, 0)
                            .path("tool_choice")
                            .path("function")
                            .path("name")
                            .asText())
                    .isEqualTo("weather");
            assertThat(body(lab, 1).has("tool_choice")).isFalse();
        }
    }

    @Test
    void tokens_of_all_rounds_are_told_once() {
        try (Lab lab = Lab.running(ToolEndToEndTest::cities)) {
            ErnieClient client = lab.client(Dialect.QIANFAN_V2);
            Collected answer = ask(BOX, client, Collected.request("?"));
            assertThat(answer.events().stream().filter(ErnieEvent.Usage.class::isInstance))
                    .hasSize(1);
            assertThat(answer.usage().total())
                    .isEqualTo(answer.usage().prompt() + answer.usage().completion());
            // Two calls of 8 and 7 tokens, 3 of text; then the answer of some 25.
            assertThat(answer.usage().completion()).isGreaterThan(30);
        }
    }

    @Test
    void a_refusal_of_a_later_round_is_a_failure_after_what_was_shown() {
        Script breaking = Script.inTurn(
                Reply.of("我查一下。").calling("weather", "{\"city\":\"a\"}"),
                Reply.failing(new Fault.Status(403, "model_offline", "gone")));
        try (Lab lab = Lab.running(breaking)) {
            Collected answer = ask(BOX, lab.client(Dialect.QIANFAN_V2), Collected.request("?"));
            assertThat(answer.text()).isEqualTo("我查一下。");
            assertThat(answer.answered()).hasSize(1);
            assertThat(answer.details().code()).isEqualTo("model_offline");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"QIANFAN_V2", "QIANFAN_V1", "OPENAI"})
    void closing_cancels_the_model_call_of_a_later_round(Dialect dialect) throws InterruptedException {
        Script stalling = Script.inTurn(
                Reply.of("").calling("weather", "{\"city\":\"a\"}"),
                Reply.of("甲乙丙").at(Profile.atOnce(1)).with(new Fault.Stall(1)));
        try (Lab lab = Lab.running(stalling)) {
            ErnieStream stream = BOX.open(lab.client(dialect), Collected.request("?"));
            CountDownLatch text = new CountDownLatch(1);
            Thread reader = Thread.ofVirtual()
                    .start(() -> stream.forEach(event -> {
                        if (event instanceof ErnieEvent.Text) {
                            text.countDown();
                        }
                    }));
            text.await();
            stream.close();
            assertThat(reader.join(Duration.ofSeconds(5))).isTrue();
            await().atMost(Duration.ofSeconds(5)).until(() -> lab.simulator.cancelledStreams() == 1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"QIANFAN_V2", "QIANFAN_V1", "OPENAI"})
    void a_whole_answer_holds_the_calls_too(Dialect dialect) {
        try (Lab lab = Lab.running(ToolEndToEndTest::cities)) {
            ChatRequest request = Collected.request("?").with(BOX.specs(), new ToolChoice.Auto());
            ChatAnswer answer = lab.client(dialect).chat(request);
            assertThat(answer.reason()).isEqualTo(Reason.TOOL_CALLS);
            assertThat(answer.toolCalls())
                    .extracting(ToolCall::arguments)
                    .startsWith("{\"city\": \"北京\"}")
                    .hasSize(dialect == Dialect.QIANFAN_V1 ? 1 : 2);
        }
    }

    @Test
    void the_program_in_the_readme_answers_from_the_function() throws Exception {
        SimulatorOptions options = SimulatorOptions.defaults().withTimeScale(0).withScript(ToolEndToEndTest::cities);
        try (Lab lab = new Lab(options)) {
            StringBuilder out = new StringBuilder();
            ReadmeTools.ask(lab.client(Dialect.QIANFAN_V2), "天气？", out);
            assertThat(out).contains("(weather {\"city\": \"Rome\"})", "Rome: 21 °C");
        }
    }

    private static JsonNode body(Lab lab, int index) throws Exception {
        return JSON.readTree(lab.simulator.requestBodies().get(index));
    }

    private static Collected ask(ToolBox box, ErnieClient client, ChatRequest request) {
        return Collected.of(() -> box.open(client, request));
    }
}
