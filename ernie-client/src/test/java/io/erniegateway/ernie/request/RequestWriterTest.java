package io.erniegateway.ernie.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.erniegateway.ernie.Access;
import io.erniegateway.ernie.ChatRequest;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieSettings;
import io.erniegateway.ernie.Image;
import io.erniegateway.ernie.Parameter;
import io.erniegateway.ernie.ResponseFormat;
import io.erniegateway.ernie.ToolCall;
import io.erniegateway.ernie.ToolChoice;
import io.erniegateway.ernie.ToolSpec;
import io.erniegateway.ernie.Turn;
import io.erniegateway.ernie.WebSearch;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestWriterTest {
    private static final ChatRequest REQUEST = new ChatRequest("Be kind.", List.of(Turn.user("你好")), "user-hash");

    @Test
    void v2_writes_openais_shape() throws IOException {
        assertThat(written(settings(Dialect.QIANFAN_V2), REQUEST)).isEqualTo(json("""
                        {"model":"m","messages":[{"role":"system","content":"Be kind."},{"role":"user","content":"你好"}],
                        "stream":true,"stream_options":{"include_usage":true},
                        "temperature":0.5,"top_p":0.9,"max_tokens":100,"user":"user-hash"}
                        """));
    }

    @Test
    void v1_writes_baidus_first_shape() throws IOException {
        assertThat(written(settings(Dialect.QIANFAN_V1), REQUEST)).isEqualTo(json("""
                        {"messages":[{"role":"user","content":"你好"}],"system":"Be kind.","stream":true,
                        "temperature":0.5,"top_p":0.9,"max_output_tokens":100,"user_id":"user-hash"}
                        """));
    }

    @Test
    void empty_options_are_not_sent() throws IOException {
        ErnieSettings bare =
                ErnieSettings.builder(Dialect.OPENAI, "http://h/v1", "m").build();
        ChatRequest request = new ChatRequest("", List.of(Turn.user("a")), "");
        assertThat(written(bare, request)).isEqualTo(json("""
                        {"model":"m","messages":[{"role":"user","content":"a"}],
                        "stream":true,"stream_options":{"include_usage":true}}
                        """));
    }

    @Test
    void turns_of_one_role_are_merged_and_leading_answers_and_blanks_dropped() {
        assertThat(repaired(List.of(
                        Turn.assistant("welcome"),
                        Turn.user(" "),
                        Turn.user("a"),
                        Turn.user("b"),
                        Turn.assistant("x"),
                        Turn.assistant(""),
                        Turn.assistant("y"),
                        Turn.user("c"))))
                .containsExactly(Turn.user("a\nb"), Turn.assistant("x\ny"), Turn.user("c"));
    }

    @Test
    void half_a_character_does_not_break_the_request() {
        assertThat(repaired(List.of(Turn.user("a\uD83D")))).containsExactly(Turn.user("a\uFFFD"));
    }

    private static final ToolSpec WEATHER = new ToolSpec("weather", "Tells it", "{\"type\":\"object\"}");
    private static final ToolCall CALL = new ToolCall("c1", "weather", "{\"city\":\"北京\"}", "");
    private static final ChatRequest TOOLS = new ChatRequest(
                    "Be kind.",
                    List.of(
                            Turn.user("a"),
                            new Turn.Assistant("", List.of(CALL, new ToolCall("c2", "weather", "{}", "why"))),
                            new Turn.ToolResult(CALL, "sunny"),
                            new Turn.ToolResult(new ToolCall("c2", "weather", "{}", "why"), "")),
                    "")
            .with(List.of(WEATHER), new ToolChoice.Named("weather"));

    @Test
    void v2_writes_all_its_parameters() throws IOException {
        ChatRequest request = ChatRequest.of("a")
                .with(Parameter.PENALTY_SCORE, 1.5)
                .with(Parameter.FREQUENCY_PENALTY, -1.0)
                .with(Parameter.PRESENCE_PENALTY, 1.0)
                .with(Parameter.REPETITION_PENALTY, 1.1)
                .with(Parameter.SEED, 5)
                .with(Parameter.STOP, List.of("end"))
                .with(Parameter.WEB_SEARCH, new WebSearch(true, true, true, false, true, 10, 3))
                .with(Parameter.RESPONSE_FORMAT, new ResponseFormat.JsonSchema("answer", "{\"type\":\"object\"}"))
                .with(Parameter.ENABLE_THINKING, true)
                .with(Parameter.THINKING, Parameter.Thinking.ENABLED)
                .with(Parameter.THINKING_BUDGET, 200)
                .with(Parameter.THINKING_STRATEGY, Parameter.ThinkingStrategy.CHAIN_OF_DRAFT)
                .with(Parameter.REASONING_EFFORT, Parameter.Effort.HIGH)
                .with(Parameter.PARALLEL_TOOL_CALLS, false)
                .with(Parameter.CHUNK_USAGE, true)
                .with(Parameter.METADATA, Map.of("shop", "7"))
                .with(Parameter.MIN_OUTPUT_TOKENS, 2);
        assertThat(written(bare(Dialect.QIANFAN_V2), request)).isEqualTo(json("""
                        {"model":"m","messages":[{"role":"user","content":"a"}],"stream":true,
                        "stream_options":{"include_usage":true,"chunk_include_usage":true},
                        "penalty_score":1.5,"frequency_penalty":-1.0,"presence_penalty":1.0,"repetition_penalty":1.1,
                        "seed":5,"stop":["end"],
                        "web_search":{"enable":true,"enable_citation":true,"enable_trace":true,"enable_status":false,
                            "search_mode":"required","search_number":10,"reference_number":3},
                        "response_format":{"type":"json_schema","json_schema":{"name":"answer","schema":{"type":"object"}}},
                        "enable_thinking":true,"thinking":{"type":"enabled"},"thinking_budget":200,
                        "thinking_strategy":"chain_of_draft","reasoning_effort":"high",
                        "parallel_tool_calls":false,"metadata":{"shop":"7"}}
                        """));
    }

    @Test
    void v1_writes_its_own_names() throws IOException {
        ChatRequest request = ChatRequest.of("a")
                .with(Parameter.WEB_SEARCH, WebSearch.OFF)
                .with(Parameter.RESPONSE_FORMAT, new ResponseFormat.JsonObject())
                .with(Parameter.MIN_OUTPUT_TOKENS, 2)
                .with(Parameter.USER_SETTING, "a knight")
                .with(Parameter.ENABLE_SYSTEM_MEMORY, true)
                .with(Parameter.SYSTEM_MEMORY_ID, "sm-1")
                .with(Parameter.EXTRA_PARAMETERS, Map.of("a", "b"))
                .with(Parameter.SEED, 5);
        assertThat(written(bare(Dialect.QIANFAN_V1), request)).isEqualTo(json("""
                        {"messages":[{"role":"user","content":"a"}],"stream":true,
                        "disable_search":true,"enable_citation":false,"enable_trace":false,
                        "response_format":"json_object","min_output_tokens":2,"user_setting":"a knight",
                        "enable_system_memory":true,"system_memory_id":"sm-1","extra_parameters":{"a":"b"}}
                        """));
    }

    @Test
    void self_hosted_servers_are_told_to_think_in_their_own_words() throws IOException {
        ChatRequest request = ChatRequest.of("a")
                .with(Parameter.ENABLE_THINKING, false)
                .with(Parameter.THINKING_BUDGET, 300)
                .with(Parameter.WEB_SEARCH, WebSearch.ON);
        assertThat(written(bare(Dialect.VLLM), request)).isEqualTo(json("""
                        {"model":"m","messages":[{"role":"user","content":"a"}],"stream":true,
                        "stream_options":{"include_usage":true},
                        "chat_template_kwargs":{"enable_thinking":false},"thinking_token_budget":300}
                        """));
        assertThat(written(bare(Dialect.FASTDEPLOY), request).path("reasoning_max_tokens"))
                .isEqualTo(json("300"));
        assertThat(written(bare(Dialect.LLAMA_CPP), request)).isEqualTo(json("""
                        {"model":"m","messages":[{"role":"user","content":"a"}],"stream":true,
                        "stream_options":{"include_usage":true}}
                        """));
    }

    @Test
    void v2_gives_each_result_to_its_call() throws IOException {
        assertThat(written(bare(Dialect.QIANFAN_V2), TOOLS)).isEqualTo(json("""
                        {"model":"m","messages":[{"role":"system","content":"Be kind."},{"role":"user","content":"a"},
                        {"role":"assistant","content":"","tool_calls":[
                            {"id":"c1","type":"function","function":{"name":"weather","arguments":"{\\"city\\":\\"北京\\"}"}},
                            {"id":"c2","type":"function","function":{"name":"weather","arguments":"{}"}}]},
                        {"role":"tool","tool_call_id":"c1","content":"sunny"},
                        {"role":"tool","tool_call_id":"c2","content":"{}"}],
                        "stream":true,"stream_options":{"include_usage":true},
                        "tools":[{"type":"function","function":
                            {"name":"weather","description":"Tells it","parameters":{"type":"object"}}}],
                        "tool_choice":{"type":"function","function":{"name":"weather"}}}
                        """));
    }

    @Test
    void v1_gets_one_call_a_turn_and_the_persona_in_the_first_question() throws IOException {
        assertThat(written(bare(Dialect.QIANFAN_V1), TOOLS)).isEqualTo(json("""
                        {"messages":[{"role":"user","content":"Be kind.\\n\\na"},
                        {"role":"assistant","content":null,
                            "function_call":{"name":"weather","arguments":"{\\"city\\":\\"北京\\"}"}},
                        {"role":"function","name":"weather","content":"\\"sunny\\""},
                        {"role":"assistant","content":null,
                            "function_call":{"name":"weather","arguments":"{}","thoughts":"why"}},
                        {"role":"function","name":"weather","content":"{}"}],
                        "stream":true,
                        "functions":[{"name":"weather","description":"Tells it","parameters":{"type":"object"}}],
                        "tool_choice":{"type":"function","function":{"name":"weather"}}}
                        """));
    }

    @Test
    void arguments_that_are_no_json_are_wrapped_for_servers_read_them_again() throws IOException {
        ToolCall broken = new ToolCall("c1", "weather", "city=\"Rome\"", "");
        ToolCall empty = new ToolCall("c2", "weather", " ", "");
        ChatRequest request = ChatRequest.of("a")
                .with(List.of(
                        Turn.user("a"),
                        new Turn.Assistant("", List.of(broken, empty)),
                        new Turn.ToolResult(broken, "x"),
                        new Turn.ToolResult(empty, "y")));
        JsonNode calls =
                written(bare(Dialect.VLLM), request).path("messages").path(1).path("tool_calls");
        assertThat(calls.path(0).path("function").path("arguments").textValue())
                .isEqualTo("{\"malformed\":\"city=\\\"Rome\\\"\"}");
        assertThat(calls.path(1).path("function").path("arguments").textValue()).isEqualTo("{}");
    }

    @Test
    void v1_forbids_a_call_by_offering_none_and_cannot_require_one() throws IOException {
        ChatRequest none = TOOLS.with(List.of(WEATHER), new ToolChoice.None());
        assertThat(written(bare(Dialect.QIANFAN_V1), none).has("functions")).isFalse();
        assertThat(written(bare(Dialect.QIANFAN_V1), none).path("system").asText())
                .isEqualTo("Be kind.");
        ChatRequest required = TOOLS.with(List.of(WEATHER), new ToolChoice.Required());
        assertThatThrownBy(() -> written(bare(Dialect.QIANFAN_V1), required)).hasMessageStartingWith("tool_choice: ");
    }

    @Test
    void pictures_are_parts_of_the_content_and_v1_has_none() throws IOException {
        ChatRequest request = ChatRequest.of("a")
                .with(List.of(new Turn.User("what is it?", List.of(new Image("https://example.com/a.png")))));
        assertThat(written(bare(Dialect.QIANFAN_V2), request).path("messages")).isEqualTo(json("""
                        [{"role":"user","content":[{"type":"text","text":"what is it?"},
                        {"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]}]
                        """));
        assertThatThrownBy(() -> written(bare(Dialect.QIANFAN_V1), request)).hasMessageContaining("no images");
    }

    @Test
    void a_value_out_of_range_is_refused_before_it_is_sent() {
        assertThatThrownBy(() ->
                        written(bare(Dialect.QIANFAN_V1), ChatRequest.of("a").with(Parameter.MAX_OUTPUT_TOKENS, 4096)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("max_output_tokens: 4096 is not in the range [2, 2048] of QIANFAN_V1");
    }

    @Test
    void a_question_can_be_made_shorter_until_one_exchange_is_left() throws IOException {
        ChatRequest request = new ChatRequest("", List.of(Turn.user("a"), Turn.assistant("A"), Turn.user("b")), "");
        Question question = new RequestWriter(bare(Dialect.QIANFAN_V2)).question(request, false);
        Question shorter = question.shorter().orElseThrow();
        assertThat(new ObjectMapper().readTree(shorter.body())).isEqualTo(json("""
                        {"model":"m","messages":[{"role":"user","content":"b"}],"stream":false}
                        """));
        assertThat(shorter.shorter()).isEmpty();
        assertThat(shorter.tokens()).isLessThan(question.tokens());
    }

    private static ErnieSettings bare(Dialect dialect) {
        return ErnieSettings.builder(dialect, "https://h/v2", "m")
                .access(dialect == Dialect.QIANFAN_V1 ? new Access.OAuth("i", "s", "") : new Access.ApiKey("k"))
                .build();
    }

    private static List<Turn> repaired(List<Turn> turns) {
        return History.repaired(turns).turns();
    }

    private static ErnieSettings settings(Dialect dialect) {
        return ErnieSettings.builder(dialect, "https://h/v2", "m")
                .access(dialect == Dialect.QIANFAN_V1 ? new Access.OAuth("i", "s", "") : new Access.ApiKey("k"))
                .with(Parameter.TEMPERATURE, 0.5)
                .with(Parameter.TOP_P, 0.9)
                .with(Parameter.MAX_OUTPUT_TOKENS, 100)
                .build();
    }

    private static JsonNode written(ErnieSettings settings, ChatRequest request) throws IOException {
        return new ObjectMapper()
                .readTree(new RequestWriter(settings).question(request, true).body());
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
