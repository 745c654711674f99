package io.erniegateway.ernie.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.erniegateway.ernie.ChatAnswer;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieEvent.Finished.Reason;
import io.erniegateway.ernie.ErnieEvent.SearchResults.Hit;
import io.erniegateway.ernie.ErnieEvent.Usage;
import io.erniegateway.ernie.ErnieEvent.Verdict;
import io.erniegateway.ernie.ErnieException;
import io.erniegateway.ernie.ErnieFailure.ChooseAnotherModel;
import io.erniegateway.ernie.Quota;
import io.erniegateway.ernie.ToolCall;
import io.erniegateway.ernie.failures.Failures;
import io.erniegateway.ernie.failures.Secrets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WholeAnswerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static ChatAnswer read(boolean v1, int maxCharacters, String json) {
        Dialect dialect = v1 ? Dialect.QIANFAN_V1 : Dialect.QIANFAN_V2;
        try {
            return new WholeAnswer(v1, maxCharacters, new Failures(dialect, new Secrets(List.of())))
                    .read(new Answered(JSON.readTree(json), Quota.UNTOLD));
        } catch (JsonProcessingException e) {
            throw new AssertionError("the test's own JSON", e);
        }
    }

    private static ChatAnswer v1(String json) {
        return read(true, 1000, json);
    }

    private static ChatAnswer v2(String json) {
        return read(false, 1000, json);
    }

    @Test
    void a_whole_answer_of_v2() {
        assertThat(v2("""
                {"id":"as-1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,
                 "message":{"role":"assistant","content":"好","reasoning_content":"想"},
                 "finish_reason":"stop","flag":0}],
                 "search_results":[{"index":3,"url":"https://a","title":"甲"},{"url":"https://b"}],
                 "usage":{"prompt_tokens":5,"completion_tokens":7,"total_tokens":12}}"""))
                .isEqualTo(new ChatAnswer(
                        "好",
                        "想",
                        List.of(),
                        List.of(new Hit(3, "https://a", "甲"), new Hit(2, "https://b", "")),
                        null,
                        new Usage(5, 7, 12),
                        Reason.STOP,
                        "as-1",
                        Quota.UNTOLD));
    }

    @Test
    void a_whole_answer_of_v1() {
        assertThat(v1("""
                {"id":"as-2","object":"chat.completion","created":1,"result":"好","is_truncated":false,
                 "need_clear_history":false,"finish_reason":"normal",
                 "search_info":{"is_beset":0,"search_results":[{"index":1,"url":"https://a","title":"甲"}]},
                 "usage":{"prompt_tokens":5,"completion_tokens":0,"total_tokens":12}}"""))
                .isEqualTo(new ChatAnswer(
                        "好",
                        "",
                        List.of(),
                        List.of(new Hit(1, "https://a", "甲")),
                        null,
                        new Usage(5, 7, 12),
                        Reason.STOP,
                        "as-2",
                        Quota.UNTOLD));
    }

    @Test
    void parallel_calls_come_in_their_order_and_content_may_be_null() {
        ChatAnswer answer = v2("""
                {"id":"as-1","choices":[{"message":{"role":"assistant","content":null,"tool_calls":[
                  {"id":"a1","type":"function","function":{"name":"weather","arguments":"{\\"city\\":\\"北京\\"}"}},
                  {"id":"a2","type":"function","function":{"name":"time","arguments":{"zone":8}}}]},
                 "finish_reason":"tool_calls"}]}""");
        assertThat(answer.text()).isEmpty();
        assertThat(answer.toolCalls())
                .containsExactly(
                        new ToolCall("a1", "weather", "{\"city\":\"北京\"}", ""),
                        new ToolCall("a2", "time", "{\"zone\":8}", ""));
        assertThat(answer.reason()).isEqualTo(Reason.TOOL_CALLS);
        assertThat(answer.usage()).isNull();
        assertThat(answer.turn().text()).isEmpty();
    }

    @Test
    void calls_of_an_answer_that_was_cut_or_filtered_are_not_told_and_none_is_no_reason() {
        String call = "{\"id\":\"as-1\",\"choices\":[{\"message\":{\"content\":\"\",\"tool_calls\":"
                + "[{\"id\":\"a\",\"function\":{\"name\":\"%s\",\"arguments\":\"{\"}}]},\"finish_reason\":\"%s\"}]}";
        assertThat(v2(call.formatted("weather", "length")).toolCalls()).isEmpty();
        assertThat(v2(call.formatted("weather", "content_filter")).toolCalls()).isEmpty();
        assertThat(v2(call.formatted("weather", "stop")).reason()).isEqualTo(Reason.TOOL_CALLS);
        assertThat(v2(call.formatted("", "tool_calls")).toolCalls()).isEmpty();
        assertThat(v2(call.formatted("", "tool_calls")).reason()).isEqualTo(Reason.STOP);
    }

    @Test
    void v1s_one_call_keeps_its_thoughts() {
        ChatAnswer answer = v1("""
                {"id":"as-1","result":"","finish_reason":"function_call",
                 "function_call":{"name":"weather","thoughts":"要查天气","arguments":"{}"}}""");
        assertThat(answer.toolCalls()).containsExactly(new ToolCall("", "weather", "{}", "要查天气"));
        assertThat(answer.reason()).isEqualTo(Reason.TOOL_CALLS);
    }

    @ParameterizedTest
    @CsvSource({
        "stop, false, STOP",
        "normal, false, STOP",
        "recover_stop, false, STOP",
        "'', false, STOP",
        "length, false, LENGTH",
        "content_filter, false, CONTENT_FILTER",
        "tool_calls, true, TOOL_CALLS",
        "stop, true, TOOL_CALLS",
        "length, true, LENGTH",
        "content_filter, true, CONTENT_FILTER"
    })
    void the_reason_by_what_is_told_and_what_is_there(String told, boolean calls, Reason reason) {
        String tools = calls ? ",\"tool_calls\":[{\"id\":\"1\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]" : "";
        String finish = told.isEmpty() ? "null" : "\"" + told + "\"";
        assertThat(v2("{\"choices\":[{\"message\":{\"content\":\"a\"" + tools + "},\"finish_reason\":" + finish + "}]}")
                        .reason())
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "normal, true, LENGTH",
        "stop, true, LENGTH",
        "content_filter, true, CONTENT_FILTER",
        "normal, false, STOP",
        "length, false, LENGTH"
    })
    void v1_says_truncated_beside_another_reason(String told, boolean truncated, Reason reason) {
        assertThat(v1("{\"result\":\"a\",\"is_truncated\":" + truncated + ",\"finish_reason\":\"" + told + "\"}")
                        .reason())
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "\"flag\":0|-|-",
                "\"flag\":0,\"ban_round\":0|-|-",
                "\"flag\":1|1|-1",
                "\"flag\":4,\"ban_round\":2|4|2",
                "\"need_clear_history\":true|3|-1",
                "\"need_clear_history\":true,\"ban_round\":0|3|0",
                "\"need_clear_history\":true,\"flag\":4|4|-1",
                "\"need_clear_history\":false|-|-"
            })
    void the_verdict_is_where_the_interface_puts_it(String fields, Integer flag, Integer banRound) {
        Verdict expected = flag == null || banRound == null ? null : new Verdict(flag, banRound);
        ChatAnswer v2 =
                v2("{\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":\"stop\"," + fields + "}]}");
        assertThat(v2.verdict()).isEqualTo(expected);
        assertThat(v1("{\"result\":\"a\"," + fields + "}").verdict()).isEqualTo(expected);
        assertThat(v2.mayBeShown()).isEqualTo(expected == null || expected.flag() < 3);
        assertThat(v2.clearHistory()).isEqualTo(expected != null && expected.flag() >= 2);
    }

    @Test
    void a_longer_answer_than_allowed_is_cut_between_characters_and_says_so() {
        String json =
                "{\"choices\":[{\"message\":{\"content\":\"ab😀c\",\"reasoning\":\"abcd\"},\"finish_reason\":\"stop\"}]}";
        ChatAnswer cut = read(false, 3, json);
        assertThat(cut.text()).isEqualTo("ab");
        assertThat(cut.reasoning()).isEqualTo("abc");
        assertThat(cut.reason()).isEqualTo(Reason.LENGTH);
        assertThat(read(false, 5, json).reason()).isEqualTo(Reason.STOP);
    }

    @Test
    void half_a_character_becomes_the_mark_of_one() {
        assertThat(v1("{\"result\":\"a\\ud83d\"}").text()).isEqualTo("a\uFFFD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"choices\":[]}",
                "{\"choices\":[{}]}",
                "{\"choices\":{\"message\":1}}",
                "{\"result\":\"a\"}"
            })
    void what_is_no_answer_of_v2_is_a_wrong_server(String json) {
        ErnieException thrown = catchThrowableOfType(ErnieException.class, () -> v2(json));
        assertThat(thrown.failure()).isInstanceOf(ChooseAnotherModel.class);
        assertThat(thrown.failure().details().code()).isEqualTo("not_an_answer");
    }

    @Test
    void what_is_no_answer_of_v1_is_a_wrong_server() {
        ErnieException thrown = catchThrowableOfType(
                ErnieException.class, () -> v1("{\"choices\":[{\"message\":{\"content\":\"a\"}}]}"));
        assertThat(thrown.failure()).isInstanceOf(ChooseAnotherModel.class);
    }

    @Test
    void fields_of_other_types_than_expected_count_as_absent() {
        ChatAnswer odd = v2("""
                {"id":7,"choices":[{"message":{"content":["a"],"reasoning_content":{},"tool_calls":"x"},
                 "finish_reason":3,"flag":"x"}],"search_results":5,"usage":[]}""");
        assertThat(odd.text()).isEmpty();
        assertThat(odd.toolCalls()).isEmpty();
        assertThat(odd.verdict()).isNull();
        assertThat(odd.usage()).isNull();
        assertThat(odd.requestId()).isEmpty();
    }
}
