package io.erniegateway.connectors.markdown;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Texts made to exhaust whoever parses or walks them; each ends with the word {@code end}. */
public final class Hostile {

    private Hostile() {}

    /** A name for the report, and the text. */
    public static Stream<Arguments> texts() {
        return Stream.of(
                repeated("quotes", "> ", 20_000),
                repeated("quotes without blanks", ">", 20_000),
                repeated("bullets", "- ", 5_000),
                repeated("numbers", "1. ", 5_000),
                repeated("quotes and bullets", "> - ", 5_000),
                repeated("emphasis", "*a **b ", 5_000),
                closed("closed emphasis", "*a **b ", "** c*"),
                closed("closed strikes", "**a ~~b ", "~~ c**"),
                closed("closed pictures", "![a", "](b)"),
                closed("closed links", "[a", "](b)"),
                repeated("wide emphasis", "**注意：**这 *是", 2_000),
                repeated("brackets", "[", 10_000),
                repeated("picture brackets", "![a](", 5_000),
                repeated("link starts", "[a](<b", 5_000),
                repeated("backticks", "x" + "`".repeat(10_000), 1),
                repeated("backticks and stars", "*a*" + "`".repeat(20_000), 1),
                repeated("a fence and stars", "*a*\n" + "`".repeat(20_000) + "\n", 1),
                growingRuns(),
                repeated("code starts", "`a ", 5_000),
                repeated("angles", "<", 10_000),
                repeated("comments", "x <!-- ", 2_000),
                repeated("addresses", "www.a.b@c.", 2_000),
                repeated("deep addresses", "> https://a.example ", 2_000),
                Arguments.of("nested lines", nestedLines()),
                Arguments.of("a wide table", wideTable()));
    }

    private static Arguments repeated(String name, String unit, int times) {
        return Arguments.of(name, unit.repeat(times) + "end");
    }

    private static Arguments closed(String name, String open, String close) {
        return Arguments.of(name, open.repeat(5_000) + close.repeat(5_000) + " end");
    }

    /** No run of backticks finds another of its length. */
    private static Arguments growingRuns() {
        StringBuilder out = new StringBuilder("*a* ");
        for (int length = 1; length <= 200; length++) {
            out.append("`".repeat(length)).append('a');
        }
        return Arguments.of("growing runs", out.append(" end").toString());
    }

    private static String nestedLines() {
        StringBuilder out = new StringBuilder();
        for (int depth = 0; depth < 300; depth++) {
            out.append("  ".repeat(depth)).append("- a\n");
        }
        return out.append("\n\nend").toString();
    }

    /** Small to write, more than a million cells to build. */
    private static String wideTable() {
        return "a|".repeat(5_000) + "\n" + "-|".repeat(5_000) + "\n" + "b|\n".repeat(300) + "\nend";
    }
}
