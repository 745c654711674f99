package io.erniegateway.connectors.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.erniegateway.connectors.Rendered;
import io.erniegateway.connectors.markdown.Markdown;
import io.erniegateway.connectors.markdown.TextTable;
import io.erniegateway.connectors.telegram.EntityText.Kind;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Block;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
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
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;

/**
 * Markdown as text and entities. What Telegram has no entity for becomes text: bullets, boxes of task lists, a line for a
 * rule, a monospace block for a table. HTML stays what was written. Pure.
 */
final class EntityRenderer extends AbstractVisitor {

    private static final String BULLET = "• ";
    private static final String UNDONE = "☐ ";
    private static final String DONE = "☑ ";
    private static final String RULE = "──────────";

    /** Two columns a level; more is lost on a phone. */
    private static final String INDENT = "  ";

    private static final Pattern TASK = Pattern.compile("^\\[([ xX])] ");

    /** A language is shown above the code; anything else in that place is a fence's info string gone wrong. */
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z0-9_+#.-]{1,32}");

    /**
     * Other schemes are shown as text. The server would drop most of them, and {@code tg://user} would mention a person of
     * the model's choice.
     */
    private static final Pattern WEB = Pattern.compile("(?i)https?://[^\\s]+");

    private final EntityText out = new EntityText();
    private int listDepth;
    private int quoteDepth;
    private int linkDepth;

    /** What comes next stands in the line of a list marker or at the beginning of a quote: no break before it. */
    private boolean placed;

    private EntityRenderer() {}

    static Rendered render(String markdown) {
        EntityRenderer renderer = new EntityRenderer();
        Markdown.parse(markdown).accept(renderer);
        return renderer.rendered();
    }

    private Rendered rendered() {
        String text = out.text();
        try {
            String markup = TelegramJson.MAPPER.writeValueAsString(out.entities());
            return new Rendered(text, markup, size(text));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("entities cannot be written as JSON", e);
        }
    }

    /** One number for two limits, 4096 units and 32,768 bytes. */
    private static int size(String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        return Math.max(text.length(), Math.ceilDiv(bytes, TelegramLimits.BYTES_A_UNIT));
    }

    // Blocks

    private void startBlock() {
        if (placed) {
            placed = false;
            return;
        }
        if (out.length() > 0) {
            out.breakLines(listDepth > 0 ? 1 : 2);
            out.appendBare(INDENT.repeat(listDepth));
        }
    }

    /** A block that needs its lines for itself, even after a list marker. */
    private void startWideBlock() {
        placed = false;
        if (out.length() > 0) {
            out.breakLines(listDepth > 0 ? 1 : 2);
        }
    }

    @Override
    public void visit(Paragraph paragraph) {
        startBlock();
        visitChildren(paragraph);
    }

    @Override
    public void visit(Heading heading) {
        startBlock();
        styled(Kind.BOLD, heading);
    }

    @Override
    public void visit(BlockQuote quote) {
        startBlock();
        placed = true;
        int start = out.length();
        quoteDepth++;
        visitChildren(quote);
        quoteDepth--;
        placed = false;
        // Block quotes cannot be nested; the outer one holds the text of the inner.
        if (quoteDepth == 0) {
            out.mark(Kind.BLOCKQUOTE, start, "");
        }
    }

    @Override
    public void visit(BulletList list) {
        visitList(list, -1);
    }

    @Override
    public void visit(OrderedList list) {
        Integer start = list.getMarkerStartNumber();
        visitList(list, start == null ? 1 : start);
    }

    /** Loose lists look like tight ones: while an answer grows, a list may turn from one into the other. */
    private void visitList(Block list, long firstNumber) {
        long number = firstNumber;
        boolean first = true;
        for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
            if (!placed && out.length() > 0) {
                out.breakLines(first && listDepth == 0 ? 2 : 1);
            }
            if (!placed) {
                out.appendBare(INDENT.repeat(listDepth));
            }
            out.appendBare(marker(item, number));
            placed = true;
            listDepth++;
            visitChildren(item);
            listDepth--;
            placed = false;
            first = false;
            number += firstNumber < 0 ? 0 : 1;
        }
    }

    private static String marker(Node item, long number) {
        String numbered = number < 0 ? "" : number + ". ";
        if (item instanceof ListItem
                && item.getFirstChild() instanceof Paragraph paragraph
                && paragraph.getFirstChild() instanceof Text text) {
            var task = TASK.matcher(text.getLiteral());
            if (task.find()) {
                text.setLiteral(text.getLiteral().substring(task.end()));
                return numbered + (task.group(1).isBlank() ? UNDONE : DONE);
            }
        }
        return number < 0 ? BULLET : numbered;
    }

    @Override
    public void visit(FencedCodeBlock code) {
        String info = code.getInfo() == null ? "" : code.getInfo().strip();
        String language = info.split("\\s", 2)[0];
        pre(code.getLiteral(), LANGUAGE.matcher(language).matches() ? language : "");
    }

    @Override
    public void visit(IndentedCodeBlock code) {
        pre(code.getLiteral(), "");
    }

    private void pre(String literal, String language) {
        String code = literal.stripTrailing();
        if (!code.isEmpty()) {
            startWideBlock();
            out.appendCode(Kind.PRE, code, language);
        }
    }

    @Override
    public void visit(HtmlBlock html) {
        startBlock();
        out.append(html.getLiteral());
    }

    @Override
    public void visit(ThematicBreak rule) {
        startWideBlock();
        out.appendBare(RULE);
    }

    @Override
    public void visit(CustomBlock block) {
        if (block instanceof TableBlock table) {
            pre(TextTable.of(table), "");
        } else {
            visitChildren(block);
        }
    }

    // Inlines

    @Override
    public void visit(Text text) {
        out.append(text.getLiteral());
    }

    @Override
    public void visit(HtmlInline html) {
        out.append(html.getLiteral());
    }

    /** Code in a link would be a second entity over the same characters, which Telegram does not have: the link wins. */
    @Override
    public void visit(Code code) {
        if (linkDepth > 0) {
            out.append(code.getLiteral());
        } else {
            out.appendCode(Kind.CODE, code.getLiteral(), "");
        }
    }

    @Override
    public void visit(Emphasis emphasis) {
        styled(Kind.ITALIC, emphasis);
    }

    @Override
    public void visit(StrongEmphasis emphasis) {
        styled(Kind.BOLD, emphasis);
    }

    @Override
    public void visit(CustomNode node) {
        if (node instanceof Strikethrough) {
            styled(Kind.STRIKETHROUGH, node);
        } else {
            visitChildren(node);
        }
    }

    private void styled(Kind kind, Node node) {
        out.begin(kind);
        visitChildren(node);
        out.end(kind);
    }

    /** Models break lines where they want a break, so a soft break is one too. */
    @Override
    public void visit(SoftLineBreak line) {
        breakLine();
    }

    @Override
    public void visit(HardLineBreak line) {
        breakLine();
    }

    private void breakLine() {
        out.append("\n" + INDENT.repeat(listDepth));
    }

    @Override
    public void visit(Link link) {
        linked(link, link.getDestination());
    }

    @Override
    public void visit(Image image) {
        linked(image, image.getDestination());
    }

    private void linked(Node node, String destination) {
        if (linkDepth > 0) {
            // A link in a picture's text or a picture in a link's: only one can be followed, the outer.
            visitChildren(node);
            return;
        }
        int start = out.length();
        linkDepth++;
        visitChildren(node);
        linkDepth--;
        String label = out.since(start);
        if (label.isBlank()) {
            out.append(destination);
        } else if (isSame(label, destination)) {
            // A bare address: the apps make it a link themselves.
            return;
        } else if (WEB.matcher(destination).matches()) {
            out.mark(Kind.TEXT_LINK, start, destination);
        } else if (!destination.isEmpty()) {
            out.append(" (" + destination + ")");
        }
    }

    private static boolean isSame(String label, String destination) {
        return destination.equals(label)
                || destination.equals("mailto:" + label)
                || destination.equals("http://" + label)
                || destination.equals("https://" + label);
    }
}
