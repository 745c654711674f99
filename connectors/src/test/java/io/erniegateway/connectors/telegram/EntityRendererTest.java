package io.erniegateway.connectors.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.erniegateway.connectors.Rendered;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EntityRendererTest {

    static List<Arguments> constructs() {
        return List.of(
                row("plain", "plain", ""),
                row("**b** _i_ ~~s~~ `c`", "b i s c", "bold 0+1, italic 2+1, strikethrough 4+1, code 6+1"),
                row("***both***", "both", "bold 0+4, italic 0+4"),
                row("**a _b_ c**", "a b c", "bold 0+5, italic 2+1"),
                row("**a `b` c**", "a b c", "bold 0+2, code 2+1, bold 3+2"),
                row("**注意：**这是*重点*。", "注意：这是重点。", "bold 0+3, italic 5+2"),
                row("😀 **粗😀体**!", "😀 粗😀体!", "bold 3+4"),
                row("[a](https://x.y/z_(1)?q=1&r=2)", "a", "text_link 0+1 https://x.y/z_(1)?q=1&r=2"),
                row("**[a](https://x.y)**", "a", "text_link 0+1 https://x.y, bold 0+1"),
                row("[`a`](https://x.y)", "a", "text_link 0+1 https://x.y"),
                row("[a](javascript:alert(1))", "a (javascript:alert(1))", ""),
                row("[a](tg://user?id=5)", "a (tg://user?id=5)", ""),
                row("[](https://x.y)", "https://x.y", ""),
                row("<https://x.y> https://z.y www.w.y", "https://x.y https://z.y www.w.y", ""),
                row("![alt](https://x.y/i.png)", "alt", "text_link 0+3 https://x.y/i.png"),
                row("![](https://x.y/i.png)", "https://x.y/i.png", ""),
                row("![a [b](https://x.y)](https://i.png)", "a b", "text_link 0+3 https://i.png"),
                row("[![alt](https://i.png)](https://x.y)", "alt", "text_link 0+3 https://x.y"),
                row("# One\n## **Two** `c`", "One\n\nTwo c", "bold 0+3, bold 5+4, code 9+1"),
                row("a\n\nb\nc  \nd", "a\n\nb\nc\nd", ""),
                row("- a\n- b\n  - c\n    - d\n- e", "• a\n• b\n  • c\n    • d\n• e", ""),
                row("3. a\n4. b\n\n   more", "3. a\n4. b\n  more", ""),
                row("a\n\n- b\n\n- c\n\nd", "a\n\n• b\n• c\n\nd", ""),
                row("- [ ] a\n- [x] **b**\n- [y] c", "☐ a\n☑ b\n• [y] c", "bold 6+1"),
                row("1. [x] a", "1. ☑ a", ""),
                row("- a\n  ```js\n  x\n  ```\n- b", "• a\nx\n• b", "pre 4+1 js"),
                row("> a **b**\n> c\n\nd", "a b\nc\n\nd", "blockquote 0+5, bold 2+1"),
                row("> a\n>> b\n\nc", "a\n\nb\n\nc", "blockquote 0+4"),
                row("> - a\n> - b", "• a\n• b", "blockquote 0+7"),
                row(">\n\nx", "x", ""),
                row("```java\nint a = 1 < 2;\n\n  b();\n```", "int a = 1 < 2;\n\n  b();", "pre 0+22 java"),
                row("```\n  indented\n```", "  indented", "pre 0+10"),
                row("```what is this\nx\n```", "x", "pre 0+1 what"),
                row("```a\"b\nx\n```", "x", "pre 0+1"),
                row("open ```fence", "open ```fence", ""),
                row("a\n```py\nopen", "a\n\nopen", "pre 3+4 py"),
                row("```", "", ""),
                row("    four", "four", "pre 0+4"),
                row("a\n\n---\n\nb", "a\n\n──────────\n\nb", ""),
                row("<b>x</b> &amp; &lt;\n\n<div>\ny\n</div>", "<b>x</b> & <\n\n<div>\ny\n</div>", ""),
                row("| a | b |\n|---|---|\n| 苹果 | 1 |", "a    │ b\n─────┼──\n苹果 │ 1", "pre 0+24"),
                row("5*3*2 snake_case_name \\*x\\*", "532 snake_case_name *x*", "italic 1+1"),
                row("a\tb\rc\u0007d", "a b\nc d", ""),
                row("\u202Eevil\u202C\u2066x\u2069", "evilx", ""),
                row("  \n \n", "", ""),
                row("\u200B", "", ""));
    }

    private static Arguments row(String markdown, String text, String entities) {
        return Arguments.of(markdown, text, entities);
    }

    @ParameterizedTest
    @MethodSource("constructs")
    void every_construct_has_its_form(String markdown, String text, String entities) {
        Rendered rendered = EntityRenderer.render(markdown);
        assertThat(rendered.text()).isEqualTo(text);
        assertThat(told(rendered)).isEqualTo(entities);
    }

    @Test
    void half_a_character_never_meets_its_other_half_across_an_entity() {
        Rendered rendered = EntityRenderer.render("&#xD83D;**&#xDE00;** \uD83D*\uDE00*");
        assertThat(rendered.text()).doesNotContain("😀").contains("\uFFFD");
        assertThat(EntityRenderer.render("&#xD83D;&#xDE00;").text()).hasSize(2);
    }

    @Test
    void the_size_keeps_both_of_telegrams_limits() {
        assertThat(EntityRenderer.render("汉".repeat(4096)).size()).isEqualTo(4096);
        assertThat(EntityRenderer.render("😀".repeat(10)).size()).isEqualTo(20);
        assertThat(EntityRenderer.render("**a**").size()).isEqualTo(1);
        assertThat(EntityRenderer.render("").isBlank()).isTrue();
    }

    @Test
    void rendering_is_repeatable_and_markup_is_plain_json() {
        Rendered one = EntityRenderer.render("**a** [b](https://x.y)");
        assertThat(EntityRenderer.render("**a** [b](https://x.y)")).isEqualTo(one);
        assertThat(one.markup())
                .isEqualTo("[{\"type\":\"bold\",\"offset\":0,\"length\":1},"
                        + "{\"type\":\"text_link\",\"offset\":2,\"length\":1,\"url\":\"https://x.y\"}]");
    }

    @ParameterizedTest
    @MethodSource("io.erniegateway.connectors.markdown.Hostile#texts")
    void however_deep_the_nesting_it_renders(String name, String markdown) {
        assertThat(EntityRenderer.render(markdown).text()).endsWith("end");
    }

    /** Every prefix of a random document, as it is while an answer grows. */
    @Test
    void any_prefix_of_any_document_has_legal_entities() {
        String[] pieces = {
            "**",
            "*",
            "_",
            "~~",
            "`",
            "```\n",
            "```py\n",
            "\n",
            "\n\n",
            "> ",
            "- ",
            "1. ",
            "# ",
            "[",
            "](https://a.b)",
            "|",
            "\n|---|---|\n",
            "汉字",
            "：",
            "😀",
            "a",
            " ",
            "<b>",
            "![",
            "- [x] ",
            "\\",
            "\u202E",
            "&#xD83D;",
            "    "
        };
        Random random = new Random(20261124);
        for (int document = 0; document < 1500; document++) {
            StringBuilder markdown = new StringBuilder();
            for (int i = 0; i < 25; i++) {
                markdown.append(pieces[random.nextInt(pieces.length)]);
            }
            Rendered rendered = EntityRenderer.render(markdown.toString());
            assertThat(illegal(rendered)).as("%s", markdown).isEmpty();
        }
    }

    private static List<String> illegal(Rendered rendered) {
        List<String> faults = new ArrayList<>();
        List<JsonNode> entities = entities(rendered);
        String text = rendered.text();
        for (int i = 0; i < entities.size(); i++) {
            JsonNode e = entities.get(i);
            int start = e.get("offset").asInt();
            int end = start + e.get("length").asInt();
            if (start < 0 || end <= start || end > text.length()) {
                faults.add("range " + e);
            } else if (Character.isLowSurrogate(text.charAt(start))
                    || (end < text.length() && Character.isLowSurrogate(text.charAt(end)))) {
                faults.add("surrogate " + e);
            }
            for (JsonNode other : entities.subList(0, i)) {
                if (overlaps(e, other) && !mayOverlap(type(e), type(other))) {
                    faults.add("overlap " + e + other);
                }
            }
        }
        return faults;
    }

    private static boolean overlaps(JsonNode a, JsonNode b) {
        int startA = a.get("offset").asInt();
        int startB = b.get("offset").asInt();
        return startA < startB + b.get("length").asInt()
                && startB < startA + a.get("length").asInt();
    }

    private static boolean mayOverlap(String a, String b) {
        List<String> styles = List.of("bold", "italic", "strikethrough");
        List<String> codes = List.of("pre", "code");
        if (a.equals(b)) {
            return false;
        }
        if (a.equals("blockquote") || b.equals("blockquote")) {
            return true;
        }
        if (codes.contains(a) || codes.contains(b)) {
            return false;
        }
        return styles.contains(a) || styles.contains(b);
    }

    private static String type(JsonNode entity) {
        return entity.get("type").asText();
    }

    private static List<JsonNode> entities(Rendered rendered) {
        try {
            List<JsonNode> all = new ArrayList<>();
            TelegramJson.MAPPER.readTree(rendered.markup()).forEach(all::add);
            return all;
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static String told(Rendered rendered) {
        return String.join(
                ", ",
                entities(rendered).stream()
                        .map(e -> (type(e) + " " + e.get("offset") + "+" + e.get("length") + " "
                                        + e.path("url").asText("")
                                        + e.path("language").asText(""))
                                .strip())
                        .toList());
    }
}
