package io.erniegateway.ernie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ParameterTest {
    private static final Dialect V1 = Dialect.QIANFAN_V1;
    private static final Dialect V2 = Dialect.QIANFAN_V2;

    /** Parameter, dialect, values at the edges that are taken, values just outside that are not. */
    static Stream<Arguments> edges() {
        return Stream.of(
                arguments(Parameter.TEMPERATURE, V2, List.of(0.0, 2.0), List.of(-0.01, 2.01, Double.NaN)),
                arguments(Parameter.TEMPERATURE, V1, List.of(0.01, 1.0), List.of(0.0, 1.01)),
                arguments(Parameter.TEMPERATURE, Dialect.VLLM, List.of(0.0, 2.0), List.of(-1.0)),
                arguments(Parameter.TOP_P, V2, List.of(0.0, 1.0), List.of(-0.01, 1.01)),
                arguments(Parameter.TOP_P, V1, List.of(0.0, 1.0), List.of(1.01)),
                arguments(Parameter.PENALTY_SCORE, V2, List.of(1.0, 2.0), List.of(0.99, 2.01)),
                arguments(Parameter.PENALTY_SCORE, V1, List.of(1.0, 2.0), List.of(0.99, 2.01)),
                arguments(Parameter.FREQUENCY_PENALTY, V1, List.of(-2.0, 2.0), List.of(-2.01, 2.01)),
                arguments(Parameter.PRESENCE_PENALTY, V2, List.of(-2.0, 2.0), List.of(-2.01, 2.01)),
                arguments(Parameter.REPETITION_PENALTY, V2, List.of(0.01, 2.0), List.of(0.0, 2.01)),
                arguments(Parameter.MAX_OUTPUT_TOKENS, V2, List.of(1, 65_536), List.of(0)),
                arguments(Parameter.MAX_OUTPUT_TOKENS, V1, List.of(2, 2048), List.of(1, 2049)),
                arguments(Parameter.MIN_OUTPUT_TOKENS, V1, List.of(2, 2048), List.of(1, 2049)),
                arguments(Parameter.SEED, V2, List.of(1, 2_147_483_646), List.of(0, 2_147_483_647)),
                arguments(
                        Parameter.STOP,
                        V2,
                        List.of(List.of("x".repeat(20)), List.of("a", "b", "c", "d")),
                        List.of(List.of(), List.of("x".repeat(21)), List.of("a", "b", "c", "d", "e"), List.of(""))),
                arguments(Parameter.STOP, Dialect.OLLAMA, List.of(List.of("x".repeat(21))), List.of(List.of(""))),
                arguments(
                        Parameter.RESPONSE_FORMAT,
                        V1,
                        List.of(new ResponseFormat.JsonObject()),
                        List.of(new ResponseFormat.JsonSchema("n", "{}"))),
                arguments(Parameter.THINKING_BUDGET, V2, List.of(100), List.of(99)),
                arguments(Parameter.THINKING_BUDGET, Dialect.VLLM, List.of(0), List.of(-1)),
                arguments(Parameter.METADATA, V2, List.of(pairs(1), pairs(16)), List.of(pairs(0), pairs(17))),
                arguments(Parameter.USER_SETTING, V1, List.of("x"), List.of(" ")));
    }

    @ParameterizedTest
    @MethodSource("edges")
    <T> void a_range_is_kept_to_its_edges(Parameter<T> parameter, Dialect dialect, List<T> good, List<T> bad) {
        Parameter.Rule<T> rule = parameter.rule(dialect).orElseThrow();
        for (T value : good) {
            assertThatCode(() -> parameter.check(dialect, value)).doesNotThrowAnyException();
        }
        for (T value : bad) {
            assertThatThrownBy(() -> parameter.check(dialect, value))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            rule.field() + ": " + value + " is not in the range " + rule.range() + " of " + dialect);
        }
    }

    @Test
    void baidus_own_fields_go_only_to_baidu() {
        Set<String> baidus = Set.of(
                "penalty_score",
                "web_search",
                "metadata",
                "thinking",
                "thinking_strategy",
                "reasoning_effort",
                "chunk_include_usage",
                "min_output_tokens",
                "user_setting",
                "enable_system_memory",
                "system_memory_id",
                "extra_parameters");
        for (Parameter<?> parameter : Parameter.table()) {
            Set<Dialect> selfHosted = Arrays.stream(Dialect.values())
                    .filter(dialect -> dialect.api() == Dialect.Api.OPENAI)
                    .filter(dialect -> parameter.rule(dialect).isPresent())
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(Dialect.class)));
            assertThat(selfHosted.isEmpty()).as(parameter.name()).isEqualTo(baidus.contains(parameter.name()));
        }
    }

    @Test
    void the_plain_openai_dialect_gets_only_what_every_server_knows() {
        assertThat(fields(Dialect.OPENAI))
                .containsExactly(
                        "temperature",
                        "top_p",
                        "frequency_penalty",
                        "presence_penalty",
                        "max_tokens",
                        "seed",
                        "stop",
                        "response_format",
                        "parallel_tool_calls");
    }

    @Test
    void a_later_value_wins_and_null_takes_it_out() {
        Parameters defaults = Parameters.NONE.with(Parameter.TOP_P, 0.5).with(Parameter.SEED, 7);
        Parameters both = Parameters.NONE.with(Parameter.TOP_P, 0.9).over(defaults);
        assertThat(both.value(Parameter.TOP_P)).contains(0.9);
        assertThat(both.value(Parameter.SEED)).contains(7);
        assertThat(both.with(Parameter.SEED, null).value(Parameter.SEED)).isEmpty();
        assertThat(both).isEqualTo(Parameters.NONE.with(Parameter.SEED, 7).with(Parameter.TOP_P, 0.9));
    }

    @Test
    void a_picture_is_a_web_address_or_its_data() {
        assertThat(Image.of("PNG", new byte[] {1, 2, 3}).url()).isEqualTo("data:image/png;base64,AQID");
        assertThat(new Image("https://example.com/a.png").toString()).contains("example.com");
        for (String bad : List.of("ftp://h/a.png", "data:text/plain;base64,AQID", "data:image/png,raw", "a.png", "")) {
            assertThatThrownBy(() -> new Image(bad)).hasMessageStartingWith("image: must be");
        }
    }

    @Test
    void wrong_tools_and_choices_are_refused_with_their_name() {
        assertThatThrownBy(() -> new ToolSpec("a b", "", "{}")).hasMessageContaining("tool name");
        assertThatThrownBy(() -> new ToolSpec("ab", "", "[]")).hasMessageContaining("JSON object");
        assertThatThrownBy(() -> new ToolSpec("ab", "", "{} {}")).hasMessageContaining("no JSON");
        ToolSpec tool = new ToolSpec("ab", "does it", "{\"type\":\"object\"}");
        ChatRequest request = ChatRequest.of("hi");
        assertThatThrownBy(() -> request.with(List.of(tool, tool), new ToolChoice.Auto()))
                .hasMessageContaining("same name");
        assertThatThrownBy(() -> request.with(List.of(tool), new ToolChoice.Named("cd")))
                .hasMessageContaining("no tool named cd");
        assertThatThrownBy(() -> request.with(List.of(Turn.user("a"), Turn.assistant("b"))))
                .hasMessageStartingWith("turns: ");
        assertThatThrownBy(() -> new WebSearch(true, true, true, true, false, 29, null))
                .hasMessage("web_search.search_number: 29 is not in [1, 28]");
    }

    private static List<String> fields(Dialect dialect) {
        return Parameter.table().stream()
                .flatMap(parameter -> parameter.rule(dialect).stream())
                .map(Parameter.Rule::field)
                .toList();
    }

    private static Map<String, String> pairs(int count) {
        Map<String, String> pairs = new LinkedHashMap<>();
        IntStream.range(0, count).forEach(i -> pairs.put("k" + i, "v"));
        return pairs;
    }
}
