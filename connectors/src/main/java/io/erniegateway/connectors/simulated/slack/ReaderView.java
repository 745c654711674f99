package io.erniegateway.connectors.simulated.slack;

import com.fasterxml.jackson.databind.JsonNode;
import io.erniegateway.connectors.simulated.SimulatedChats.Seen;
import java.util.ArrayList;
import java.util.List;

/** A message as Slack's client shows it: its Markdown or its blocks if it has any, else its text. Pure. */
final class ReaderView {

    private final Mrkdwn mrkdwn;

    ReaderView(Mrkdwn mrkdwn) {
        this.mrkdwn = mrkdwn;
    }

    /** What is shown now. */
    Seen seen(Post post) {
        MarkdownView view = post.markdown() == null ? null : markdown(post.markdown());
        return new Seen(
                post.room(),
                post.thread(),
                post.ts(),
                mrkdwn.name(post.user()),
                post.fromBot(),
                view == null ? text(post) : view.text(),
                (view == null ? html(post) : view.html()) + (isSaidToBeEdited(post) ? "<small>(edited)</small>" : ""),
                post.revision(),
                post.markdown() == null ? text(post) : mrkdwn.seen(post.text()));
    }

    private static boolean isSaidToBeEdited(Post post) {
        return post.edited() && (post.blocks() == null || post.blocks().isEmpty());
    }

    private MarkdownView markdown(String markdown) {
        return new MarkdownView(markdown, literal -> mrkdwn.seen(Mrkdwn.ofMarkdown(literal)));
    }

    /** The visible characters, a line for a line. */
    private String text(Post post) {
        if (post.blocks() == null || post.blocks().isEmpty()) {
            return mrkdwn.seen(post.text());
        }
        List<String> lines = new ArrayList<>();
        for (JsonNode block : post.blocks()) {
            if (block.path("type").asText().equals("rich_text")) {
                block.path("elements").forEach(part -> lines.add(text(part)));
            } else if (block.path("type").asText().equals("markdown")) {
                lines.add(markdown(block.path("text").asText()).text());
            } else {
                lines.add(plain(block));
            }
        }
        return String.join("\n", lines);
    }

    /** The same as HTML that is safe to put into a page: every character of the message is escaped. */
    private String html(Post post) {
        if (post.blocks() == null || post.blocks().isEmpty()) {
            return "<p>" + SafeHtml.lines(mrkdwn.seen(post.text())) + "</p>";
        }
        StringBuilder out = new StringBuilder();
        for (JsonNode block : post.blocks()) {
            if (block.path("type").asText().equals("rich_text")) {
                block.path("elements").forEach(part -> out.append(html(part)));
            } else if (block.path("type").asText().equals("divider")) {
                out.append("<hr>");
            } else if (block.path("type").asText().equals("markdown")) {
                out.append(markdown(block.path("text").asText()).html());
            } else {
                out.append("<p>").append(SafeHtml.lines(plain(block))).append("</p>");
            }
        }
        return out.toString();
    }

    private String plain(JsonNode block) {
        return switch (block.path("type").asText()) {
            case "divider" -> "";
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
                    ? ListMark.number(indent, number++)
                    : ListMark.bullet(indent);
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
            case "rich_text_preformatted" -> "<pre>" + SafeHtml.escape(runs(part)) + "</pre>";
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
            String shown = SafeHtml.lines(characters(run));
            for (String[] tag : List.of(
                    new String[] {"code", "code"},
                    new String[] {"strike", "s"},
                    new String[] {"italic", "em"},
                    new String[] {"bold", "strong"})) {
                if (run.path("style").path(tag[0]).asBoolean()) {
                    shown = "<" + tag[1] + ">" + shown + "</" + tag[1] + ">";
                }
            }
            out.append(SafeHtml.link(run.path("url").asText(), shown));
        }
        return out.toString();
    }
}
