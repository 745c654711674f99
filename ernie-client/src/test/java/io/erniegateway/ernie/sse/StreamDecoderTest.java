package io.erniegateway.ernie.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieEvent.Finished;
import io.erniegateway.ernie.ErnieEvent.Finished.Reason;
import io.erniegateway.ernie.ErnieEvent.Searching;
import io.erniegateway.ernie.ErnieEvent.Text;
import io.erniegateway.ernie.ErnieEvent.Usage;
import io.erniegateway.ernie.ErnieEvent.Verdict;
import io.erniegateway.ernie.ErnieFailure;
import io.erniegateway.ernie.ErnieFailure.ChooseAnotherModel;
import io.erniegateway.ernie.ErnieFailure.GiveUp;
import io.erniegateway.ernie.ErnieFailure.RetryLater;
import io.erniegateway.ernie.sse.StreamDecoder.State;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StreamDecoderTest {

    static List<Recorded> recorded() {
        return Recorded.all();
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void every_split_into_two_packets_gives_the_same_events(Recorded recorded) {
        byte[] bytes = recorded.stream().getBytes(UTF_8);
        Decoding whole = Decoding.of(recorded.dialect(), recorded.stream());
        assertThat(whole.events()).isNotEmpty();
        for (int split = 1; split < bytes.length; split++) {
            StreamDecoder decoder = Decoding.decoder(recorded.dialect());
            decoder.feed(bytes, 0, split);
            decoder.feed(bytes, split, bytes.length - split);
            decoder.end();
            assertThat(Decoding.drained(decoder)).as("split at %d", split).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void single_bytes_give_the_same_events(Recorded recorded) {
        assertThat(Decoding.of(recorded.dialect(), recorded.stream().getBytes(UTF_8), 1))
                .isEqualTo(Decoding.of(recorded.dialect(), recorded.stream()));
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void every_early_end_is_a_failure_and_never_a_finish(Recorded recorded) {
        byte[] bytes = recorded.stream().getBytes(UTF_8);
        int endMark = recorded.stream()
                .substring(
                        0,
                        Math.max(
                                        recorded.stream().indexOf("\"finish_reason\":\""),
                                        recorded.stream().indexOf("\"is_end\":true"))
                                + 1)
                .getBytes(UTF_8)
                .length;
        for (int end = 0; end < endMark; end++) {
            StreamDecoder decoder = Decoding.decoder(recorded.dialect());
            decoder.feed(bytes, 0, end);
            decoder.end();
            Decoding cut = Decoding.drained(decoder);
            assertThat(cut.events()).as("cut at %d", end).noneMatch(Finished.class::isInstance);
            assertThat(cut.state()).as("cut at %d", end).isInstanceOf(State.Failed.class);
        }
    }

    @Test
    void v2_gives_text_verdict_usage_and_end_in_this_order() {
        assertThat(Decoding.of(Dialect.QIANFAN_V2, Recorded.V2).events())
                .containsExactly(
                        new Text("你好"),
                        new Searching(),
                        new Verdict(1, -1),
                        new Text("，世界 👩‍🚀𠮷"),
                        new Usage(1, 2, 3),
                        new Finished(Reason.STOP));
        assertThat(Decoding.of(Dialect.QIANFAN_V2, Recorded.V2).requestId()).isEqualTo("as-x1");
    }

    @Test
    void reasoning_is_no_part_of_the_answer_and_is_read_under_both_names() {
        Decoding baidu = Decoding.of(Dialect.QIANFAN_V2, Recorded.THINKING);
        assertThat(baidu.reasoning()).isEqualTo("让我想想");
        assertThat(baidu.text()).isEqualTo("四十二");
        assertThat(baidu.events().getLast()).isEqualTo(new Finished(Reason.LENGTH));
        Decoding vllm = Decoding.of(Dialect.OPENAI, Recorded.OPENAI);
        assertThat(vllm.reasoning()).isEqualTo("嗯");
        assertThat(vllm.text()).isEqualTo("héllo");
        assertThat(vllm.events()).contains(new Usage(4, 5, 9));
    }

    @Test
    void v1_counts_by_subtraction_in_the_last_chunk() {
        assertThat(Decoding.of(Dialect.QIANFAN_V1, Recorded.V1).events())
                .containsExactly(
                        new Text("根据我的分析，"), new Text("答案是四十二。"), new Usage(7, 10, 17), new Finished(Reason.STOP));
    }

    @Test
    void an_error_line_fails_after_the_text_before_it() {
        Decoding decoding = Decoding.of(Dialect.QIANFAN_V1, Recorded.V1_ERROR_LINE);
        assertThat(decoding.text()).isEqualTo("开头");
        assertThat(failure(decoding)).isInstanceOf(RetryLater.class);
        assertThat(failure(decoding).details().code()).isEqualTo("336100");
        assertThat(failure(decoding).details().requestId()).isEqualTo("as-v2");
    }

    @Test
    void an_error_object_inside_a_v2_stream_fails() {
        Decoding decoding = Decoding.of(Dialect.QIANFAN_V2, """
                data: {"choices":[{"delta":{"content":"a"}}]}

                data: {"error":{"code":"internal_error","message":"x"},"id":"as-9"}

                """);
        assertThat(decoding.text()).isEqualTo("a");
        assertThat(failure(decoding)).isInstanceOf(RetryLater.class);
    }

    @ParameterizedTest
    @CsvSource({
        "stop, STOP",
        "normal, STOP",
        "recover_stop, STOP",
        "length, LENGTH",
        "content_filter, CONTENT_FILTER",
        "tool_calls, STOP",
        "function_call, STOP"
    })
    void every_finish_reason_has_a_meaning(String wire, Reason expected) {
        Decoding decoding = Decoding.of(
                Dialect.QIANFAN_V2, "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"" + wire + "\"}]}\n");
        assertThat(decoding.events()).containsExactly(new Finished(expected));
    }

    @Test
    void of_several_finish_reasons_the_worst_counts() {
        String chunk = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"%s\"}]}\n";
        String[] mildestFirst = {"stop", "length", "content_filter"};
        Reason[] reasons = {Reason.STOP, Reason.LENGTH, Reason.CONTENT_FILTER};
        for (int one = 0; one < mildestFirst.length; one++) {
            for (int other = 0; other < mildestFirst.length; other++) {
                String stream = chunk.formatted(mildestFirst[one]) + chunk.formatted(mildestFirst[other]);
                assertThat(Decoding.of(Dialect.QIANFAN_V2, stream).events())
                        .containsExactly(new Finished(reasons[Math.max(one, other)]));
            }
        }
    }

    @Test
    void done_without_a_finish_reason_is_a_cut() {
        Decoding decoding = Decoding.of(
                Dialect.QIANFAN_V2, "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\ndata: [DONE]\n\n");
        assertThat(failure(decoding)).isInstanceOf(RetryLater.class);
        assertThat(failure(decoding).details().code()).isEqualTo("cut");
    }

    @Test
    void v1_with_a_finish_reason_but_without_is_end_is_a_cut() {
        Decoding decoding = Decoding.of(
                Dialect.QIANFAN_V1, "data: {\"result\":\"a\",\"finish_reason\":\"normal\",\"is_end\":false}\n\n");
        assertThat(failure(decoding).details().code()).isEqualTo("cut");
    }

    @Test
    void v1_tells_truncation_filter_and_function_calls() {
        assertThat(lastOfV1("\"is_truncated\":true")).isEqualTo(new Finished(Reason.LENGTH));
        assertThat(lastOfV1("\"finish_reason\":\"content_filter\"")).isEqualTo(new Finished(Reason.CONTENT_FILTER));
        assertThat(lastOfV1("\"function_call\":{\"name\":\"f\",\"arguments\":\"{}\"}"))
                .isEqualTo(new Finished(Reason.TOOL_CALLS));
    }

    @Test
    void v1_need_clear_history_is_a_verdict_that_retracts() {
        Decoding decoding = Decoding.of(
                Dialect.QIANFAN_V1,
                "data: {\"result\":\"抱歉\",\"is_end\":true,\"need_clear_history\":true,\"ban_round\":2}\n\n");
        assertThat(decoding.events()).containsExactly(new Verdict(3, 2), new Text("抱歉"), new Finished(Reason.STOP));
    }

    @Test
    void a_flag_on_every_chunk_is_told_once_and_a_worse_one_again() {
        String chunk = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"flag\":%d,\"ban_round\":-1}]}\n\n";
        Decoding decoding = Decoding.of(
                Dialect.QIANFAN_V2, chunk.formatted(0) + chunk.formatted(1) + chunk.formatted(1) + chunk.formatted(4));
        assertThat(decoding.events())
                .containsExactly(
                        new Text("a"),
                        new Verdict(1, -1),
                        new Text("a"),
                        new Text("a"),
                        new Verdict(4, -1),
                        new Text("a"));
    }

    @Test
    void broken_utf8_becomes_the_replacement_character() {
        byte[] bytes = "data: {\"result\":\"a?b\",\"is_end\":true}\n".getBytes(UTF_8);
        bytes["data: {\"result\":\"a".length()] = (byte) 0xFF;
        assertThat(Decoding.of(Dialect.QIANFAN_V1, bytes, 5).text()).isEqualTo("a\uFFFDb");
    }

    @Test
    void a_surrogate_pair_escaped_over_two_chunks_is_one_character() {
        String chunk = "data: {\"result\":\"%s\",\"is_end\":%s}\n";
        assertThat(Decoding.of(
                                Dialect.QIANFAN_V1,
                                chunk.formatted("x\\ud83d", false) + chunk.formatted("\\ude00y", true))
                        .text())
                .isEqualTo("x😀y");
        assertThat(Decoding.of(Dialect.QIANFAN_V1, chunk.formatted("x\\ude00\\ud83d", true))
                        .text())
                .isEqualTo("x\uFFFD\uFFFD");
    }

    @Test
    void a_line_of_more_than_64_kilobytes_is_read() {
        String long1 = "字".repeat(30_000);
        StreamDecoder decoder = Decoding.decoder(Dialect.QIANFAN_V1, 200_000, 100_000);
        byte[] bytes = ("data: {\"result\":\"" + long1 + "\",\"is_end\":true}").getBytes(UTF_8);
        decoder.feed(bytes, 0, bytes.length);
        decoder.end();
        assertThat(Decoding.drained(decoder).text()).isEqualTo(long1);
    }

    @Test
    void a_line_beyond_the_limit_is_refused_before_it_ends() {
        StreamDecoder decoder = Decoding.decoder(Dialect.QIANFAN_V2, 2_000, 100);
        byte[] bytes = ("data: {\"x\":\"" + "y".repeat(3_000)).getBytes(UTF_8);
        decoder.feed(bytes, 0, bytes.length);
        Decoding decoding = Decoding.drained(decoder);
        assertThat(failure(decoding)).isInstanceOf(GiveUp.class);
        assertThat(failure(decoding).details().code()).isEqualTo("line_too_long");
    }

    @Test
    void an_answer_beyond_the_limit_ends_with_length_and_never_with_half_a_character() {
        StreamDecoder decoder = Decoding.decoder(Dialect.QIANFAN_V2, 2_000, 4);
        byte[] bytes = "data: {\"choices\":[{\"delta\":{\"content\":\"abc😀def\"}}]}\n".getBytes(UTF_8);
        decoder.feed(bytes, 0, bytes.length);
        Decoding decoding = Decoding.drained(decoder);
        assertThat(decoding.events()).containsExactly(new Text("abc"), new Finished(Reason.LENGTH));
        assertThat(decoding.state()).isEqualTo(new State.Ended(false));
    }

    @Test
    void endless_reasoning_ends_too() {
        StreamDecoder decoder = Decoding.decoder(Dialect.QIANFAN_V2, 2_000, 10);
        byte[] bytes = "data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"123456\"}}]}\n".getBytes(UTF_8);
        decoder.feed(bytes, 0, bytes.length);
        decoder.feed(bytes, 0, bytes.length);
        Decoding decoding = Decoding.drained(decoder);
        assertThat(decoding.reasoning()).isEqualTo("1234561234");
        assertThat(decoding.events().getLast()).isEqualTo(new Finished(Reason.LENGTH));
    }

    @Test
    void what_is_no_json_object_fails_typed() {
        for (String data : List.of("garbage", "{\"a\":", "[1]", "5", "\"x\"", "null")) {
            Decoding decoding = Decoding.of(Dialect.QIANFAN_V2, "data: " + data + "\n\n");
            assertThat(failure(decoding).details().code()).as(data).isEqualTo("malformed");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"choices":[{"delta":{"content":"a"}}]} {"x"       | a
            {"choices":[{"delta":{"content":"a"}}]}}}]garbage  | a
            {"choices":[{"delta":{"content":"x","content":"a"}}]} | a
            {"choices":[],"choices":[{"delta":{"content":"a"}}]} | a
            {"choices":[{"delta":{"content":"x"},"delta":{"content":"a"}}]} | a
            {"created":1e400000000,"choices":[{"index":-0.0E-99,"delta":{"content":"a"}}]} | a
            {"created":99999999999999999999999999999999,"choices":[{"delta":{"content":"a"},"ban_round":1e999}]} | a
            {"choices":[{"delta":{"content":"a"},"flag":"0","finish_reason":7}],"usage":[]} | a
            {"choices":[{"delta":{"content":"a","reasoning_content":{},"tool_calls":{}}}],"search_results":7} | a
            """)
    void odd_but_whole_json_is_read(String json, String text) {
        Decoding decoding = Decoding.of(Dialect.QIANFAN_V2, "data: " + json + "\n\n");
        assertThat(decoding.events()).containsExactly(new Text(text));
    }

    @Test
    void json_that_would_cost_too_much_fails_typed() {
        for (String data : List.of("[".repeat(50_000), "{\"a\":".repeat(10_000), "{\"a\":" + "9".repeat(5_000) + "}")) {
            Decoding decoding = Decoding.of(Dialect.QIANFAN_V2, "data: " + data + "\n\n");
            assertThat(failure(decoding).details().code()).isEqualTo("malformed");
        }
    }

    @Test
    void a_web_page_is_named_as_such() {
        Decoding decoding = Decoding.of(Dialect.QIANFAN_V2, "<html>\n");
        assertThat(failure(decoding)).isInstanceOf(ChooseAnotherModel.class);
        assertThat(failure(decoding).details().message()).contains("<html>", "baseUrl");
    }

    @Test
    void text_that_contains_the_word_event_is_not_lost() {
        Decoding decoding = Decoding.of(Dialect.QIANFAN_V2, """
                event: message
                id: 7
                retry: 5
                data: {"choices":[{"delta":{"content":"event: data: [DONE]"},"finish_reason":"stop"}]}

                """);
        assertThat(decoding.text()).isEqualTo("event: data: [DONE]");
    }

    @Test
    void a_byte_order_mark_and_a_missing_last_newline_do_no_harm() {
        assertThat(Decoding.of(Dialect.QIANFAN_V1, "\uFEFFdata: {\"result\":\"a\",\"is_end\":true}")
                        .text())
                .isEqualTo("a");
    }

    private static Object lastOfV1(String fields) {
        return Decoding.of(Dialect.QIANFAN_V1, "data: {\"result\":\"\",\"is_end\":true," + fields + "}\n")
                .events()
                .getLast();
    }

    private static ErnieFailure failure(Decoding decoding) {
        assertThat(decoding.state()).isInstanceOf(State.Failed.class);
        return ((State.Failed) decoding.state()).failure();
    }
}
