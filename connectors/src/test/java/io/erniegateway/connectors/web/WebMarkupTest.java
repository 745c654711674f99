package io.erniegateway.connectors.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.connectors.Rendered;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WebMarkupTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            value = {
                "**注意：**这是 ¦ <p><strong>注意：</strong>这是</p>",
                "a\\nb ¦ <p>a<br />\\nb</p>",
                "[x](javascript:alert(1)) ¦ <p><a>x</a></p>",
                "[x](data:text/html,hi) ¦ <p><a>x</a></p>",
                "<img src=x onerror=alert(1)> ¦ <p>&lt;img src=x onerror=alert(1)&gt;</p>",
                "- [x] done ¦ <ul>\\n<li>☑ done</li>\\n</ul>",
                "- [ ] **todo** ¦ <ul>\\n<li>☐ <strong>todo</strong></li>\\n</ul>",
                "\u202Eabc\u202C ¦ <p>abc</p>",
                "a\uD83Db ¦ <p>a\uFFFDb</p>"
            })
    void renders(String markdown, String html) {
        assertThat(WebMarkup.render(markdown.replace("\\n", "\n")).markup()).isEqualTo(html.replace("\\n", "\n"));
    }

    @Test
    void links_leave_nothing_behind() {
        assertThat(WebMarkup.render("[x](https://a.example/?b=c&d=\"e\")").markup())
                .contains("rel=\"noopener noreferrer nofollow\"", "target=\"_blank\"", "&amp;d=")
                .doesNotContain("d=\"e\"");
    }

    @Test
    void images_are_links_and_never_load_by_themselves() {
        assertThat(WebMarkup.render("![a *cat* https://b.example](https://a.example/c.png)")
                        .markup())
                .contains("href=\"https://a.example/c.png\"", ">a cat https://b.example</a>")
                .doesNotContain("<img");
        assertThat(WebMarkup.render("[![cat](https://a.example/c.png)](https://b.example)")
                        .markup())
                .containsOnlyOnce("<a ");
        assertThat(WebMarkup.render("![](javascript:alert(1))").markup()).doesNotContain("href");
    }

    @Test
    void a_table_has_a_box_to_scroll_in_and_code_its_language() {
        assertThat(WebMarkup.render("| a | b |\n|---|--:|\n| 1 | 2 |").markup())
                .startsWith("<div class=\"table-scroll\" tabindex=\"0\">\n<table>")
                .contains("align=\"right\"")
                .endsWith("</table>\n</div>");
        assertThat(WebMarkup.render("```java\nint a;\n```").markup())
                .isEqualTo("<pre><code class=\"language-java\">int a;\n</code></pre>");
    }

    @Test
    void characters_alone_keep_their_lines_and_become_no_markup() {
        Rendered plain = WebMarkup.render("a **<b>** &\n\n`  c`").plain();
        assertThat(WebMarkup.html(plain))
                .isEqualTo("<p class=\"plain\">" + WebMarkup.escape(plain.text()) + "</p>")
                .contains("&lt;b&gt;", "\n");
    }

    @ParameterizedTest
    @MethodSource("io.erniegateway.connectors.markdown.Hostile#texts")
    void however_deep_the_nesting_it_renders(String name, String markdown) {
        Rendered rendered = WebMarkup.render(markdown);
        assertThat(rendered.text()).endsWith("end");
        assertThat(WebConnectorTest.textContent(rendered.markup())).isEqualTo(rendered.text());
    }

    /** Every mixture of marks gives markup that a strict parser reads, and the text it says it has. */
    @Test
    void any_mixture_of_marks_is_well_formed() {
        List<String> parts = List.of(
                "*",
                "**",
                "_",
                "`",
                "```\n",
                "[",
                "](https://a.example)",
                "![",
                "|",
                "\n",
                "\n\n",
                "> ",
                "- ",
                "1. ",
                "# ",
                "<b>",
                "&amp;",
                "&",
                "\"",
                "~~",
                "汉字",
                "a",
                " ",
                "\\",
                "😀",
                "---",
                "|--|--|\n",
                "<!--",
                "]]>",
                "\u0007",
                "https://b.example/x?y=z&w",
                "- [ ] ",
                "\t",
                "\u202E",
                "：**");
        Random random = new Random(7);
        for (int round = 0; round < 1_000; round++) {
            StringBuilder markdown = new StringBuilder();
            for (int i = random.nextInt(20); i >= 0; i--) {
                markdown.append(parts.get(random.nextInt(parts.size())));
            }
            Rendered rendered = WebMarkup.render(markdown.toString());
            assertThat(WebConnectorTest.textContent(rendered.markup()))
                    .as(markdown.toString())
                    .isEqualTo(rendered.text());
            assertThat(rendered.markup()).doesNotContain("<script", "<img", "javascript:");
        }
    }
}
