package io.erniegateway.ernie.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.erniegateway.ernie.Access;
import io.erniegateway.ernie.ChatRequest;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieSettings;
import io.erniegateway.ernie.Image;
import io.erniegateway.ernie.Parameter;
import io.erniegateway.ernie.Parameters;
import io.erniegateway.ernie.ResponseFormat;
import io.erniegateway.ernie.ToolCall;
import io.erniegateway.ernie.ToolChoice;
import io.erniegateway.ernie.ToolSpec;
import io.erniegateway.ernie.Turn;
import io.erniegateway.ernie.WebSearch;
import io.erniegateway.ernie.request.RequestWriter;
import io.erniegateway.ernie.simulated.RequestRules.Checked;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The client's reading of the documents and the simulator's have to agree, whatever is set. */
class TwoReadingsTest {
    private static final RequestRules RULES = new RequestRules(
            SimulatorOptions.defaults().withModels(Set.of("m"), Set.of()).withVision(Set.of("m")));

    /** Within the range of every dialect that knows it. */
    private static final Parameters ALL = Parameters.NONE
            .with(Parameter.TEMPERATURE, 1.0)
            .with(Parameter.TOP_P, 1.0)
            .with(Parameter.PENALTY_SCORE, 1.0)
            .with(Parameter.FREQUENCY_PENALTY, -2.0)
            .with(Parameter.PRESENCE_PENALTY, 2.0)
            .with(Parameter.REPETITION_PENALTY, 2.0)
            .with(Parameter.MAX_OUTPUT_TOKENS, 2048)
            .with(Parameter.MIN_OUTPUT_TOKENS, 2)
            .with(Parameter.SEED, 1)
            .with(Parameter.STOP, List.of("a", "b"))
            .with(Parameter.WEB_SEARCH, new WebSearch(true, true, true, true, true, 28, 1))
            .with(Parameter.RESPONSE_FORMAT, new ResponseFormat.JsonObject())
            .with(Parameter.ENABLE_THINKING, true)
            .with(Parameter.THINKING, Parameter.Thinking.DISABLED)
            .with(Parameter.THINKING_BUDGET, 100)
            .with(Parameter.THINKING_STRATEGY, Parameter.ThinkingStrategy.SHORT_THINK)
            .with(Parameter.REASONING_EFFORT, Parameter.Effort.LOW)
            .with(Parameter.PARALLEL_TOOL_CALLS, true)
            .with(Parameter.CHUNK_USAGE, true)
            .with(Parameter.METADATA, Map.of("a", "b"))
            .with(Parameter.USER_SETTING, "s")
            .with(Parameter.ENABLE_SYSTEM_MEMORY, true)
            .with(Parameter.SYSTEM_MEMORY_ID, "i")
            .with(Parameter.EXTRA_PARAMETERS, Map.of("a", "b"));

    private static final ToolSpec TOOL = new ToolSpec("f", "d", "{\"type\":\"object\"}");

    @Test
    void no_parameter_is_missing_here() {
        for (Parameter<?> parameter : Parameter.table()) {
            assertThat(ALL.value(parameter)).as(parameter.name()).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void everything_that_can_be_set_is_taken_with_and_without_a_stream(Dialect dialect) throws IOException {
        ChatRequest request = new ChatRequest("s", List.of(Turn.user("a")), "u", ALL, List.of(), new ToolChoice.Auto());
        assertTaken(dialect, request, true);
        assertTaken(dialect, request, false);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void histories_with_calls_of_every_kind_are_taken(Dialect dialect) throws IOException {
        List<ToolCall> calls = List.of(
                new ToolCall("1", "f", "{\"a\":1}", "t"),
                new ToolCall("2", "f", "", ""),
                new ToolCall("3", "g", "no json", ""));
        List<Turn> turns = List.of(
                Turn.user("a"),
                new Turn.Assistant("text too", calls),
                new Turn.ToolResult(calls.get(0), "plain"),
                new Turn.ToolResult(calls.get(1), ""),
                new Turn.ToolResult(calls.get(2), "{\"error\":\"no json\"}"));
        ChatRequest base = new ChatRequest("s", turns, "");
        assertTaken(dialect, base.with(List.of(TOOL), new ToolChoice.Auto()), true);
        assertTaken(dialect, base.with(List.of(TOOL), new ToolChoice.None()), true);
        assertTaken(dialect, base.with(List.of(TOOL), new ToolChoice.Named("f")), true);
        assertTaken(dialect, base, true);
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"QIANFAN_V1", "OLLAMA"})
    void pictures_are_taken(Dialect dialect) throws IOException {
        Image image = new Image("https://example.com/a.png");
        assertTaken(dialect, new ChatRequest("", List.of(new Turn.User("what?", List.of(image))), ""), true);
        assertTaken(dialect, new ChatRequest("", List.of(new Turn.User("", List.of(image, image))), ""), true);
    }

    private static void assertTaken(Dialect dialect, ChatRequest request, boolean stream) throws IOException {
        ErnieSettings settings = ErnieSettings.builder(dialect, "http://127.0.0.1/v2", "m")
                .access(dialect == Dialect.QIANFAN_V1 ? new Access.OAuth("i", "s", "") : new Access.ApiKey("k"))
                .build();
        JsonNode body = new ObjectMapper()
                .readTree(new RequestWriter(settings).question(request, stream).body());
        assertThat(RULES.check(dialect, "m", body)).as(body.toString()).isInstanceOf(Checked.InOrder.class);
    }
}
