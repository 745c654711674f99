package io.erniegateway.connectors.simulated.telegram;

import io.erniegateway.connectors.simulated.telegram.FormattedText.Entity;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Shows a formatted text as HTML, every character of it escaped. */
final class EntityHtml {
    /** A block has a margin of its own; the app does not show the empty line beside it as well. */
    private static final Pattern AROUND_BLOCK =
            Pattern.compile("(</pre>|</blockquote>)(?:<br>){1,2}|(?:<br>){1,2}(<pre>|<blockquote>)");

    private final FormattedText message;

    private EntityHtml(FormattedText message) {
        this.message = message;
    }

    static String of(FormattedText message) {
        EntityHtml html = new EntityHtml(message);
        String whole = html.enclosed(0, message.text().length(), quotes(message), EntityHtml::quoteTag, html::inQuote);
        return AROUND_BLOCK.matcher(whole).replaceAll("$1$2");
    }

    private interface Inner {
        String of(int start, int end);
    }

    private interface Tag {
        String around(Entity entity, String inner);
    }

    /** The text from start to end, with a tag around what each of these entities covers; they do not overlap. */
    private String enclosed(int start, int end, List<Entity> entities, Tag tag, Inner inner) {
        StringBuilder html = new StringBuilder();
        int at = start;
        for (Entity entity : entities) {
            if (entity.offset() >= start && entity.end() <= end) {
                html.append(inner.of(at, entity.offset()));
                html.append(tag.around(entity, inner.of(entity.offset(), entity.end())));
                at = entity.end();
            }
        }
        return html.append(inner.of(at, end)).toString();
    }

    private static List<Entity> quotes(FormattedText message) {
        return message.entities().stream()
                .filter(e -> FormattedText.isQuote(e.type()))
                .toList();
    }

    private String inQuote(int start, int end) {
        List<Entity> solid = message.entities().stream()
                .filter(e -> !FormattedText.isQuote(e.type()) && !FormattedText.STYLES.contains(e.type()))
                .toList();
        return enclosed(start, end, solid, EntityHtml::solidTag, this::styled);
    }

    /** Styles may overlap in any way, so the text is cut wherever one begins or ends. */
    private String styled(int start, int end) {
        List<Entity> styles = message.entities().stream()
                .filter(e -> FormattedText.STYLES.contains(e.type()))
                .filter(e -> e.offset() < end && e.end() > start)
                .toList();
        TreeSet<Integer> cuts = new TreeSet<>(List.of(start, end));
        styles.stream()
                .flatMap(e -> Stream.of(e.offset(), e.end()))
                .filter(i -> i > start && i < end)
                .forEach(cuts::add);
        StringBuilder html = new StringBuilder();
        int from = start;
        for (int to : cuts) {
            if (to > from) {
                String piece = escaped(message.text().substring(from, to));
                for (Entity style : styles) {
                    if (style.offset() <= from && style.end() >= to) {
                        piece = styleTag(style.type(), piece);
                    }
                }
                html.append(piece);
                from = to;
            }
        }
        return html.toString();
    }

    private static String quoteTag(Entity quote, String inner) {
        return "<blockquote>" + inner + "</blockquote>";
    }

    private static String solidTag(Entity entity, String inner) {
        return switch (entity.type()) {
            case "pre" -> {
                String language =
                        entity.detail().isEmpty() ? "" : " class=\"language-" + escaped(entity.detail()) + "\"";
                yield "<pre><code" + language + ">" + inner.replace("<br>", "\n") + "</code></pre>";
            }
            case "code" -> "<code>" + inner + "</code>";
            case "text_link" -> link(entity.detail(), inner);
            default -> "<span class=\"" + escaped(entity.type()) + "\">" + inner + "</span>";
        };
    }

    private static String link(String url, String inner) {
        return url.matches("(?i)(https?|tg)://.*")
                ? "<a href=\"" + escaped(url) + "\" rel=\"noopener noreferrer\" target=\"_blank\">" + inner + "</a>"
                : inner;
    }

    private static String styleTag(String style, String inner) {
        return switch (style) {
            case "bold" -> "<b>" + inner + "</b>";
            case "italic" -> "<i>" + inner + "</i>";
            case "underline" -> "<u>" + inner + "</u>";
            case "strikethrough" -> "<s>" + inner + "</s>";
            default -> "<span class=\"spoiler\">" + inner + "</span>";
        };
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;")
                .replace("\n", "<br>");
    }
}
