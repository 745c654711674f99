package io.erniegateway.connectors.markdown;

import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
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

    /** The extensions every renderer has to be told of. */
    public static final List<Extension> EXTENSIONS =
            List.of(TablesExtension.create(), StrikethroughExtension.create(), AutolinkExtension.create());

    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();

    private static final char JOINER = '\u2060';
    private static final String WIDE_MARK = "[\\p{P}\\p{S}&&[^\\x00-\\x7F]]";
    private static final Pattern RUN_AFTER_MARK = Pattern.compile("(?<=" + WIDE_MARK + ")(\\*{1,3})(?=[\\p{L}\\p{N}])");
    private static final Pattern RUN_BEFORE_MARK =
            Pattern.compile("(?<=[\\p{L}\\p{N}])(\\*{1,3})(?=" + WIDE_MARK + ")");

    /** Code that must stay as it is: fences (closed or not) and code spans. */
    private static final Pattern CODE = Pattern.compile(
            "(?ms)^ {0,3}(`{3,}|~{3,})[^\\n]*\\n.*?(?:^ {0,3}\\1[`~]*[ \\t]*$|\\z)|(`+)(?!`).+?(?<!`)\\2(?!`)");

    private Markdown() {}

    /** The document; its text nodes hold exactly what a reader should see. */
    public static Node parse(String markdown) {
        String joined = markdown.indexOf('*') < 0 ? markdown : joinEmphasis(markdown);
        Node document = PARSER.parse(joined);
        if (joined.length() != markdown.length()) {
            document.accept(new JoinerRemover());
        }
        return document;
    }

    private static String joinEmphasis(String markdown) {
        StringBuilder out = new StringBuilder(markdown.length() + 16);
        var code = CODE.matcher(markdown);
        int from = 0;
        while (code.find()) {
            out.append(joinProse(markdown.substring(from, code.start()))).append(code.group());
            from = code.end();
        }
        return out.append(joinProse(markdown.substring(from))).toString();
    }

    private static String joinProse(String prose) {
        String closed = RUN_AFTER_MARK.matcher(prose).replaceAll(JOINER + "$1");
        return RUN_BEFORE_MARK.matcher(closed).replaceAll("$1" + JOINER);
    }

    private static final class JoinerRemover extends AbstractVisitor {
        @Override
        public void visit(Text text) {
            text.setLiteral(text.getLiteral().replace(String.valueOf(JOINER), ""));
        }
    }
}
