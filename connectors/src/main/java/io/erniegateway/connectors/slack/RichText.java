package io.erniegateway.connectors.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A {@code rich_text} block (docs.slack.dev {@code reference/block-kit/blocks/rich-text-block}) and its two readings:
 * the JSON for Slack, and the characters a reader sees.
 *
 * <p>A message is one such block, however long, so the limit of 50 blocks per message cannot be met.
 */
record RichText(List<Part> parts) {

    /** The deepest {@code indent} of a list that Slack takes. */
    static final int MAX_INDENT = 8;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String[] BULLETS = {"•", "◦", "▪"};
    private static final String[] ROMAN_ONES = {"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"};
    private static final String[] ROMAN_TENS = {"", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc"};

    RichText {
        parts = List.copyOf(parts);
    }

    record Style(boolean bold, boolean italic, boolean strike, boolean code) {
        static final Style PLAIN = new Style(false, false, false, false);

        Style withBold() {
            return new Style(true, italic, strike, code);
        }

        Style withItalic() {
            return new Style(bold, true, strike, code);
        }

        Style withStrike() {
            return new Style(bold, italic, true, code);
        }

        Style withCode() {
            return new Style(bold, italic, strike, true);
        }
    }

    /** A run of characters; {@code url} is empty if it is no link. Slack refuses runs without a character. */
    record Run(String text, Style style, String url) {}

    sealed interface Part {}

    record Section(List<Run> runs) implements Part {}

    record Quote(List<Run> runs) implements Part {}

    record Preformatted(String text) implements Part {}

    /** One list; a deeper one inside it is a part of its own, and {@code offset} lets the numbers go on after it. */
    record Items(boolean ordered, int indent, int offset, List<List<Run>> items) implements Part {}

    /** The {@code blocks} argument. */
    String json() {
        ArrayNode blocks = JSON.arrayNode();
        if (!parts.isEmpty()) {
            ArrayNode elements = blocks.addObject().put("type", "rich_text").putArray("elements");
            parts.forEach(part -> elements.add(json(part)));
        }
        return blocks.toString();
    }

    /** What a reader sees, a line for a line. */
    String text() {
        StringBuilder out = new StringBuilder();
        for (Part part : parts) {
            out.append(out.isEmpty() ? "" : "\n");
            switch (part) {
                case Section section -> out.append(text(section.runs()));
                case Quote quote -> out.append(text(quote.runs()));
                case Preformatted block -> out.append(block.text());
                case Items list -> out.append(text(list));
            }
        }
        return out.toString();
    }

    private static ObjectNode json(Part part) {
        return switch (part) {
            case Section section -> runs("rich_text_section", section.runs());
            case Quote quote -> runs("rich_text_quote", quote.runs());
            case Preformatted block -> runs("rich_text_preformatted", List.of(new Run(block.text(), Style.PLAIN, "")));
            case Items list -> json(list);
        };
    }

    private static ObjectNode json(Items list) {
        ObjectNode node = JSON.objectNode()
                .put("type", "rich_text_list")
                .put("style", list.ordered() ? "ordered" : "bullet")
                .put("indent", list.indent());
        if (list.offset() > 0) {
            node.put("offset", list.offset());
        }
        ArrayNode items = node.putArray("elements");
        list.items().forEach(item -> items.add(runs("rich_text_section", item)));
        return node;
    }

    private static ObjectNode runs(String type, List<Run> runs) {
        ObjectNode node = JSON.objectNode().put("type", type);
        ArrayNode elements = node.putArray("elements");
        for (Run run : runs) {
            ObjectNode element = elements.addObject().put("type", run.url().isEmpty() ? "text" : "link");
            if (!run.url().isEmpty()) {
                element.put("url", run.url());
            }
            element.put("text", run.text());
            if (!run.style().equals(Style.PLAIN)) {
                element.set("style", json(run.style()));
            }
        }
        return node;
    }

    private static ObjectNode json(Style style) {
        ObjectNode node = JSON.objectNode();
        if (style.bold()) {
            node.put("bold", true);
        }
        if (style.italic()) {
            node.put("italic", true);
        }
        if (style.strike()) {
            node.put("strike", true);
        }
        if (style.code()) {
            node.put("code", true);
        }
        return node;
    }

    private static String text(List<Run> runs) {
        StringBuilder out = new StringBuilder();
        runs.forEach(run -> out.append(run.text()));
        return out.toString();
    }

    private static String text(Items list) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < list.items().size(); i++) {
            String mark = list.ordered()
                    ? number(list.indent(), list.offset() + i + 1) + "."
                    : BULLETS[list.indent() % BULLETS.length];
            out.append(i == 0 ? "" : "\n")
                    .append("    ".repeat(list.indent()))
                    .append(mark)
                    .append(' ')
                    .append(text(list.items().get(i)));
        }
        return out.toString();
    }

    /** Slack counts 1, a, i by depth and begins again. */
    private static String number(int indent, int number) {
        return switch (indent % 3) {
            case 1 -> letters(number);
            case 2 -> number < 100 ? ROMAN_TENS[number / 10] + ROMAN_ONES[number % 10] : String.valueOf(number);
            default -> String.valueOf(number);
        };
    }

    private static String letters(int number) {
        StringBuilder out = new StringBuilder();
        for (int rest = number; rest > 0; rest = (rest - 1) / 26) {
            out.insert(0, (char) ('a' + (rest - 1) % 26));
        }
        return out.toString();
    }
}
