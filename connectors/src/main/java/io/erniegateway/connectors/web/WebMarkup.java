package io.erniegateway.connectors.web;

import io.erniegateway.connectors.Rendered;
import io.erniegateway.connectors.markdown.Markdown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.DefaultUrlSanitizer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Markdown as HTML that is safe to put into a page: raw HTML is escaped, links lead only to {@code http}, {@code https}
 * and {@code mailto}, images are links (a picture in an answer could otherwise tell a stranger who reads it and when),
 * and direction overrides, with which a text can be made to read differently from what it is, are dropped.
 */
final class WebMarkup {

    /** Embeddings, overrides and isolates (Unicode bidirectional algorithm), and control characters XML has no place for. */
    private static final Pattern UNSEEN = Pattern.compile(
            "[\\u202A-\\u202E\\u2066-\\u2069\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F\\uFFFE\\uFFFF]");
    /** Half of a character: it has no UTF-8 form. */
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

    private static final Pattern TAG = Pattern.compile("<[^>]*>");
    private static final Pattern TASK = Pattern.compile("^\\[([ xX])] ");

    private static final HtmlRenderer HTML = HtmlRenderer.builder()
            .extensions(Markdown.EXTENSIONS)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .urlSanitizer(new DefaultUrlSanitizer(List.of("http", "https", "mailto")))
            // People and models mean a line break when they write one; a space between Chinese lines is wrong besides.
            .softbreak("<br />\n")
            .nodeRendererFactory(Own::new)
            .attributeProviderFactory(context -> (node, tag, attributes) -> {
                if (tag.equals("a")) {
                    guardLink(attributes);
                }
            })
            .build();

    private WebMarkup() {}

    static Rendered render(String markdown) {
        String clean =
                LONE_SURROGATE.matcher(UNSEEN.matcher(markdown).replaceAll("")).replaceAll("\uFFFD");
        Node document = Markdown.parse(clean);
        document.accept(new Arrangement());
        String html = HTML.render(document).strip();
        String text = text(html);
        return new Rendered(text, html, text.length());
    }

    /** HTML to put into the page; characters alone become one that shows them as they are, line for line. */
    static String html(Rendered rendered) {
        return rendered.markup().isEmpty()
                ? "<p class=\"plain\">" + escape(rendered.text()) + "</p>"
                : rendered.markup();
    }

    /** The text content of HTML from this class, in which {@code <} and {@code >} stand for markup only. */
    private static String text(String html) {
        return TAG.matcher(html)
                .replaceAll("")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&")
                .strip();
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static void guardLink(Map<String, String> attributes) {
        String target = attributes.get("href");
        if (target == null || target.isBlank()) {
            attributes.clear();
            return;
        }
        attributes.put("rel", "noopener noreferrer nofollow");
        attributes.put("target", "_blank");
    }

    /** A table and the box it scrolls in when the screen is narrow. */
    private static final class TableFrame extends CustomBlock {}

    /** What the standard renderer has no form for: frames around tables, and the boxes of task lists. */
    private static final class Arrangement extends AbstractVisitor {
        @Override
        public void visit(CustomBlock block) {
            if (block instanceof TableBlock) {
                TableFrame frame = new TableFrame();
                block.insertBefore(frame);
                frame.appendChild(block);
            }
            visitChildren(block);
        }

        @Override
        public void visit(ListItem item) {
            if (item.getFirstChild() instanceof Paragraph paragraph && paragraph.getFirstChild() instanceof Text text) {
                var task = TASK.matcher(text.getLiteral());
                if (task.find()) {
                    String box = task.group(1).isBlank() ? "☐ " : "☑ ";
                    text.setLiteral(box + text.getLiteral().substring(task.end()));
                }
            }
            visitChildren(item);
        }
    }

    private record Own(HtmlNodeRendererContext context) implements NodeRenderer {
        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(TableFrame.class, Image.class);
        }

        @Override
        public void render(Node node) {
            if (node instanceof Image image) {
                link(image);
                return;
            }
            var out = context.getWriter();
            out.line();
            // Focusable, because what scrolls must be reachable by keyboard.
            Map<String, String> attributes = new LinkedHashMap<>();
            attributes.put("class", "table-scroll");
            attributes.put("tabindex", "0");
            out.tag("div", attributes);
            for (Node child : children(node)) {
                context.render(child);
            }
            out.tag("/div");
            out.line();
        }

        private void link(Image image) {
            var out = context.getWriter();
            String alt = Markdown.literals(image);
            String label = alt.isBlank() ? image.getDestination() : alt;
            if (insideLink(image)) {
                out.text(label);
                return;
            }
            String target = context.urlSanitizer().sanitizeLinkUrl(image.getDestination());
            out.tag("a", context.extendAttributes(image, "a", new LinkedHashMap<>(Map.of("href", target))));
            out.text(label);
            out.tag("/a");
        }

        private static boolean insideLink(Node node) {
            for (Node parent = node.getParent(); parent != null; parent = parent.getParent()) {
                if (parent instanceof Link) {
                    return true;
                }
            }
            return false;
        }

        private static List<Node> children(Node node) {
            List<Node> children = new ArrayList<>();
            for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
                children.add(child);
            }
            return children;
        }
    }
}
