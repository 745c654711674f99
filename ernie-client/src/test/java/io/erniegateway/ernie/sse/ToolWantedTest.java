package io.erniegateway.ernie.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieEvent;
import io.erniegateway.ernie.ErnieEvent.Finished;
import io.erniegateway.ernie.ErnieEvent.Finished.Reason;
import io.erniegateway.ernie.ErnieEvent.Text;
import io.erniegateway.ernie.ErnieEvent.ToolWanted;
import io.erniegateway.ernie.ErnieEvent.Usage;
import io.erniegateway.ernie.ToolCall;
import io.erniegateway.ernie.sse.StreamDecoder.State;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ToolWantedTest {

    @Test
    void fragments_of_parallel_calls_become_whole_calls_before_usage_and_end() {
        assertThat(Decoding.of(Dialect.QIANFAN_V2, Recorded.TOOLS).events())
                .containsExactly(
                        new Text("我查"),
                        new Text("一下"),
                        wanted("aa11", "weather", "{\"city\":\"北京\"}"),
                        wanted("bb22", "time", "{}"),
                        new Usage(20, 9, 29),
                        new Finished(Reason.TOOL_CALLS));
    }

    @Test
    void v1_tells_its_one_call_with_its_thoughts() {
        assertThat(Decoding.of(Dialect.QIANFAN_V1, Recorded.V1_FUNCTION).events())
                .containsExactly(
                        new ToolWanted(new ToolCall("", "weather", "{\"city\":\"北京\"}", "用户想知道天气")),
                        new Usage(90, 31, 121),
                        new Finished(Reason.TOOL_CALLS));
    }

    static Stream<Arguments> oddities() {
        ToolWanted f = wanted("1", "f", "{}");
        ToolWanted g = wanted("2", "g", "[]");
        return Stream.of(
                arguments(
                        "a whole call in one chunk",
                        List.of("{'index':0,'id':'1',~'f','arguments':'{}'}}"),
                        List.of(f)),
                arguments(
                        "two whole calls in one chunk",
                        List.of(
                                "{'index':0,'id':'1',~'f','arguments':'{}'}},{'index':1,'id':'2',~'g','arguments':'[]'}}"),
                        List.of(f, g)),
                arguments(
                        "id and name in every piece",
                        List.of(
                                "{'index':0,'id':'1',~'f','arguments':'{'}}",
                                "{'index':0,'id':'1',~'f','arguments':'}'}}"),
                        List.of(f)),
                arguments(
                        "empty id and name in later pieces",
                        List.of(
                                "{'index':0,'id':'1',~'f','arguments':'{'}}",
                                "{'index':0,'id':'',~'','arguments':'}'}}"),
                        List.of(f)),
                arguments(
                        "null id and name in later pieces",
                        List.of(
                                "{'index':0,'id':'1',~'f','arguments':'{'}}",
                                "{'index':0,'id':null,~null,'arguments':'}'}}"),
                        List.of(f)),
                arguments(
                        "a new id for every piece",
                        List.of(
                                "{'index':0,'id':'1',~'f','arguments':'{'}}",
                                "{'index':0,'id':'x',~null,'arguments':'}'}}"),
                        List.of(f)),
                arguments(
                        "no index: the place in the array counts",
                        List.of(
                                "{'id':'1',~'f','arguments':'{'}},{'id':'2',~'g','arguments':'['}}",
                                "{'function':{'arguments':'}'}},{'function':{'arguments':']'}}"),
                        List.of(f, g)),
                arguments(
                        "no index and one call",
                        List.of("{'id':'1',~'f','arguments':'{'}}", "{'function':{'arguments':'}'}}"),
                        List.of(f)),
                arguments(
                        "index 0 for every call",
                        List.of(
                                "{'index':0,'id':'1',~'f','arguments':''}}",
                                "{'index':0,'id':'',~null,'arguments':'{}'}}",
                                "{'index':0,'id':'2',~'g','arguments':''}}",
                                "{'index':0,'id':'',~null,'arguments':'[]'}}"),
                        List.of(f, g)),
                arguments(
                        "index 0 for two calls of one function",
                        List.of(
                                "{'index':0,'id':'1',~'f','arguments':'{}'}}",
                                "{'index':0,'id':'2',~'f','arguments':'{}'}}"),
                        List.of(f, wanted("2", "f", "{}"))),
                arguments(
                        "another index in the first piece than in the later ones",
                        List.of(
                                "{'index':7,'id':'1',~'f','arguments':''}}",
                                "{'index':0,'function':{'arguments':'{}'}}"),
                        List.of(f)),
                arguments(
                        "calls begun out of order",
                        List.of(
                                "{'index':1,'id':'2',~'g','arguments':'[]'}}",
                                "{'index':0,'id':'1',~'f','arguments':'{}'}}"),
                        List.of(f, g)),
                arguments(
                        "pieces of two calls by turns",
                        List.of(
                                "{'index':0,'id':'1',~'f','arguments':'{'}}",
                                "{'index':1,'id':'2',~'g','arguments':'['}}",
                                "{'index':0,'function':{'arguments':'}'}}",
                                "{'index':1,'function':{'arguments':']'}}"),
                        List.of(f, g)),
                arguments(
                        "arguments that are no text but an object",
                        List.of("{'index':0,'id':'1',~'f','arguments':{'a':[1,null]}}}"),
                        List.of(wanted("1", "f", "{\"a\":[1,null]}"))),
                arguments(
                        "no arguments at all",
                        List.of("{'index':0,'id':'1','function':{'name':'f'}}"),
                        List.of(wanted("1", "f", ""))),
                arguments("no id", List.of("{'index':0,~'f','arguments':'{}'}}"), List.of(wanted("", "f", "{}"))),
                arguments(
                        "an index that is no number, or no sensible one",
                        List.of(
                                "{'index':'0','id':'1',~'f','arguments':'{}'}}",
                                "{'index':1e99,'function':{}}",
                                "{'index':-5}"),
                        List.of(f)),
                arguments(
                        "half a character at the end of a piece",
                        List.of(
                                "{'index':0,'id':'1',~'f','arguments':'\\ud83d'}}",
                                "{'index':0,'function':{'arguments':'\\ude00'}}"),
                        List.of(wanted("1", "f", "😀"))),
                arguments(
                        "half a character at the end of the call",
                        List.of("{'index':0,'id':'1',~'f','arguments':'\\ud83d'}}"),
                        List.of(wanted("1", "f", "\uFFFD"))),
                arguments(
                        "a call without a name",
                        List.of("{'index':0,'id':'1','function':{'arguments':'{}'}}"),
                        List.of()),
                arguments("no objects", List.of("null,5,'x',[],{}"), List.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oddities")
    void what_servers_make_of_the_protocol_is_understood(String oddity, List<String> calls, List<ErnieEvent> expected) {
        StringBuilder stream = new StringBuilder();
        calls.forEach(call -> stream.append(delta(call)));
        for (String reason : List.of("tool_calls", "stop", "function_call")) {
            List<ErnieEvent> whole = new ArrayList<>(expected);
            whole.add(new Finished(expected.isEmpty() ? Reason.STOP : Reason.TOOL_CALLS));
            assertThat(Decoding.of(Dialect.OPENAI, stream + end(reason)).events())
                    .as(oddity)
                    .isEqualTo(whole);
        }
    }

    @Test
    void an_answer_that_was_cut_or_filtered_tells_no_call() {
        String call = delta("{'index':0,'id':'1',~'f','arguments':'{\\\"city\\\":'}}");
        assertThat(Decoding.of(Dialect.QIANFAN_V2, call + end("length")).events())
                .containsExactly(new Finished(Reason.LENGTH));
        assertThat(Decoding.of(Dialect.QIANFAN_V2, call + end("content_filter")).events())
                .containsExactly(new Finished(Reason.CONTENT_FILTER));
        assertThat(Decoding.of(Dialect.QIANFAN_V2, call + end("length") + end("tool_calls"))
                        .events())
                .containsExactly(new Finished(Reason.LENGTH));
        String v1 = Recorded.V1_FUNCTION.replace("\"is_truncated\":false", "\"is_truncated\":true");
        assertThat(Decoding.of(Dialect.QIANFAN_V1, v1).events())
                .containsExactly(new Usage(90, 31, 121), new Finished(Reason.LENGTH));
    }

    @Test
    void a_stream_that_breaks_off_tells_no_call() {
        Decoding decoding = Decoding.of(Dialect.QIANFAN_V2, delta("{'index':0,'id':'1',~'f','arguments':'{}'}}"));
        assertThat(decoding.events()).isEmpty();
        assertThat(decoding.state()).isInstanceOf(State.Failed.class);
    }

    @Test
    void v1_says_a_call_again_in_its_last_chunk_without_doubling_it() {
        String call = "data: {\"result\":\"\",\"is_end\":%s,\"function_call\":{\"name\":\"f\",\"arguments\":\"{}\"}}\n";
        assertThat(Decoding.of(Dialect.QIANFAN_V1, call.formatted(false) + call.formatted(true))
                        .events())
                .containsExactly(new ToolWanted(new ToolCall("", "f", "{}", "")), new Finished(Reason.TOOL_CALLS));
    }

    @Test
    void more_calls_than_any_answer_needs_end_it() {
        StringBuilder stream = new StringBuilder();
        for (int i = 0; i < ToolCalls.MOST_CALLS; i++) {
            stream.append(delta("{'index':" + i + ",'id':'" + i + "',~'f','arguments':'{}'}}"));
        }
        assertThat(Decoding.of(Dialect.QIANFAN_V2, stream + end("tool_calls")).events())
                .hasSize(ToolCalls.MOST_CALLS + 1);
        stream.append(delta("{'index':999,'id':'999',~'f','arguments':'{}'}}"));
        Decoding decoding = Decoding.of(Dialect.QIANFAN_V2, stream + end("tool_calls"));
        assertThat(decoding.events()).containsExactly(new Finished(Reason.LENGTH));
        assertThat(decoding.state()).isEqualTo(new State.Ended(false));
    }

    @Test
    void the_calls_together_may_be_as_long_as_the_text() {
        String piece = delta("{'index':0,'id':'1',~'f','arguments':'12345678'}}");
        StreamDecoder decoder = Decoding.decoder(Dialect.QIANFAN_V2, 2_000, 10);
        byte[] bytes = (piece + end("stop")).getBytes(UTF_8);
        decoder.feed(bytes, 0, bytes.length);
        decoder.end();
        assertThat(Decoding.drained(decoder).events())
                .containsExactly(wanted("1", "f", "12345678"), new Finished(Reason.TOOL_CALLS));
        decoder = Decoding.decoder(Dialect.QIANFAN_V2, 2_000, 10);
        bytes = (piece + piece + end("stop")).getBytes(UTF_8);
        decoder.feed(bytes, 0, bytes.length);
        assertThat(Decoding.drained(decoder).events()).containsExactly(new Finished(Reason.LENGTH));
    }

    private static ToolWanted wanted(String id, String name, String arguments) {
        return new ToolWanted(new ToolCall(id, name, arguments, ""));
    }

    /** A chunk with these elements of tool_calls; ' stands for a quotation mark and ~ for the beginning of a function. */
    private static String delta(String calls) {
        String json =
                calls.replace("~", "'type':'function','function':{'name':").replace('\'', '"');
        return "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[" + json + "]}}]}\n\n";
    }

    private static String end(String reason) {
        return "data: {\"id\":\"c\",\"choices\":[{\"delta\":{},\"finish_reason\":\"" + reason + "\"}]}\n\n";
    }
}
