package io.erniegateway.ernie.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.erniegateway.ernie.Access;
import io.erniegateway.ernie.ChatRequest;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieSettings;
import io.erniegateway.ernie.Parameter;
import io.erniegateway.ernie.Turn;
import java.io.IOException;
import java.util.List;
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
