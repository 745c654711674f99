package io.erniegateway.gateway.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.connectors.markdown.Markdown;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiveMarkdownTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            value = {
                "plain text → plain text",
                "**bold → **bold**",
                "**bold* → **bold**",
                "**bold** → **bold**",
                "a *b → a *b*",
                "a ** → 'a '",
                "`code → `code`",
                "`` → ''",
                "``a`b → ``a`b``",
                "~~gone → ~~gone~~",
                "see [the do → 'see '",
                "see [the docs] → 'see '",
                "see [the docs](http://x → 'see '",
                "see [the docs](http://x) → see [the docs](http://x)",
                "see ![img](http://x → 'see '",
                "5*3 and snake_case → 5*3 and snake_case",
                "**粗体和*斜体 → **粗体和*斜体***",
                "a **b  → a **b**"
            })
    void what_is_half_written_is_closed_or_held_back(String written, String shown) {
        assertThat(LiveMarkdown.showable(written)).isEqualTo(shown);
    }

    @Test
    void a_heading_list_or_rule_marker_waits_for_its_text() {
        assertThat(LiveMarkdown.showable("Title\n--")).isEqualTo("Title");
        assertThat(LiveMarkdown.showable("a\n##")).isEqualTo("a");
        assertThat(LiveMarkdown.showable("a\n1.")).isEqualTo("a");
        assertThat(LiveMarkdown.showable("a\n1. b")).isEqualTo("a\n1. b");
    }

    @Test
    void a_table_appears_with_its_rule_and_grows_by_whole_rows() {
        assertThat(LiveMarkdown.showable("x\n\n| a | b |")).isEqualTo("x\n\n");
        assertThat(LiveMarkdown.showable("x\n\n| a | b |\n|--")).isEqualTo("x\n\n");
        String head = "x\n\n| a | b |\n|---|---|\n";
        assertThat(LiveMarkdown.showable(head)).isEqualTo(head);
        assertThat(LiveMarkdown.showable(head + "| 1 |")).isEqualTo(head);
        assertThat(LiveMarkdown.showable(head + "| 1 | 2 |\n")).isEqualTo(head + "| 1 | 2 |\n");
    }

    @Test
    void an_opening_fence_waits_for_its_line_and_a_closing_one_is_never_text() {
        assertThat(LiveMarkdown.showable("a\n\n```ja")).isEqualTo("a\n");
        assertThat(LiveMarkdown.showable("a\n\n```java\nint x")).isEqualTo("a\n\n```java\nint x");
        assertThat(LiveMarkdown.showable("a\n\n```java\nint x;\n``")).isEqualTo("a\n\n```java\nint x;");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "**注意：**这是*重点*，用 `code` 和 ~~删除~~。\n\n# 标题\n\n- 一 **粗**\n- 二\n\n1. x\n2. y\n\n[链接](https://example.com) 完。",
                "Intro **bold _both_** and `a*b` text.\n\n```java\nint a = 3 * 4; // **x**\n```\n\n| 名称 | 价 |\n|---|---|\n| 苹果 | **3** |\n\nend *it* now",
                "> quote **b**\n> more\n\nText with snake_case and 5 * 3 and a_b_c.\n\n* star list\n* two **bold**\n",
            })
    void no_marker_ever_flashes_and_the_text_never_gets_shorter(String markdown) {
        String whole = visible(markdown);
        int longest = 0;
        for (int end = 1; end <= markdown.length(); end++) {
            String shown = visible(LiveMarkdown.showable(markdown.substring(0, end)));
            assertThat(whole).as("prefix of %s characters", end).startsWith(shown);
            longest = Math.max(longest, shown.length());
        }
        assertThat(longest).isGreaterThan(whole.length() / 2);
    }

    private static String visible(String markdown) {
        StringBuilder out = new StringBuilder();
        Markdown.parse(markdown).accept(new AbstractVisitor() {
            @Override
            public void visit(Text text) {
                out.append(text.getLiteral());
            }

            @Override
            public void visit(Code code) {
                out.append(code.getLiteral());
            }

            @Override
            public void visit(FencedCodeBlock code) {
                out.append(code.getLiteral().strip());
            }

            @Override
            public void visit(SoftLineBreak soft) {
                out.append(' ');
            }

            @Override
            public void visit(HardLineBreak hard) {
                out.append(' ');
            }
        });
        return out.toString().strip();
    }
}
