package io.erniegateway.connectors.simulated.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A message as Slack's client shows it: its blocks if it has any, else its text. Pure. */
final class ReaderView {

    private static final String[] BULLETS = {"•", "◦", "▪"};

    private final Mrkdwn mrkdwn;

    ReaderView(Mrkdwn mrkdwn) {
        this.mrkdwn = mrkdwn;
    }

    /** The visible characters, a line for a line. */
    String text(Post post) {
        if (post.blocks() == null || post.blocks().isEmpty()) {
            return mrkdwn.seen(post.text());
        }
        List<String> lines = new ArrayList<>();
        for (JsonNode block : post.blocks()) {
            if (block.path("type").asText().equals("rich_text")) {
                block.path("elements").forEach(part -> lines.add(text(part)));
            } else {
                lines.add(plain(block));
            }
        }
        return String.join("\n", lines);
    }

    /** The same as HTML that is safe to put into a page: every character of the message is escaped. */
    String html(Post post) {
        if (post.blocks() == null || post.blocks().isEmpty()) {
            return "<p>" + lines(mrkdwn.seen(post.text())) + "</p>" + (post.edited() ? "<small>(edited)</small>" : "");
        }
        StringBuilder out = new StringBuilder();
        for (JsonNode block : post.blocks()) {
            if (block.path("type").asText().equals("rich_text")) {
                block.path("elements").forEach(part -> out.append(html(part)));
            } else if (block.path("type").asText().equals("divider")) {
                out.append("<hr>");
            } else {
                out.append("<p>").append(lines(plain(block))).append("</p>");
            }
        }
        return out.toString();
    }

    private String plain(JsonNode block) {
        return switch (block.path("type").asText()) {
            case "divider" -> "";
            case "markdown" -> block.path("text").asText();
            case "context" -> {
                List<String> texts = new ArrayList<>();
                block.path("elements").forEach(element -> texts.add(composed(element)));
                yield String.join(" ", texts);
            }
            default -> composed(block.path("text"));
        };
    }

    private String composed(JsonNode text) {
        String value = text.path("text").asText();
        return text.path("type").asText().equals("mrkdwn") ? mrkdwn.seen(value) : value;
    }

    private String text(JsonNode part) {
        if (!part.path("type").asText().equals("rich_text_list")) {
            return runs(part);
        }
        StringBuilder out = new StringBuilder();
        int indent = part.path("indent").asInt();
        int number = part.path("offset").asInt() + 1;
        for (JsonNode item : part.path("elements")) {
            String mark = part.path("style").asText().equals("ordered")
                    ? numeral(indent, number++) + "."
                    : BULLETS[indent % BULLETS.length];
            out.append(out.isEmpty() ? "" : "\n")
                    .append("    ".repeat(indent))
                    .append(mark)
                    .append(' ')
                    .append(runs(item));
        }
        return out.toString();
    }

    private String runs(JsonNode holder) {
        StringBuilder out = new StringBuilder();
        for (JsonNode run : holder.path("elements")) {
            out.append(characters(run));
        }
        return out.toString();
    }

    private String characters(JsonNode run) {
        return switch (run.path("type").asText()) {
            case "link" ->
                run.hasNonNull("text")
                        ? run.path("text").asText()
                        : run.path("url").asText();
            case "user" -> "@" + mrkdwn.name(run.path("user_id").asText());
            case "channel" -> "#" + run.path("channel_id").asText();
            case "broadcast" -> "@" + run.path("range").asText();
            case "emoji" -> ":" + run.path("name").asText() + ":";
            default -> run.path("text").asText();
        };
    }

    private String html(JsonNode part) {
        return switch (part.path("type").asText()) {
            case "rich_text_list" -> list(part);
            case "rich_text_preformatted" -> "<pre>" + escape(runs(part)) + "</pre>";
            case "rich_text_quote" -> "<blockquote>" + styled(part) + "</blockquote>";
            default -> "<p>" + styled(part) + "</p>";
        };
    }

    private String list(JsonNode part) {
        boolean ordered = part.path("style").asText().equals("ordered");
        StringBuilder out = new StringBuilder(ordered ? "<ol" : "<ul");
        if (ordered && part.path("offset").asInt() > 0) {
            out.append(" start=\"").append(part.path("offset").asInt() + 1).append('"');
        }
        out.append(" class=\"indent").append(part.path("indent").asInt()).append("\">");
        part.path("elements")
                .forEach(item -> out.append("<li>").append(styled(item)).append("</li>"));
        return out.append(ordered ? "</ol>" : "</ul>").toString();
    }

    private String styled(JsonNode holder) {
        StringBuilder out = new StringBuilder();
        for (JsonNode run : holder.path("elements")) {
            String shown = lines(characters(run));
            for (String[] tag : List.of(
                    new String[] {"code", "code"},
                    new String[] {"strike", "s"},
                    new String[] {"italic", "em"},
                    new String[] {"bold", "strong"})) {
                if (run.path("style").path(tag[0]).asBoolean()) {
                    shown = "<" + tag[1] + ">" + shown + "</" + tag[1] + ">";
                }
            }
            String url = run.path("url").asText();
            out.append(isSafe(url) ? anchor(url, shown) : shown);
        }
        return out.toString();
    }

    private static String anchor(String url, String shown) {
        return "<a href=\"" + escape(url) + "\" target=\"_blank\" rel=\"noopener noreferrer\">" + shown + "</a>";
    }

    private static boolean isSafe(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        return lower.startsWith("http://") || lower.startsWith("https://") || lower.startsWith("mailto:");
    }

    private static String lines(String text) {
        return escape(text).replace("\n", "<br>");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** 1, a, i, and again. */
    private static String numeral(int indent, int number) {
        if (indent % 3 == 1) {
            StringBuilder letters = new StringBuilder();
            int rest = number;
            while (rest > 0) {
                letters.insert(0, (char) ('a' + (rest - 1) % 26));
                rest = (rest - 1) / 26;
            }
            return letters.toString();
        }
        return indent % 3 == 2 && number < 100 ? roman(number) : String.valueOf(number);
    }

    private static String roman(int number) {
        int[] values = {90, 50, 40, 10, 9, 5, 4, 1};
        String[] signs = {"xc", "l", "xl", "x", "ix", "v", "iv", "i"};
        StringBuilder out = new StringBuilder();
        int rest = number;
        for (int i = 0; i < values.length; i++) {
            while (rest >= values[i]) {
                out.append(signs[i]);
                rest -= values[i];
            }
        }
        return out.toString();
    }
}
