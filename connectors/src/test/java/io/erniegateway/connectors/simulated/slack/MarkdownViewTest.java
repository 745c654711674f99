package io.erniegateway.connectors.simulated.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.erniegateway.connectors.simulated.SimulatedChats.Seen;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a reader of the simulated Slack sees of Markdown. */
class MarkdownViewTest {
    private static final String LINK =
            "<a href=\"https://a.example/?x=1&amp;y\" target=\"_blank\" rel=\"noopener noreferrer\">";

    private final Mrkdwn mrkdwn = new Mrkdwn();
    private final ReaderView reader = new ReaderView(mrkdwn);

    private Seen streamed(String markdown) {
        return reader.seen(Post.streamed("D1", "2.000001", "1.000001", Stream.begun(markdown, 0)));
    }

    static List<Arguments> whole() {
        return List.of(
                Arguments.of(
                        "**b** *i* ~~s~~ `c<d`",
                        "b i s c<d",
                        "<p><strong>b</strong> <em>i</em> <s>s</s> <code>c&lt;d</code></p>"),
                Arguments.of("***both***", "both", "<p><em><strong>both</strong></em></p>"),
                Arguments.of("**注意：**完整", "注意：完整", "<p><strong>注意：</strong>完整</p>"),
                Arguments.of(
                        "# One\n### Three", "One\nThree", "<p><strong>One</strong></p><p><strong>Three</strong></p>"),
                Arguments.of("a\nb\n\nc", "a\nb\nc", "<p>a<br>b</p><p>c</p>"),
                Arguments.of("```java\nint i = 1 < 2;\n\n```", "int i = 1 < 2;\n", "<pre>int i = 1 &lt; 2;\n</pre>"),
                Arguments.of("> q **b**\n> r", "q b\nr", "<blockquote><p>q <strong>b</strong><br>r</p></blockquote>"),
                Arguments.of(
                        "- a\n- b\n  - c\n    1. d",
                        "• a\n• b\n    ◦ c\n        i. d",
                        "<ul class=\"indent0\"><li>a</li><li>b<ul class=\"indent1\"><li>c<ol class=\"indent2\"><li>d</li></ol></li></ul></li></ul>"),
                Arguments.of("3. a\n4. b", "3. a\n4. b", "<ol start=\"3\" class=\"indent0\"><li>a</li><li>b</li></ol>"),
                Arguments.of("- a\n\n- b", "• a\n• b", "<ul class=\"indent0\"><li><p>a</p></li><li><p>b</p></li></ul>"),
                Arguments.of("a\n\n---\n\nb", "a\n\nb", "<p>a</p><hr><p>b</p>"),
                Arguments.of("[**t**](https://a.example/?x=1&y)", "t", "<p>" + LINK + "<strong>t</strong></a></p>"),
                Arguments.of("![pic](https://a.example/?x=1&y)", "pic", "<p>" + LINK + "pic</a></p>"),
                Arguments.of(
                        "https://a.example/?x=1&y",
                        "https://a.example/?x=1&y",
                        "<p>" + LINK + "https://a.example/?x=1&amp;y</a></p>"),
                Arguments.of("[t](javascript:alert(1))", "t", "<p>t</p>"),
                Arguments.of(
                        "| a | b |\n|---|--:|\n| 1 | **2** |",
                        "a\tb\n1\t2",
                        "<div class=\"table-scroll\"><table><tr><th>a</th><th align=\"right\">b</th></tr><tr><td>1</td><td align=\"right\"><strong>2</strong></td></tr></table></div>"),
                Arguments.of(
                        "<b onclick='x'>h</b> &amp; \"",
                        "<b onclick='x'>h</b> & \"",
                        "<p>&lt;b onclick=&#39;x&#39;&gt;h&lt;/b&gt; &amp; &quot;</p>"),
                Arguments.of("<div>\nx", "<div>\nx", "<p>&lt;div&gt;<br>x</p>"),
                Arguments.of("\\*no\\*", "*no*", "<p>*no*</p>"),
                Arguments.of(
                        "hi <@U1> <!here>, `<@U1>`",
                        "hi @wei @here, <@U1>",
                        "<p>hi @wei @here, <code>&lt;@U1&gt;</code></p>"));
    }

    @ParameterizedTest
    @MethodSource("whole")
    void markdown_is_seen_as_it_is_meant(String markdown, String text, String html) {
        mrkdwn.person("U1", "wei");
        Seen seen = streamed(markdown);
        assertThat(seen.text()).isEqualTo(text);
        assertThat(seen.html()).isEqualTo(html);
    }

    static List<Arguments> half() {
        return List.of(
                Arguments.of("**bo", "**bo", "<p>**bo</p>"),
                Arguments.of("a `co", "a `co", "<p>a `co</p>"),
                Arguments.of("x ~~y", "x ~~y", "<p>x ~~y</p>"),
                Arguments.of("```py\nprint(", "print(", "<pre>print(</pre>"),
                Arguments.of("- a\n- **b", "• a\n• **b", "<ul class=\"indent0\"><li>a</li><li>**b</li></ul>"),
                Arguments.of("| a | b |", "| a | b |", "<p>| a | b |</p>"));
    }

    @ParameterizedTest
    @MethodSource("half")
    void a_mark_that_is_not_closed_yet_is_seen_as_it_was_written(String markdown, String text, String html) {
        Seen seen = streamed(markdown);
        assertThat(seen.text()).isEqualTo(text);
        assertThat(seen.html()).isEqualTo(html);
        assertThat(seen.source()).isEqualTo(markdown);
    }

    @Test
    void a_link_that_is_not_whole_yet_leads_nowhere_new() {
        assertThat(streamed("see [t](https://a.exa").text()).isEqualTo("see [t](https://a.exa");
    }

    @Test
    void what_was_sent_is_kept_beside_what_is_seen_until_something_else_is_sent() {
        Post post = Post.streamed("D1", "2.000001", "1.000001", Stream.begun("# **a** & <b>", 0));
        assertThat(reader.seen(post).source()).isEqualTo("# **a** & <b>");
        assertThat(reader.seen(post).text()).isEqualTo("a & <b>");
        Seen edited = reader.seen(post.edited("**a** &amp; b", null, null));
        assertThat(edited.text()).isEqualTo(edited.source()).isEqualTo("**a** & b");
        assertThat(edited.html()).isEqualTo("<p>**a** &amp; b</p><small>(edited)</small>");
    }

    @Test
    void a_markdown_block_is_seen_like_a_stream() {
        ArrayNode blocks = JsonNodeFactory.instance.arrayNode();
        blocks.addObject().put("type", "divider");
        blocks.addObject().put("type", "markdown").put("text", "**a**\n- b");
        Seen seen = reader.seen(Post.whole("D1", "2.000001", "", "U1", true, "fallback", null, blocks));
        assertThat(seen.text()).isEqualTo("\na\n• b");
        assertThat(seen.html()).isEqualTo("<hr><p><strong>a</strong></p><ul class=\"indent0\"><li>b</li></ul>");
    }

    @Test
    void a_stream_grows_out_of_its_half_marks() {
        Post post = Post.streamed("D1", "2.000001", "1.000001", Stream.begun("so **bo", 0));
        assertThat(reader.seen(post).html()).isEqualTo("<p>so **bo</p>");
        Stream more = Stream.begun("so **bo", 0).and("ld** it", 1);
        Seen seen = reader.seen(post.with(more));
        assertThat(seen.html()).isEqualTo("<p>so <strong>bold</strong> it</p>");
        assertThat(seen.revision()).isEqualTo(1);
        assertThat(reader.seen(post.with(more).with(more.ended(Stream.State.COMPLETED)))
                        .revision())
                .isEqualTo(1);
    }

    @Test
    void the_deepest_and_longest_markdown_is_shown_too() {
        for (String piece : List.of("> ", "- ", "*a ", "[", "|", "`")) {
            String markdown = piece.repeat(11_000 / piece.length());
            Seen seen = streamed(markdown);
            assertThat(seen.source()).isEqualTo(markdown);
            assertThat(seen.html()).isNotEmpty();
        }
    }
}
