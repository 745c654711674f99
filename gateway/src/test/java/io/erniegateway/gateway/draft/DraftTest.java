package io.erniegateway.gateway.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.erniegateway.connectors.Rendered;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DraftTest {
    private static final String LOREM = "春眠不觉晓，处处闻啼鸟。夜来风雨声，花落知多少？ The quick brown fox jumps over the lazy dog. ";

    /** A platform that shows the source as it is and counts UTF-8 bytes, like Slack. */
    private static Rendered bytes(String markdown) {
        return new Rendered(markdown, "", markdown.getBytes(StandardCharsets.UTF_8).length);
    }

    private static Draft finished(String text, int maxSize) {
        Draft draft = new Draft(DraftTest::bytes, maxSize, false);
        draft.append(text);
        draft.finish();
        return draft;
    }

    private static List<String> parts(Draft draft) {
        return draft.parts().stream().map(Rendered::text).toList();
    }

    @Test
    void a_short_answer_is_one_part_exactly_as_the_model_wrote_it() {
        assertThat(parts(finished("你好 **world**", 100))).containsExactly("你好 **world**");
    }

    @Test
    void nothing_is_shown_while_there_is_nothing_to_see() {
        Draft draft = new Draft(DraftTest::bytes, 100, false);
        draft.append("\n ");
        assertThat(draft.parts()).isEmpty();
        draft.append("**");
        assertThat(draft.parts()).isEmpty();
        draft.append("a");
        assertThat(parts(draft)).containsExactly("\n **a**");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 5000})
    void the_parts_of_a_long_answer_join_to_the_whole_and_each_fits(int chunk) {
        String text = LOREM.repeat(300);
        Draft draft = new Draft(DraftTest::bytes, 4000, false);
        for (int i = 0; i < text.length(); i += chunk) {
            draft.append(text.substring(i, Math.min(text.length(), i + chunk)));
            if (i % 700 < chunk) {
                assertThat(draft.parts()).allMatch(part -> part.size() <= 4000);
            }
        }
        draft.finish();
        assertThat(String.join("", parts(draft))).isEqualTo(text);
        assertThat(draft.parts()).allMatch(part -> part.size() <= 4000).hasSizeGreaterThan(8);
    }

    @Test
    void a_closed_part_never_changes_again() {
        Draft draft = new Draft(DraftTest::bytes, 1000, false);
        draft.append(LOREM.repeat(20));
        List<Rendered> before = draft.parts();
        draft.append(LOREM.repeat(20));
        assertThat(draft.parts().subList(0, before.size() - 1)).isEqualTo(before.subList(0, before.size() - 1));
    }

    @Test
    void a_part_ends_at_a_paragraph_if_there_is_one_in_reach() {
        String first = "甲".repeat(700) + "\n\n";
        String second = "乙".repeat(700);
        assertThat(parts(finished(first + second, 3000))).containsExactly(first, second);
    }

    @Test
    void a_part_ends_at_a_sentence_if_there_is_no_line() {
        String first = "甲".repeat(600) + "。";
        assertThat(parts(finished(first + "乙".repeat(700), 3000)).getFirst()).isEqualTo(first);
    }

    @Test
    void a_cut_never_tears_an_emoji_or_an_accent() {
        String family = "👨‍👩‍👧‍👦";
        List<String> parts = parts(finished(family.repeat(200), 1000));
        assertThat(parts)
                .hasSizeGreaterThan(4)
                .allMatch(part -> part.replace(family, "").isEmpty());
        assertThat(parts(finished("e\u0301".repeat(900), 1000))).allMatch(part -> part.startsWith("e"));
    }

    @Test
    void a_code_block_that_is_cut_is_closed_and_opened_again_with_its_language() {
        String code = "line of code();\n".repeat(200);
        List<String> parts = parts(finished("Look:\n\n```java\n" + code + "```\n\nDone.", 2000));
        assertThat(parts).hasSizeGreaterThan(1);
        assertThat(parts.getFirst()).startsWith("Look:\n\n```java\n").endsWith("();\n```");
        assertThat(parts.get(1)).startsWith("```java\nline of code();");
        assertThat(parts.getLast()).endsWith("```\n\nDone.");
        String joined = parts.stream()
                .collect(Collectors.joining())
                .replace("```java\n", "")
                .replace("\n```", "\n");
        assertThat(joined.replace("\n\n", "\n")).contains(code);
    }

    @Test
    void a_retraction_leaves_nothing_of_the_old_text() {
        Draft draft = new Draft(DraftTest::bytes, 1000, false);
        draft.append(LOREM.repeat(40));
        assertThat(draft.parts()).hasSizeGreaterThan(2);
        draft.replace("sorry");
        assertThat(parts(draft)).containsExactly("sorry");
    }

    @Test
    void a_megabyte_in_one_piece_is_cut_without_a_search_over_the_whole() {
        Draft draft = finished(LOREM.repeat(15_000), 4000);
        assertThat(String.join("", parts(draft))).hasSize(LOREM.length() * 15_000);
    }

    @Test
    void the_version_tells_whether_there_may_be_something_new() {
        Draft draft = new Draft(DraftTest::bytes, 1000, false);
        long empty = draft.version();
        draft.append("a");
        long one = draft.version();
        assertThat(one).isNotEqualTo(empty);
        draft.finish();
        assertThat(draft.version()).isNotEqualTo(one);
        long end = draft.version();
        draft.finish();
        assertThat(draft.version()).isEqualTo(end);
        assertThatThrownBy(() -> draft.append("b")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void what_cannot_be_carried_over_does_not_stop_the_cutting() {
        String fence = "```" + "x".repeat(1400) + "\n" + "汉".repeat(1400);
        assertThat(String.join("", parts(finished(fence, 4000)))).contains("汉".repeat(100));
        String stacked = "e" + "\u0301".repeat(3000);
        assertThat(parts(finished(stacked, 1000))).hasSizeLessThan(20);
    }

    @Test
    void any_text_in_any_pieces_comes_out_whole() {
        Random random = new Random(20261124);
        String alphabet = "ab 。，\n\n*_`~[]()|#-1.中文😀\u200D👩🏽e\u0301";
        for (int round = 0; round < 300; round++) {
            StringBuilder text = new StringBuilder("x");
            int[] points = alphabet.codePoints().toArray();
            for (int i = 0, n = random.nextInt(600); i < n; i++) {
                text.appendCodePoint(points[random.nextInt(points.length)]);
            }
            Draft draft = new Draft(DraftTest::bytes, 200, false);
            int at = 0;
            while (at < text.length()) {
                int to = Math.min(text.length(), at + 1 + random.nextInt(30));
                draft.append(text.substring(at, to));
                at = to;
                assertThat(draft.parts()).allMatch(part -> part.size() <= 200);
            }
            draft.finish();
            String shown = String.join("", parts(draft));
            // Only a fence that was cut adds lines of its own.
            if (!text.toString().contains("```") && !text.toString().contains("~~~")) {
                assertThat(shown.strip()).isEqualTo(text.toString().strip());
            }
        }
    }
}
