package io.erniegateway.connectors.slack;

import io.erniegateway.connectors.markdown.TextTable;
import io.erniegateway.connectors.slack.RichText.Run;
import io.erniegateway.connectors.slack.RichText.Style;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.ext.gfm.tables.TableBlock;
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
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;

/** The inline half of {@link SlackRenderer}: runs of text, neighbours of one look joined. */
final class RichRuns {

    /** Overrides of the writing direction can make a link read as another one; nobody writes them on purpose. */
    private static final Pattern BIDI = Pattern.compile("[\u202A-\u202E\u2066-\u2069]");
    /** Control characters, which Slack has no picture for, except line feed and tab. */
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0B-\\x1F\\x7F]");
    /** Half a surrogate pair has no UTF-8 form. */
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

    /** The longest address taken from a model; the bound that Slack sets for the address of a button. */
    private static final int MAX_URL = 3_000;

    private final List<Run> runs = new ArrayList<>();

    /** The content of a paragraph, a heading or another leaf of the document. */
    static List<Run> of(Node block, String rule) {
        RichRuns out = new RichRuns();
        switch (block) {
            case Heading heading -> out.children(heading, Style.PLAIN.withBold(), "");
            case ThematicBreak ignored -> out.add(rule);
            case HtmlBlock html -> out.add(html.getLiteral());
            default -> out.children(block, Style.PLAIN, "");
        }
        return out.toList();
    }

    /** Blocks inside a quote, a line for a line: Slack knows no lists or code blocks in quotes. */
    static List<Run> flat(Node parent, String rule) {
        RichRuns out = new RichRuns();
        int number = parent instanceof OrderedList list && list.getMarkerStartNumber() != null
                ? list.getMarkerStartNumber()
                : 1;
        for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
            List<Run> lines = switch (node) {
                case FencedCodeBlock code -> coded(code.getLiteral());
                case IndentedCodeBlock code -> coded(code.getLiteral());
                case TableBlock table -> coded(TextTable.of(table));
                case BlockQuote quote -> prefixed("> ", flat(quote, rule));
                case ListItem item
                when parent instanceof OrderedList -> prefixed(number++ + ". ", task(flat(item, rule)));
                case ListItem item -> prefixed("• ", task(flat(item, rule)));
                case org.commonmark.node.ListBlock list -> flat(list, rule);
                default -> of(node, rule);
            };
            if (!lines.isEmpty()) {
                out.add(out.isEmpty() ? "" : "\n").add(lines);
            }
        }
        return out.toList();
    }

    /** {@code [ ]} and {@code [x]} at the start of a list item as boxes. */
    static List<Run> task(List<Run> item) {
        if (item.isEmpty() || !item.getFirst().style().equals(Style.PLAIN)) {
            return item;
        }
        Run first = item.getFirst();
        String boxed = first.text().replaceFirst("^\\[ ] ", "☐ ").replaceFirst("^\\[[xX]] ", "☑ ");
        List<Run> out = new ArrayList<>(item);
        out.set(0, new Run(boxed, first.style(), first.url()));
        return List.copyOf(out);
    }

    /** Text as it may be shown: nothing invisible that changes what the rest says, nothing without a UTF-8 form. */
    static String clean(String text) {
        String shown = BIDI.matcher(text).replaceAll("");
        return LONE_SURROGATE.matcher(CONTROL.matcher(shown).replaceAll("")).replaceAll("\uFFFD");
    }

    RichRuns add(String text) {
        return add(text, Style.PLAIN, "");
    }

    RichRuns add(List<Run> more) {
        more.forEach(run -> add(run.text(), run.style(), run.url()));
        return this;
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    List<Run> toList() {
        return List.copyOf(runs);
    }

    private RichRuns add(String text, Style style, String url) {
        String shown = clean(text);
        if (shown.isEmpty()) {
            return this;
        }
        boolean joins = !runs.isEmpty()
                && runs.getLast().style().equals(style)
                && runs.getLast().url().equals(url);
        String before = joins ? runs.removeLast().text() : "";
        runs.add(new Run(before + shown, style, url));
        return this;
    }

    private void children(Node parent, Style style, String url) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
            inline(node, style, url);
        }
    }

    private void inline(Node node, Style style, String url) {
        switch (node) {
            case Text text -> add(text.getLiteral(), style, url);
            case Code code -> add(code.getLiteral(), style.withCode(), url);
            case HtmlInline html -> add(html.getLiteral(), style, url);
            case SoftLineBreak ignored -> add("\n", style, url);
            case HardLineBreak ignored -> add("\n", style, url);
            case Emphasis emphasis -> children(emphasis, style.withItalic(), url);
            case StrongEmphasis strong -> children(strong, style.withBold(), url);
            case Strikethrough strike -> children(strike, style.withStrike(), url);
            case Link link -> link(link, link.getDestination(), style);
            case Image image -> link(image, image.getDestination(), style);
            default -> children(node, style, url);
        }
    }

    private void link(Node node, String destination, Style style) {
        String url = isLinkable(destination) ? destination : "";
        RichRuns label = new RichRuns();
        label.children(node, style, url);
        if (label.isEmpty()) {
            add(destination, style, url);
        } else {
            add(label.toList());
        }
    }

    /** What Slack would refuse as an address, and what a click should never start, stays text. */
    private static boolean isLinkable(String destination) {
        if (destination.length() > MAX_URL || !clean(destination).equals(destination)) {
            return false;
        }
        try {
            URI uri = new URI(destination);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            return switch (scheme) {
                case "http", "https" -> uri.getHost() != null;
                case "mailto", "tel" -> !uri.getSchemeSpecificPart().isBlank();
                default -> false;
            };
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static List<Run> coded(String literal) {
        String text = literal.endsWith("\n") ? literal.substring(0, literal.length() - 1) : literal;
        return new RichRuns().add(text, Style.PLAIN.withCode(), "").toList();
    }

    private static List<Run> prefixed(String prefix, List<Run> lines) {
        return lines.isEmpty() ? lines : new RichRuns().add(prefix).add(lines).toList();
    }
}
