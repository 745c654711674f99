package io.erniegateway.connectors.slack;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.connectors.Rendered;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackMarkdownTest {

    private static final List<String> PIECES = List.of(
            "<",
            "!",
            "@",
            "#",
            "&lt;",
            "&#60;",
            "&#x3C;",
            "&",
            "l",
            "t;",
            "channel>",
            "U1",
            "汉字",
            "😀",
            "\uD83D",
            "\uDE00",
            " ",
            "\n",
            "\r\n",
            "\t",
            "**",
            "`",
            "```",
            "> ",
            "\u200B",
            "\u202E",
            "\u0000",
            "\\",
            "|",
            "a");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<!channel> go | <Z!channel> go",
                "**<@U1>** `<#C1>` | **<Z@U1>** `<Z#C1>`",
                "&lt;!here&gt; &LT;@U1 | &lt;Z!here&gt; &LT;Z@U1",
                "&#60;!here> &#x3C;@U1> &#0060;!x | &#60;Z!here> &#x3C;Z@U1> &#0060;Z!x",
                "a < b <c> <https://x.y> &lt; | a < b <c> <https://x.y> &lt;",
                "<<!! | <<Z!!",
                "# 标题 | # 标题"
            })
    void mentions_are_parted_and_all_else_stays(String markdown, String text) {
        assertThat(SlackMarkdown.streamed(markdown).text()).isEqualTo(text.replace('Z', '\u200B'));
    }

    @Test
    void what_may_still_change_waits() {
        assertThat(SlackMarkdown.streamed("text \n\n").text()).isEqualTo("text");
        assertThat(SlackMarkdown.streamed("text \n\nmore").text()).isEqualTo("text \n\nmore");
        assertThat(SlackMarkdown.streamed("half \uD83D").text()).isEqualTo("half");
        assertThat(SlackMarkdown.streamed("whole \uD83D\uDE00").text()).isEqualTo("whole 😀");
        assertThat(SlackMarkdown.streamed("lone \uD83D!").text()).isEqualTo("lone \uFFFD!");
        assertThat(SlackMarkdown.streamed("").isBlank()).isTrue();
    }

    @Test
    void the_form_of_a_beginning_is_a_beginning_of_the_form() {
        Random random = new Random(4);
        for (int run = 0; run < 2_000; run++) {
            StringBuilder markdown = new StringBuilder();
            int pieces = random.nextInt(40);
            for (int i = 0; i < pieces; i++) {
                markdown.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            String whole = markdown.toString();
            String form = SlackMarkdown.streamed(whole).text();
            assertThat(form).doesNotContainPattern("(?i)(<|&lt;|&#60;|&#x3c;)[!@#]");
            for (int end = 0; end <= whole.length(); end++) {
                Rendered beginning = SlackMarkdown.streamed(whole.substring(0, end));
                assertThat(form).startsWith(beginning.text());
                assertThat(beginning.size()).isEqualTo(beginning.text().getBytes(StandardCharsets.UTF_8).length);
            }
        }
    }

    @Test
    void every_such_form_is_known_again_and_its_characters_alone_are_not() {
        Rendered form = SlackMarkdown.streamed("a");
        assertThat(SlackMarkdown.isStreamed(form)).isTrue();
        assertThat(SlackMarkdown.isStreamed(form.plain())).isFalse();
        assertThat(SlackMarkdown.isStreamed(SlackRenderer.render("a"))).isFalse();
    }
}
