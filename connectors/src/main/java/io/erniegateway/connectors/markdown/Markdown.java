package io.erniegateway.connectors.markdown;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.commonmark.Extension;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/**
 * Parses what a model writes.
 *
 * <p>CommonMark's flanking rule leaves {@code **注意：**这是} literal, because the closing run stands between punctuation and a
 * letter (commonmark-spec issue 650), and Chinese answers are full of it. A word joiner (U+2060) on the punctuation
 * side makes the run close; it is taken out of the text nodes again afterwards. Code spans and fences never see it.
 */
public final class Markdown {

    /**
     * Open blocks (a list is two a level) and, inside the innermost, inlines. Everything that walks a document does so
     * recursively, and a thread's stack has an end; no honest answer is nested half as deep. Both together stay below
     * the hundred elements that the JDK's XML parser takes. Marks beyond it stay the characters they are.
     */
    static final int MAX_NESTING = 40;

    /**
     * Cells of one table. A row of one character is filled up to the width of its header, so a short text could
     * otherwise become a million of them; a message holds no honest table of this size.
     */
    static final int MAX_CELLS = 10_000;

    private static final Extension TABLES =
            TablesExtension.builder().maxCells(MAX_CELLS).build();
    private static final List<Extension> BUT_TABLES =
            List.of(StrikethroughExtension.create(), AutolinkExtension.create());

    /** The extensions every renderer has to be told of. */
    public static final List<Extension> EXTENSIONS =
            Stream.concat(Stream.of(TABLES), BUT_TABLES.stream()).toList();

    private static final Parser PARSER = parser(EXTENSIONS);
    private static final Parser WITHOUT_TABLES = parser(BUT_TABLES);

    private static final char JOINER = '\u2060';

    /** A longer run of stars is no emphasis. */
    private static final int LONGEST_RUN = 3;

    /**
     * Code that must stay as it is: fences (closed or not) and code spans. A run of backticks counts whole, so it is
     * taken possessively and at its beginning only; besides, thousands of them would otherwise take thousands squared.
     */
    private static final Pattern CODE =
            Pattern.compile("(?ms)^ {0,3}(`{3,}+|~{3,}+)[^\\n]*+\\n.*?(?:^ {0,3}\\1[`~]*[ \\t]*$|\\z)"
                    + "|(?<!`)(`++).+?(?<!`)\\2(?!`)");

    private Markdown() {}

    private static Parser parser(List<Extension> extensions) {
        return Parser.builder()
                .extensions(extensions)
                .maxOpenBlockParsers(MAX_NESTING)
                .maxInlineNesting(MAX_NESTING)
                .build();
    }

    /**
     * The document; its text nodes hold exactly what a reader should see. Total: whatever the text, it ends, and the
     * document is shallow enough to be walked recursively.
     */
    public static Node parse(String markdown) {
        String joined = markdown.indexOf('*') < 0 ? markdown : joinEmphasis(markdown);
        Node document = document(joined);
        if (joined.length() != markdown.length()) {
            document.accept(new JoinerRemover());
        }
        return document;
    }

    private static Node document(String markdown) {
        try {
            return PARSER.parse(markdown);
        } catch (IllegalArgumentException e) {
            // The one thing the parser refuses: a table beyond MAX_CELLS. Its lines are shown as they were written.
            return WITHOUT_TABLES.parse(markdown);
        }
    }

    /** The words of a node without any of their markup; what is a link in it is its text only. */
    public static String literals(Node node) {
        StringBuilder out = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Text text) {
                out.append(text.getLiteral());
            }

            @Override
            public void visit(Code code) {
                out.append(code.getLiteral());
            }
        });
        return out.toString();
    }

    private static String joinEmphasis(String markdown) {
        if (!needsJoiner(markdown)) {
            return markdown;
        }
        StringBuilder out = new StringBuilder(markdown.length() + 16);
        var code = CODE.matcher(markdown);
        int from = 0;
        while (code.find()) {
            joinProse(markdown, from, code.start(), out);
            out.append(code.group());
            from = code.end();
        }
        joinProse(markdown, from, markdown.length(), out);
        return out.toString();
    }

    /** Most texts have no such run, and then their code need not be found either. */
    private static boolean needsJoiner(String text) {
        for (int at = text.indexOf('*'); at >= 0; ) {
            int end = endOfRun(text, at, text.length());
            if (side(text, 0, at, end, text.length()) != Side.NONE) {
                return true;
            }
            at = text.indexOf('*', end);
        }
        return false;
    }

    private static void joinProse(String text, int from, int to, StringBuilder out) {
        int copied = from;
        for (int at = text.indexOf('*', from); at >= 0 && at < to; ) {
            int end = endOfRun(text, at, to);
            switch (side(text, from, at, end, to)) {
                case BEFORE -> {
                    out.append(text, copied, at).append(JOINER);
                    copied = at;
                }
                case AFTER -> {
                    out.append(text, copied, end).append(JOINER);
                    copied = end;
                }
                case NONE -> {
                    // As it is.
                }
            }
            at = text.indexOf('*', end);
        }
        out.append(text, copied, to);
    }

    private static int endOfRun(String text, int start, int to) {
        int end = start;
        while (end < to && text.charAt(end) == '*') {
            end++;
        }
        return end;
    }

    /** On which side of a run of stars a word joiner is needed: between them and the mark they lean on. */
    private enum Side {
        BEFORE,
        AFTER,
        NONE
    }

    private static Side side(String text, int from, int start, int end, int to) {
        if (end - start > LONGEST_RUN || start == from || end == to) {
            return Side.NONE;
        }
        int before = text.codePointBefore(start);
        int after = text.codePointAt(end);
        if (isWideMark(before) && isWord(after)) {
            return Side.BEFORE;
        }
        return isWord(before) && isWideMark(after) ? Side.AFTER : Side.NONE;
    }

    /** Punctuation and symbols beyond ASCII, of Unicode's categories P and S. */
    private static boolean isWideMark(int c) {
        return c >= 128
                && switch (Character.getType(c)) {
                    case Character.CONNECTOR_PUNCTUATION,
                            Character.DASH_PUNCTUATION,
                            Character.START_PUNCTUATION,
                            Character.END_PUNCTUATION,
                            Character.INITIAL_QUOTE_PUNCTUATION,
                            Character.FINAL_QUOTE_PUNCTUATION,
                            Character.OTHER_PUNCTUATION,
                            Character.MATH_SYMBOL,
                            Character.CURRENCY_SYMBOL,
                            Character.MODIFIER_SYMBOL,
                            Character.OTHER_SYMBOL -> true;
                    default -> false;
                };
    }

    /** Letters and numbers, of Unicode's categories L and N. */
    private static boolean isWord(int c) {
        return Character.isLetterOrDigit(c)
                || Character.getType(c) == Character.LETTER_NUMBER
                || Character.getType(c) == Character.OTHER_NUMBER;
    }

    private static final class JoinerRemover extends AbstractVisitor {
        @Override
        public void visit(Text text) {
            text.setLiteral(text.getLiteral().replace(String.valueOf(JOINER), ""));
        }
    }
}
