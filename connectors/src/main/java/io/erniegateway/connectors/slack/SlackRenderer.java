package io.erniegateway.connectors.slack;

import io.erniegateway.connectors.Rendered;
import io.erniegateway.connectors.markdown.Markdown;
import io.erniegateway.connectors.markdown.TextTable;
import io.erniegateway.connectors.slack.RichText.Items;
import io.erniegateway.connectors.slack.RichText.Part;
import io.erniegateway.connectors.slack.RichText.Preformatted;
import io.erniegateway.connectors.slack.RichText.Quote;
import io.erniegateway.connectors.slack.RichText.Run;
import io.erniegateway.connectors.slack.RichText.Section;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;

/**
 * Markdown as {@code rich_text}. Pure and total.
 *
 * <p>Headings become bold lines, tables aligned text in a code block, rules a line of dashes: {@code rich_text} knows
 * none of them. A nested list is a list of its own with a deeper {@code indent}, and whatever else a list item holds
 * stands between two pieces of the list.
 */
final class SlackRenderer {

    private static final String RULE = "──────────";

    private final List<Part> parts = new ArrayList<>();

    private SlackRenderer() {}

    static Rendered render(String markdown) {
        SlackRenderer renderer = new SlackRenderer();
        renderer.blocks(Markdown.parse(markdown), 0);
        RichText document = new RichText(renderer.parts);
        String text = document.text();
        return new Rendered(text, document.json(), sizeOf(text));
    }

    /** UTF-8 bytes of visible characters as the {@code text} argument. */
    static int sizeOf(String visible) {
        return escape(visible).getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * Visible characters as the {@code text} argument. These three are all that Slack asks to be escaped, and with them
     * escaped nothing that a model writes can notify anybody.
     */
    static String escape(String visible) {
        return visible.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private void blocks(Node parent, int depth) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof ListBlock list) {
                list(list, depth);
            } else if (!standsAlone(node, depth)) {
                section(RichRuns.of(node, RULE));
            }
        }
    }

    /** A block that cannot be part of a line of text. */
    private boolean standsAlone(Node node, int depth) {
        return switch (node) {
            case FencedCodeBlock code -> preformatted(code.getLiteral());
            case IndentedCodeBlock code -> preformatted(code.getLiteral());
            case TableBlock table -> preformatted(TextTable.of(table));
            case BlockQuote quote -> quote(quote);
            case ListBlock list -> {
                list(list, depth);
                yield true;
            }
            default -> false;
        };
    }

    private boolean preformatted(String literal) {
        String text = RichRuns.clean(literal.endsWith("\n") ? literal.substring(0, literal.length() - 1) : literal);
        if (!text.isEmpty()) {
            parts.add(new Preformatted(text));
        }
        return true;
    }

    private boolean quote(BlockQuote quote) {
        List<Run> runs = RichRuns.flat(quote, RULE);
        if (!runs.isEmpty()) {
            parts.add(new Quote(runs));
        }
        return true;
    }

    /** Paragraphs are one section with an empty line between them; a list gets one below it too. */
    private void section(List<Run> runs) {
        if (runs.isEmpty()) {
            return;
        }
        RichRuns all = new RichRuns();
        if (!parts.isEmpty() && parts.getLast() instanceof Section before) {
            parts.removeLast();
            all.add(before.runs()).add("\n\n");
        } else if (!parts.isEmpty() && parts.getLast() instanceof Items) {
            all.add("\n");
        }
        parts.add(new Section(all.add(runs).toList()));
    }

    private void list(ListBlock list, int depth) {
        int first = list instanceof OrderedList ordered && ordered.getMarkerStartNumber() != null
                ? Math.max(0, ordered.getMarkerStartNumber() - 1)
                : 0;
        Piece piece = new Piece(list, Math.min(depth, RichText.MAX_INDENT), first);
        for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
            item(item, piece, depth);
        }
        piece.flush(true);
    }

    private void item(Node item, Piece piece, int depth) {
        RichRuns line = new RichRuns();
        boolean written = false;
        for (Node node = item.getFirstChild(); node != null; node = node.getNext()) {
            List<Run> runs = isBlock(node) ? List.of() : RichRuns.of(node, RULE);
            if (isBlock(node)) {
                if (!written) {
                    piece.add(RichRuns.task(line.toList()));
                    written = true;
                }
                piece.flush(false);
                standsAlone(node, depth + 1);
            } else if (written) {
                section(runs);
            } else {
                line.add(line.isEmpty() || runs.isEmpty() ? "" : "\n").add(runs);
            }
        }
        if (!written) {
            piece.add(RichRuns.task(line.toList()));
        }
    }

    private static boolean isBlock(Node node) {
        return node instanceof FencedCodeBlock
                || node instanceof IndentedCodeBlock
                || node instanceof TableBlock
                || node instanceof BlockQuote
                || node instanceof ListBlock;
    }

    /** The items of one list since the last thing that interrupted it. */
    private final class Piece {
        private final boolean ordered;
        private final int indent;
        private int offset;
        private final List<List<Run>> items = new ArrayList<>();

        Piece(ListBlock list, int indent, int offset) {
            this.ordered = !(list instanceof BulletList);
            this.indent = indent;
            this.offset = offset;
        }

        void add(List<Run> item) {
            items.add(item);
        }

        /** An item without a text is shown as a blank, except at the end, where a stream has only begun it. */
        void flush(boolean end) {
            if (end && !items.isEmpty() && items.getLast().isEmpty()) {
                items.removeLast();
            }
            if (items.isEmpty()) {
                return;
            }
            items.replaceAll(item -> item.isEmpty() ? new RichRuns().add(" ").toList() : item);
            parts.add(new Items(ordered, indent, ordered ? offset : 0, List.copyOf(items)));
            offset += items.size();
            items.clear();
        }
    }
}
