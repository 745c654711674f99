package io.erniegateway.connectors.slack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.erniegateway.connectors.Rendered;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlackRendererTest {

    @Test
    void styles_become_styled_runs() {
        assertThat(elements("a **b** _c_ ~~d~~ `e` ***f***"))
                .isEqualTo(section("t(a ) t(b)b t( ) t(c)i t( ) t(d)s t( ) t(e)c t( ) t(f)bi"));
    }

    @Test
    void emphasis_beside_chinese_is_rendered() {
        assertThat(elements("**注意：**这是*重点*。")).isEqualTo(section("t(注意：)b t(这是) t(重点)i t(。)"));
    }

    @Test
    void links_are_links_if_a_browser_may_open_them_and_text_otherwise() {
        assertThat(elements("[**x** y](https://a.b/c)")).isEqualTo(section("l(x|https://a.b/c)b l( y|https://a.b/c)"));
        assertThat(elements("<https://a.b>")).isEqualTo(section("l(https://a.b|https://a.b)"));
        assertThat(elements("![alt](https://a.b/x.png)")).isEqualTo(section("l(alt|https://a.b/x.png)"));
        assertThat(elements("[](https://a.b)")).isEqualTo(section("l(https://a.b|https://a.b)"));
        assertThat(elements("[x](javascript:alert(1))")).isEqualTo(section("t(x)"));
        assertThat(elements("[x](/relative)")).isEqualTo(section("t(x)"));
        assertThat(elements("[x](<http://not an address>)")).isEqualTo(section("t(x)"));
        assertThat(elements("[x](https://a.b/" + "y".repeat(3_000) + ")")).isEqualTo(section("t(x)"));
    }

    @Test
    void paragraphs_share_a_section_and_headings_are_bold() {
        assertThat(elements("# Title\n\none\ntwo\n\nthree")).isEqualTo(section("t(Title)b t(\n\none\ntwo\n\nthree)"));
        assertThat(SlackRenderer.render("# Title\n\none\ntwo\n\nthree").text()).isEqualTo("Title\n\none\ntwo\n\nthree");
    }

    @Test
    void a_nested_list_is_a_deeper_list_and_the_numbers_go_on_after_it() {
        String markdown = "1. one\n   - deep **b**\n     1. deeper\n2. two\n\nend";
        assertThat(elements(markdown))
                .isEqualTo("ordered0+0[t(one)] bullet1+0[t(deep ) t(b)b] ordered2+0[t(deeper)] ordered0+1[t(two)] "
                        + section("t(\nend)"));
        assertThat(SlackRenderer.render(markdown).text())
                .isEqualTo("1. one\n    ◦ deep b\n        i. deeper\n2. two\n\nend");
    }

    @Test
    void a_list_may_begin_with_any_number() {
        assertThat(SlackRenderer.render("7. a\n8. b").text()).isEqualTo("7. a\n8. b");
        assertThat(elements("7. a\n8. b")).isEqualTo("ordered0+6[t(a)|t(b)]");
    }

    @Test
    void code_and_quotes_inside_a_list_stand_between_its_pieces() {
        assertThat(elements("- a\n\n  ```\n  code\n  ```\n- b\n\n  > said\n\n  after"))
                .isEqualTo("bullet0+0[t(a)] pre(code) bullet0+0[t(b)] quote(t(said)) " + section("t(after)"));
    }

    @Test
    void tasks_have_boxes() {
        assertThat(SlackRenderer.render("- [ ] todo\n- [x] done\n- [X] too\n- [link](https://a.b)")
                        .text())
                .isEqualTo("• ☐ todo\n• ☑ done\n• ☑ too\n• link");
    }

    @Test
    void an_item_that_a_stream_has_only_begun_is_not_shown_yet() {
        assertThat(SlackRenderer.render("- one\n-").text()).isEqualTo("• one");
        assertThat(SlackRenderer.render("-").isBlank()).isTrue();
        assertThat(elements("1. a\n2.\n3. c")).isEqualTo("ordered0+0[t(a)|t( )|t(c)]");
    }

    @Test
    void code_keeps_every_character() {
        assertThat(elements("```java\nint a = b < c && *d; // `x`\n\n  y\n```"))
                .isEqualTo("pre(int a = b < c && *d; // `x`\n\n  y)");
        assertThat(elements("```\n")).isEmpty();
        assertThat(elements("    indented")).isEqualTo("pre(indented)");
    }

    @Test
    void a_table_is_aligned_text() {
        assertThat(SlackRenderer.render("| 名称 | price |\n|---|---:|\n| 苹果 | 3 |")
                        .text())
                .isEqualTo("名称 │ price\n─────┼──────\n苹果 │ 3");
        assertThat(elements("| a |\n|---|\n| b |")).isEqualTo("pre(a\n─\nb)");
    }

    @Test
    void a_quote_is_flat() {
        assertThat(elements("> a\n>\n> - b\n> - [x] c\n>\n> > d\n>\n> ```\n> e\n> ```"))
                .isEqualTo("quote(t(a\n• b\n• ☑ c\n> d\n) t(e)c)");
    }

    @Test
    void a_rule_is_a_line_of_dashes_and_html_is_text() {
        assertThat(SlackRenderer.render("a\n\n---\n\nb").text()).isEqualTo("a\n\n──────────\n\nb");
        assertThat(SlackRenderer.render("<script>alert(1)</script> <b>x</b>").text())
                .isEqualTo("<script>alert(1)</script> <b>x</b>");
    }

    @Test
    void nothing_a_model_writes_can_call_anybody() {
        Rendered rendered = SlackRenderer.render("a <!channel> <@U1> <#C1> @everyone &lt;!here&gt;");
        assertThat(rendered.text()).isEqualTo("a <!channel> <@U1> <#C1> @everyone <!here>");
        assertThat(elements("<!channel> <@U1>")).isEqualTo(section("t(<!channel> <@U1>)"));
        assertThat(SlackRenderer.escape(rendered.text()))
                .isEqualTo("a &lt;!channel&gt; &lt;@U1&gt; &lt;#C1&gt; @everyone &lt;!here&gt;")
                .doesNotContain("<");
    }

    @Test
    void overrides_of_direction_and_control_characters_are_dropped_wherever_they_stand() {
        assertThat(SlackRenderer.render("a\u202Eb\u202C `c\u2066d\u2069` \u0007e &#x202E;f")
                        .text())
                .isEqualTo("ab cd e f");
        assertThat(SlackRenderer.render("```\na\u202Eb\n```").text()).isEqualTo("ab");
        assertThat(SlackRenderer.render("| a\u202Eb |\n|---|").text()).doesNotContain("\u202E");
        assertThat(elements("[x](https://a.b/\u202Ec)")).isEqualTo(section("t(x)"));
    }

    @Test
    void half_a_surrogate_pair_does_not_break_the_message() {
        Rendered rendered = SlackRenderer.render("a\uD83D b");
        assertThat(rendered.text()).isEqualTo("a\uFFFD b");
        assertThat(rendered.markup()).doesNotContain("\uD83D");
    }

    @Test
    void the_size_is_in_bytes_of_the_escaped_text() {
        assertThat(SlackRenderer.render("汉字").size()).isEqualTo(6);
        assertThat(SlackRenderer.render("a<b").size()).isEqualTo(6);
        assertThat(SlackRenderer.render("😀").size()).isEqualTo(4);
        String long_ = "**a** & 汉\n".repeat(50);
        Rendered rendered = SlackRenderer.render(long_);
        assertThat(rendered.size())
                .isEqualTo(SlackRenderer.escape(rendered.text()).getBytes(UTF_8).length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\n", "```", "-", ">", "\u202E"})
    void nothing_to_see_is_blank(String markdown) {
        assertThat(SlackRenderer.render(markdown).isBlank()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("io.erniegateway.connectors.markdown.Hostile#texts")
    void however_deep_the_nesting_it_renders(String name, String markdown) {
        assertThat(SlackRenderer.render(markdown).text()).endsWith("end");
    }

    private static String section(String runs) {
        return "section(" + runs + ")";
    }

    /** The blocks in a short form: {@code t(text)style}, {@code l(text|url)style}, {@code list+offset[item|item]}. */
    private static String elements(String markdown) {
        try {
            JsonNode blocks =
                    new ObjectMapper().readTree(SlackRenderer.render(markdown).markup());
            StringBuilder out = new StringBuilder();
            for (JsonNode part : blocks.path(0).path("elements")) {
                out.append(out.isEmpty() ? "" : " ").append(part(part));
            }
            return out.toString();
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static String part(JsonNode part) {
        return switch (part.path("type").asText()) {
            case "rich_text_section" -> section(runs(part));
            case "rich_text_quote" -> "quote(" + runs(part) + ")";
            case "rich_text_preformatted" ->
                "pre(" + part.path("elements").path(0).path("text").asText() + ")";
            default -> {
                StringBuilder out = new StringBuilder();
                part.path("elements")
                        .forEach(item -> out.append(out.isEmpty() ? "" : "|").append(runs(item)));
                yield part.path("style").asText() + part.path("indent").asInt() + "+"
                        + part.path("offset").asInt() + "[" + out + "]";
            }
        };
    }

    private static String runs(JsonNode holder) {
        StringBuilder out = new StringBuilder();
        for (JsonNode run : holder.path("elements")) {
            out.append(out.isEmpty() ? "" : " ");
            boolean link = run.path("type").asText().equals("link");
            out.append(link ? "l(" : "t(").append(run.path("text").asText());
            out.append(link ? "|" + run.path("url").asText() : "").append(')');
            JsonNode style = run.path("style");
            out.append(style.has("bold") ? "b" : "").append(style.has("italic") ? "i" : "");
            out.append(style.has("strike") ? "s" : "").append(style.has("code") ? "c" : "");
        }
        return out.toString();
    }
}
