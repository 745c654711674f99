package io.erniegateway.connectors.simulated.slack;

import io.erniegateway.connectors.markdown.Markdown;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;

/**
 * Markdown as Slack shows it ({@code markdown_text}, the {@code markdown} block), once as characters and once as HTML
 * in the words of {@link ReaderView}. Headings of all levels look alike, pictures are links, HTML is the characters it
 * is written with; a mark that is not closed, or not yet, is a character like any other.
 *
 * <p>It shares the parser with the connectors and nothing of what they make of the document. That parser mends emphasis
 * beside Chinese, Japanese and Korean text, which Slack is reported not always to do.
 *
 * <p>Total: the parser bounds how deep a document is. Used for one text, by one thread.
 */
final class MarkdownView {

    private final Node document;
    /** Puts names in the place of mentions. */
    private final Function<String, String> named;

    MarkdownView(String markdown, Function<String, String> named) {
        this.document = Markdown.parse(markdown);
        this.named = named;
    }

    /** The visible characters, a line for a line. */
    String text() {
        return textOf(document, 0);
    }

    /** The same as HTML that is safe to put into a page. */
    String html() {
        return htmlOf(document, 0);
    }

    private static List<Node> children(Node parent) {
        List<Node> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
            // An address that other places refer to is nothing to see.
            if (!(node instanceof LinkReferenceDefinition)) {
                children.add(node);
            }
        }
        return children;
    }

    private String textOf(Node parent, int indent) {
        List<String> blocks = new ArrayList<>();
        children(parent).forEach(node -> blocks.add(blockText(node, indent)));
        return String.join("\n", blocks);
    }

    private String blockText(Node block, int indent) {
        return switch (block) {
            case FencedCodeBlock code -> withoutEnd(code.getLiteral());
            case IndentedCodeBlock code -> withoutEnd(code.getLiteral());
            case HtmlBlock html -> named.apply(html.getLiteral());
            case ThematicBreak ignored -> "";
            case BlockQuote quote -> textOf(quote, indent);
            case ListBlock list -> listText(list, indent);
            case TableBlock table -> tableText(table);
            default -> characters(block);
        };
    }

    private String listText(ListBlock list, int indent) {
        List<String> items = new ArrayList<>();
        int number = first(list);
        for (Node item : children(list)) {
            String mark = list instanceof OrderedList ? ListMark.number(indent, number++) : ListMark.bullet(indent);
            items.add("    ".repeat(indent) + mark + " " + textOf(item, indent + 1));
        }
        return String.join("\n", items);
    }

    private String tableText(TableBlock table) {
        List<String> lines = new ArrayList<>();
        for (TableRow row : rows(table)) {
            List<String> cells = new ArrayList<>();
            children(row).forEach(cell -> cells.add(characters(cell)));
            lines.add(String.join("\t", cells));
        }
        return String.join("\n", lines);
    }

    private String characters(Node parent) {
        StringBuilder out = new StringBuilder();
        for (Node node : children(parent)) {
            out.append(
                    switch (node) {
                        case Text text -> named.apply(text.getLiteral());
                        case Code code -> code.getLiteral();
                        case HtmlInline html -> named.apply(html.getLiteral());
                        case SoftLineBreak ignored -> "\n";
                        case HardLineBreak ignored -> "\n";
                        case Image image -> linkText(image, image.getDestination());
                        case Link link -> linkText(link, link.getDestination());
                        default -> characters(node);
                    });
        }
        return out.toString();
    }

    private String linkText(Node link, String url) {
        return link.getFirstChild() == null ? url : characters(link);
    }

    private String htmlOf(Node parent, int indent) {
        StringBuilder out = new StringBuilder();
        children(parent).forEach(node -> out.append(blockHtml(node, indent)));
        return out.toString();
    }

    private String blockHtml(Node block, int indent) {
        return switch (block) {
            case FencedCodeBlock code -> pre(code.getLiteral());
            case IndentedCodeBlock code -> pre(code.getLiteral());
            case HtmlBlock html -> "<p>" + SafeHtml.lines(named.apply(html.getLiteral())) + "</p>";
            case ThematicBreak ignored -> "<hr>";
            case Heading heading -> "<p><strong>" + styled(heading) + "</strong></p>";
            case BlockQuote quote -> "<blockquote>" + htmlOf(quote, indent) + "</blockquote>";
            case ListBlock list -> listHtml(list, indent);
            case TableBlock table -> tableHtml(table);
            default -> "<p>" + styled(block) + "</p>";
        };
    }

    private static String pre(String literal) {
        return "<pre>" + SafeHtml.escape(withoutEnd(literal)) + "</pre>";
    }

    private String listHtml(ListBlock list, int indent) {
        boolean ordered = list instanceof OrderedList;
        int number = first(list);
        StringBuilder out = new StringBuilder(ordered ? "<ol" : "<ul");
        if (ordered && number != 1) {
            out.append(" start=\"").append(number).append('"');
        }
        out.append(" class=\"indent").append(indent).append("\">");
        for (Node item : children(list)) {
            out.append("<li>");
            for (Node part : children(item)) {
                // The lines of a tight list are no paragraphs of their own.
                boolean line = list.isTight() && part instanceof Paragraph;
                out.append(line ? styled(part) : blockHtml(part, indent + 1));
            }
            out.append("</li>");
        }
        return out.append(ordered ? "</ol>" : "</ul>").toString();
    }

    private String tableHtml(TableBlock table) {
        StringBuilder out = new StringBuilder("<div class=\"table-scroll\"><table>");
        for (TableRow row : rows(table)) {
            out.append("<tr>");
            for (Node node : children(row)) {
                if (node instanceof TableCell cell) {
                    String tag = cell.isHeader() ? "th" : "td";
                    out.append('<').append(tag);
                    if (cell.getAlignment() != null) {
                        String side = cell.getAlignment().name().toLowerCase(Locale.ROOT);
                        out.append(" align=\"").append(side).append('"');
                    }
                    out.append('>')
                            .append(styled(cell))
                            .append("</")
                            .append(tag)
                            .append('>');
                }
            }
            out.append("</tr>");
        }
        return out.append("</table></div>").toString();
    }

    private String styled(Node parent) {
        StringBuilder out = new StringBuilder();
        for (Node node : children(parent)) {
            out.append(
                    switch (node) {
                        case Text text -> SafeHtml.lines(named.apply(text.getLiteral()));
                        case Code code -> "<code>" + SafeHtml.escape(code.getLiteral()) + "</code>";
                        case HtmlInline html -> SafeHtml.lines(named.apply(html.getLiteral()));
                        case SoftLineBreak ignored -> "<br>";
                        case HardLineBreak ignored -> "<br>";
                        case Emphasis emphasis -> "<em>" + styled(emphasis) + "</em>";
                        case StrongEmphasis strong -> "<strong>" + styled(strong) + "</strong>";
                        case Strikethrough strike -> "<s>" + styled(strike) + "</s>";
                        case Image image -> link(image, image.getDestination());
                        case Link link -> link(link, link.getDestination());
                        default -> styled(node);
                    });
        }
        return out.toString();
    }

    private String link(Node link, String url) {
        // An address inside a picture's description, or the other way round: a link holds no other.
        String shown = SafeHtml.lines(linkText(link, url));
        boolean plain = link.getFirstChild() == null || link instanceof Image;
        return SafeHtml.link(url, plain ? shown : styled(link));
    }

    private static int first(ListBlock list) {
        return list instanceof OrderedList ordered && ordered.getMarkerStartNumber() != null
                ? ordered.getMarkerStartNumber()
                : 1;
    }

    /** Those of the head and of the body alike. */
    private static List<TableRow> rows(TableBlock table) {
        return children(table).stream()
                .flatMap(part -> children(part).stream())
                .filter(TableRow.class::isInstance)
                .map(TableRow.class::cast)
                .toList();
    }

    private static String withoutEnd(String literal) {
        return literal.endsWith("\n") ? literal.substring(0, literal.length() - 1) : literal;
    }
}
