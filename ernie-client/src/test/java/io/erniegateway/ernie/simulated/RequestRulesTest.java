package io.erniegateway.ernie.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.Image;
import io.erniegateway.ernie.ToolCall;
import io.erniegateway.ernie.ToolChoice;
import io.erniegateway.ernie.ToolSpec;
import io.erniegateway.ernie.Turn;
import io.erniegateway.ernie.simulated.RequestRules.Checked;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables: what is taken, and what is refused with which words. An empty second column: taken. */
class RequestRulesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final RequestRules RULES = new RequestRules(SimulatorOptions.defaults()
            .withModels(Set.of("m", "eyes"), Set.of())
            .withVision(Set.of("eyes")));

    /** Fields beside a plain question. */
    @ParameterizedTest
    @CsvFileSource(
            resources = "fields.table",
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = true)
    void fields_are_known_and_in_range(Dialect dialect, String refused, String fields) throws IOException {
        ObjectNode body = (ObjectNode) JSON.readTree("{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}");
        body.setAll((ObjectNode) JSON.readTree(fields));
        assertRefused(dialect, body, refused);
    }

    /** The messages of a request; u, a and so on stand for plain ones. */
    @ParameterizedTest
    @CsvFileSource(
            resources = "messages.table",
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = true)
    void messages_are_in_order(Dialect dialect, String refused, String messages) throws IOException {
        String whole = messages.replace("SYSTEM", "{'role':'system','content':'s'}")
                .replace("USER", "{'role':'user','content':'u'}")
                .replace("SAID", "{'role':'assistant','content':'a'}")
                .replace("CALL1", "{'id':'1','type':'function','function':{'name':'f','arguments':'{}'}}")
                .replace("CALL2", "{'id':'2','type':'function','function':{'name':'f','arguments':'{}'}}")
                .replace("RESULT1", "{'role':'tool','tool_call_id':'1','content':'r'}")
                .replace("RESULT2", "{'role':'tool','tool_call_id':'2','content':'r'}")
                .replace('\'', '"');
        assertRefused(dialect, (ObjectNode) JSON.readTree("{\"messages\":[" + whole + "]}"), refused);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            QIANFAN_V2 | eyes |
            VLLM       | eyes |
            QIANFAN_V2 | m    | invalid_messages
            VLLM       | m    | takes no images
            OLLAMA     | eyes | takes no images
            """)
    void pictures_are_for_models_that_see(Dialect dialect, String model, String refused) throws IOException {
        ObjectNode body = pictured("https://example.com/a.png");
        body.put("model", model);
        assertThat(verdict(dialect, model, body)).contains(refused == null ? "taken" : refused);
    }

    @Test
    void a_picture_has_to_be_one_of_a_size_that_baidu_takes() throws IOException {
        assertThat(verdict(Dialect.QIANFAN_V2, "eyes", pictured(png(5, 5)))).isEqualTo("taken");
        assertThat(verdict(Dialect.QIANFAN_V2, "eyes", pictured(png(5999, 5)))).isEqualTo("taken");
        assertThat(verdict(Dialect.QIANFAN_V2, "eyes", pictured(png(6000, 5)))).contains("invalid_image_url", "6000");
        assertThat(verdict(Dialect.QIANFAN_V2, "eyes", pictured(png(4, 100)))).contains("invalid_image_url");
        for (String bad :
                List.of("ftp://h/a", "https://", "data:image/png;base64,AQID", "data:image/png;base64,*", "")) {
            assertThat(verdict(Dialect.QIANFAN_V2, "eyes", pictured(bad))).contains("invalid_image_url");
        }
    }

    @Test
    void a_script_sees_functions_results_pictures_and_whether_pages_are_wanted() throws IOException {
        ObjectNode body = (ObjectNode) JSON.readTree("""
                {"model":"eyes","messages":[{"role":"system","content":"s"},
                 {"role":"user","content":[{"type":"text","text":"what?"},
                    {"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]},
                 {"role":"assistant","content":null,"tool_calls":[
                    {"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]},
                 {"role":"tool","tool_call_id":"1","content":"r"}],
                 "tools":[{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object"}}}],
                 "tool_choice":"none","web_search":{"enable":true,"enable_trace":true}}
                """);
        ToolCall call = new ToolCall("1", "f", "{}", "");
        assertThat(RULES.check(Dialect.QIANFAN_V2, "eyes", body))
                .isInstanceOfSatisfying(Checked.InOrder.class, taken -> {
                    Question question = taken.question();
                    assertThat(question.system()).isEqualTo("s");
                    assertThat(question.lastUserText()).isEqualTo("what?");
                    assertThat(question.earlierUserTexts()).isEmpty();
                    assertThat(question.images()).containsExactly(new Image("https://example.com/a.png"));
                    assertThat(question.toolResults()).containsExactly(new Turn.ToolResult(call, "r"));
                    assertThat(question.tools()).containsExactly(new ToolSpec("f", "d", "{\"type\":\"object\"}"));
                    assertThat(question.toolChoice()).isEqualTo(new ToolChoice.None());
                    assertThat(question.mayCall()).isFalse();
                    assertThat(question.traces()).isTrue();
                });
    }

    private static ObjectNode pictured(String url) {
        ObjectNode body = JSON.createObjectNode().put("model", "eyes");
        body.putArray("messages")
                .addObject()
                .put("role", "user")
                .putArray("content")
                .addObject()
                .put("type", "image_url")
                .putObject("image_url")
                .put("url", url);
        return body;
    }

    private static String png(int width, int height) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY), "png", bytes);
        return Image.of("png", bytes.toByteArray()).url();
    }

    private static void assertRefused(Dialect dialect, ObjectNode body, String refused) {
        if (dialect != Dialect.QIANFAN_V1) {
            body.put("model", "m");
        }
        assertThat(verdict(dialect, "m", body)).as(body.toString()).contains(refused == null ? "taken" : refused);
    }

    private static String verdict(Dialect dialect, String model, ObjectNode body) {
        return switch (RULES.check(dialect, model, body)) {
            case Checked.InOrder taken -> "taken";
            case Checked.Refused(Rejected why) -> why.status() + " " + why.code() + " " + why.message();
        };
    }
}
