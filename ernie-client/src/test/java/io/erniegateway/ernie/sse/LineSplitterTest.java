package io.erniegateway.ernie.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.sse.LineSplitter.Input;
import io.erniegateway.ernie.sse.LineSplitter.Step;
import org.junit.jupiter.api.Test;

class LineSplitterTest {

    @Test
    void a_line_that_is_whole_in_the_input_is_not_copied() {
        LineSplitter lines = new LineSplitter(100);
        byte[] bytes = "one\r\ntwo\nthr".getBytes(UTF_8);
        Input input = new Input(bytes, 0, bytes.length);
        assertThat(lines.take(input)).isEqualTo(Step.LINE);
        assertThat(lines.bytes()).isSameAs(bytes);
        assertThat(lines.text()).isEqualTo("one");
        assertThat(lines.take(input)).isEqualTo(Step.LINE);
        assertThat(lines.text()).isEqualTo("two");
        assertThat(lines.capacity()).isZero();
        assertThat(lines.take(input)).isEqualTo(Step.NEEDS_MORE);
        assertThat(lines.atStartOfLine()).isFalse();
        assertThat(lines.takeRest()).isTrue();
        assertThat(lines.text()).isEqualTo("thr");
        assertThat(lines.takeRest()).isFalse();
    }

    @Test
    void the_limit_is_of_the_line_without_its_newline() {
        byte[] bytes = "12345\n123456\n".getBytes(UTF_8);
        LineSplitter whole = new LineSplitter(5);
        Input input = new Input(bytes, 0, bytes.length);
        assertThat(whole.take(input)).isEqualTo(Step.LINE);
        assertThat(whole.take(input)).isEqualTo(Step.TOO_LONG);
        LineSplitter pieces = new LineSplitter(5);
        assertThat(pieces.take(new Input(bytes, 0, 3))).isEqualTo(Step.NEEDS_MORE);
        assertThat(pieces.take(new Input(bytes, 3, 3))).isEqualTo(Step.LINE);
        assertThat(pieces.text()).isEqualTo("12345");
        assertThat(pieces.take(new Input(bytes, 6, 3))).isEqualTo(Step.NEEDS_MORE);
        assertThat(pieces.take(new Input(bytes, 9, 3))).isEqualTo(Step.TOO_LONG);
    }

    @Test
    void ten_thousand_waiting_streams_keep_little_each() {
        StreamDecoder decoder = Decoding.decoder(Dialect.QIANFAN_V2, 1_000_000, 1_000_000);
        assertThat(decoder.retainedBytes()).isZero();
        byte[] usual = Recorded.TOKENS.getBytes(UTF_8);
        int half = usual.length / 2;
        for (int at = 0; at < half; at += 20) {
            decoder.feed(usual, at, 20);
            assertThat(decoder.retainedBytes()).isLessThanOrEqualTo(2_048);
        }
    }

    @Test
    void the_place_of_a_giant_line_is_given_back() {
        StreamDecoder decoder = Decoding.decoder(Dialect.QIANFAN_V2, 1_000_000, 1_000_000);
        byte[] giant =
                ("data: {\"choices\":[{\"delta\":{\"content\":\"" + "字".repeat(200_000) + "\"}}]}").getBytes(UTF_8);
        for (int at = 0; at < giant.length; at += 8_000) {
            decoder.feed(giant, at, Math.min(8_000, giant.length - at));
        }
        assertThat(decoder.retainedBytes()).isBetween(giant.length, 1_000_001);
        decoder.feed(new byte[] {'\n', 'd'}, 0, 2);
        assertThat(decoder.retainedBytes()).isLessThanOrEqualTo(LineSplitter.MOST_KEPT);
        assertThat(Decoding.drained(decoder).text()).hasSize(200_000);
    }
}
