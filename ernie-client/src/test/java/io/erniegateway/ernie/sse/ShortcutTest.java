package io.erniegateway.ernie.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.erniegateway.ernie.Dialect;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which lines are read by a template; and that nobody can tell. */
class ShortcutTest {
    private static final Dialect V2 = Dialect.QIANFAN_V2;
    private static final Dialect V1 = Dialect.QIANFAN_V1;

    /** The first line, the second, and whether the second is read by a template of the first. */
    static Stream<Arguments> pairs() {
        return Stream.of(
                arguments("the same", V2, v2("甲"), v2("甲"), true),
                arguments("other words", V2, v2("甲"), v2("乙丙"), true),
                arguments("no words, then some", V2, v2(""), v2("乙"), true),
                arguments("some, then none", V2, v2("甲"), v2(""), true),
                arguments("escapes", V2, v2("甲"), v2("\\n\\u4f60\\\"\\\\\\/\\b\\f\\r\\t"), true),
                arguments("two halves of a character", V2, v2("\\ud83d"), v2("\\ude00"), true),
                arguments("a quotation mark escaped at the end", V2, v2("甲"), v2("乙\\\""), true),
                arguments("a later time", V2, v2("甲"), v2("乙").replace("1780000000", "1790000001"), true),
                arguments(
                        "a time with more digits", V2, v2("甲"), v2("乙").replace("1780000000", "17800000000000"), true),
                arguments(
                        "a time beyond all numbers", V2, v2("甲"), v2("乙").replace("1780000000", "9".repeat(30)), false),
                arguments("a time with leading zero", V2, v2("甲"), v2("乙").replace("1780000000", "0780000000"), false),
                arguments("a negative time", V2, v2("甲"), v2("乙").replace("1780000000", "-1"), false),
                arguments("a fraction of a time", V2, v2("甲"), v2("乙").replace("1780000000", "17.5"), false),
                arguments("first a fraction of a time", V2, v2("甲").replace("1780000000", "17.5"), v2("乙"), false),
                arguments("another id", V2, v2("甲"), v2("乙").replace("as-1", "as-2"), false),
                arguments("another flag", V2, v2("甲"), v2("乙").replace("\"flag\":0", "\"flag\":4"), false),
                arguments("a flag in both", V2, flagged(v2("甲")), flagged(v2("乙")), true),
                arguments("null", V2, v2("甲"), v2("乙").replace("\"乙\"", "null"), false),
                arguments("null first", V2, v2("甲").replace("\"甲\"", "null"), v2("乙"), false),
                arguments(
                        "a number for words", V2, v2("甲").replace("\"甲\"", "5"), v2("乙").replace("\"乙\"", "6"), false),
                arguments("a raw tab", V2, v2("甲"), v2("乙\t"), false),
                arguments("an unknown escape", V2, v2("甲"), v2("乙\\x"), false),
                arguments("a cut escape", V2, v2("甲"), v2("乙\\u12"), false),
                arguments("an unescaped quotation mark", V2, v2("甲"), v2("乙\"丙"), false),
                arguments("long words", V2, v2("甲"), v2("乙".repeat(1_000)), false),
                arguments("something behind the object", V2, v2("甲") + " {", v2("乙") + " {", true),
                arguments("something else behind it", V2, v2("甲"), v2("乙") + "}", false),
                arguments("another space", V2, v2("甲"), v2("乙").replace("data: ", "data:"), false),
                arguments("another end of line", V2, v2("甲"), v2("乙") + "\r", false),
                arguments("this end of line in both", V2, v2("甲") + "\r", v2("乙") + "\r", true),
                arguments("reasoning", V2, thinking("甲"), thinking("乙"), true),
                arguments("reasoning, then words", V2, thinking("甲"), v2("乙"), false),
                arguments("reasoning under two names", V2, twoNames("甲", ""), twoNames("", "乙"), false),
                arguments("words under one name twice", V2, twice("甲", "\"乙\""), twice("丙", "\"丁\""), false),
                arguments("words hidden by another type", V2, twice("甲", "5"), twice("丙", "5"), false),
                arguments("choices hidden by others", V2, hidden("甲"), hidden("乙"), false),
                arguments("an object where an array belongs", V2, noArray(""), noArray("乙"), false),
                arguments(
                        "an array where an object belongs", V2, "data: [" + v2("甲").substring(6) + "]", v2("乙"), false),
                arguments("the second choice", V2, secondChoice("甲"), secondChoice("乙"), false),
                arguments("a name with a slash", V2, slash("甲"), slash("乙"), false),
                arguments("counts in every chunk", V1, v1("甲", 3, 10), v1("乙", 4, 12), true),
                arguments("counts that are no ints", V1, v1("甲", 3, 10), v1("乙", 4, 99_999_999_999L), false),
                arguments("counts that are texts", V1, texts(v1("甲", 3, 10)), texts(v1("乙", 4, 12)), false),
                arguments(
                        "counts twice",
                        V1,
                        v1("甲", 3, 10).replace("\"usage\"", "\"usage\":{},\"usage\""),
                        v1("乙", 4, 12),
                        false),
                arguments("a later sentence", V1, v1("甲", 3, 10), v1("乙", 3, 10).replace("id\":0", "id\":1"), true),
                arguments(
                        "the last sentence", V1, v1("甲", 3, 10), v1("乙", 3, 10).replace("false", "true"), false),
                arguments(
                        "an error",
                        V1,
                        v1("甲", 3, 10),
                        v1("乙", 3, 10).replace("{\"id\"", "{\"error_code\":18,\"id\""),
                        false),
                arguments(
                        "no stream",
                        V1,
                        v1("甲", 3, 10).substring(6),
                        v1("乙", 3, 10).substring(6),
                        false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void a_line_is_read_by_a_template_only_if_that_gives_the_same(
            String what, Dialect dialect, String first, String second, boolean shortened) {
        byte[] stream = (first + "\n\n" + second + "\n\n" + second + "\n\n").getBytes(UTF_8);
        byte[] two = (first + "\n\n" + second + "\n").getBytes(UTF_8);
        StreamDecoder decoder = Decoding.decoder(dialect);
        decoder.feed(two, 0, two.length);
        assertThat(decoder.shortenedLines()).as(what).isEqualTo(shortened ? 1 : 0);
        Decoding slow = Decoding.slowly(dialect, stream, Decoding.LINE_BYTES, Decoding.ANSWER_CHARACTERS);
        for (int packet : new int[] {stream.length, 1, 7, 64}) {
            assertThat(Decoding.of(dialect, stream, packet)).isEqualTo(slow);
        }
    }

    @Test
    void a_byte_order_mark_is_no_pattern() {
        byte[] stream = ("\uFEFF" + v2("甲") + "\n\uFEFF" + v2("乙") + "\n").getBytes(UTF_8);
        assertThat(Decoding.of(V2, stream, stream.length))
                .isEqualTo(Decoding.slowly(V2, stream, Decoding.LINE_BYTES, Decoding.ANSWER_CHARACTERS));
        assertThat(Decoding.of(V2, stream, stream.length).text()).isEqualTo("甲");
    }

    @Test
    void nearly_all_of_an_answer_goes_the_short_way_however_it_is_split() {
        StringBuilder stream = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            stream.append(v2("字" + i)).append("\n\n");
        }
        byte[] bytes = stream.toString().getBytes(UTF_8);
        for (int packet : new int[] {bytes.length, 8192, 200, 10}) {
            StreamDecoder decoder = Decoding.decoder(V2);
            for (int at = 0; at < bytes.length; at += packet) {
                decoder.feed(bytes, at, Math.min(packet, bytes.length - at));
            }
            assertThat(decoder.shortenedLines()).as("in packets of %d", packet).isEqualTo(199);
        }
    }

    @Test
    void a_stream_that_never_repeats_itself_is_soon_given_up() {
        StreamDecoder decoder = Decoding.decoder(V2);
        String usual = v2("甲") + "\n";
        for (int i = 0; i < 20; i++) {
            feed(decoder, v2("甲").replace("as-1", "other-" + i) + "\n");
        }
        feed(decoder, usual + usual);
        assertThat(decoder.shortenedLines()).isZero();
    }

    @Test
    void a_template_does_not_stretch_the_longest_line() {
        int longest = v2("甲").getBytes(UTF_8).length;
        StreamDecoder decoder = Decoding.decoder(V2, longest, 1_000);
        feed(decoder, v2("甲") + "\n" + v2("乙") + "\n");
        assertThat(decoder.shortenedLines()).isEqualTo(1);
        feed(decoder, v2("乙丙") + "\n");
        assertThat(decoder.state()).isInstanceOf(StreamDecoder.State.Failed.class);
    }

    private static void feed(StreamDecoder decoder, String lines) {
        byte[] bytes = lines.getBytes(UTF_8);
        decoder.feed(bytes, 0, bytes.length);
    }

    private static String v2(String text) {
        return "data: {\"id\":\"as-1\",\"created\":1780000000,\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
                + text + "\"},\"flag\":0}]}";
    }

    private static String flagged(String line) {
        return line.replace("\"flag\":0", "\"flag\":2,\"ban_round\":3");
    }

    private static String thinking(String text) {
        return v2("").replace("{\"content\"", "{\"reasoning_content\":\"" + text + "\",\"content\"");
    }

    private static String twoNames(String one, String other) {
        return v2("x").replace(
                        "{\"content\"",
                        "{\"reasoning_content\":\"" + one + "\",\"reasoning\":\"" + other + "\",\"content\"");
    }

    private static String twice(String text, String other) {
        return v2(text).replace("\"},\"flag\"", "\",\"content\":" + other + "},\"flag\"");
    }

    private static String hidden(String text) {
        return v2(text).replace("]}", "],\"choices\":[]}");
    }

    private static String noArray(String text) {
        return "data: {\"choices\":{\"0\":{\"delta\":{\"content\":\"" + text + "\"}}}}";
    }

    private static String secondChoice(String text) {
        return v2(text).replace("[{\"index\"", "[{},{\"index\"");
    }

    private static String slash(String text) {
        return "data: {\"choices/0/delta/content\":\"" + text + "\",\"choices\":[]}";
    }

    private static String v1(String text, long prompt, long total) {
        return "data: {\"id\":\"as-1\",\"sentence_id\":0,\"is_end\":false,\"result\":\"" + text
                + "\",\"usage\":{\"prompt_tokens\":" + prompt + ",\"completion_tokens\":0,\"total_tokens\":" + total
                + "}}";
    }

    private static String texts(String line) {
        return line.replaceAll("_tokens\":([0-9]+)", "_tokens\":\"$1\"");
    }
}
