package io.erniegateway.connectors.simulated.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/**
 * What Slack takes as {@code blocks} of a message (docs.slack.dev {@code reference/block-kit}). Pure. Blocks that this
 * simulator cannot show are refused, whatever Slack would do.
 */
final class BlockRules {

    private static final int MAX_BLOCKS = 50;
    private static final int MAX_BLOCK_ID = 255;
    private static final int MAX_SECTION = 3_000;
    private static final int MAX_HEADER = 150;
    private static final int MAX_CONTEXT = 10;
    private static final int MAX_MARKDOWN = 12_000;
    private static final int MAX_INDENT = 8;

    private static final Set<String> STYLES = Set.of("bold", "italic", "strike", "code");

    private BlockRules() {}

    /** Slack's error code, or nothing if the blocks are good. */
    static Optional<String> check(JsonNode blocks) {
        if (!blocks.isArray()) {
            return Optional.of("invalid_blocks_format");
        }
        if (blocks.size() > MAX_BLOCKS) {
            return Optional.of("invalid_blocks");
        }
        int markdown = 0;
        for (JsonNode block : blocks) {
            if (!isBlock(block)) {
                return Optional.of("invalid_blocks");
            }
            markdown += block.path("type").asText().equals("markdown")
                    ? block.path("text").asText().length()
                    : 0;
        }
        return markdown > MAX_MARKDOWN ? Optional.of("msg_blocks_too_long") : Optional.empty();
    }

    private static boolean isBlock(JsonNode block) {
        if (block.path("block_id").asText("").length() > MAX_BLOCK_ID) {
            return false;
        }
        return switch (block.path("type").asText("")) {
            case "rich_text" -> nonEmptyArray(block) && all(block, BlockRules::isRichPart);
            case "section" -> isText(block.path("text"), MAX_SECTION);
            case "header" ->
                isText(block.path("text"), MAX_HEADER)
                        && block.path("text").path("type").asText().equals("plain_text");
            case "context" ->
                nonEmptyArray(block)
                        && block.path("elements").size() <= MAX_CONTEXT
                        && all(block, element -> isText(element, MAX_SECTION));
            case "markdown" ->
                block.path("text").isTextual() && !block.path("text").asText().isEmpty();
            case "divider" -> true;
            default -> false;
        };
    }

    private static boolean isRichPart(JsonNode part) {
        return switch (part.path("type").asText("")) {
            case "rich_text_section", "rich_text_quote" -> nonEmptyArray(part) && all(part, BlockRules::isRun);
            case "rich_text_preformatted" -> nonEmptyArray(part) && all(part, BlockRules::isPlainRun);
            case "rich_text_list" -> isList(part);
            default -> false;
        };
    }

    private static boolean isList(JsonNode list) {
        String style = list.path("style").asText("");
        return (style.equals("bullet") || style.equals("ordered"))
                && isNumber(list.path("indent"), MAX_INDENT)
                && isNumber(list.path("offset"), Integer.MAX_VALUE)
                && nonEmptyArray(list)
                && all(list, item -> item.path("type").asText().equals("rich_text_section") && isRichPart(item));
    }

    private static boolean isNumber(JsonNode value, int max) {
        return value.isMissingNode() || (value.isInt() && value.asInt() >= 0 && value.asInt() <= max);
    }

    private static boolean isRun(JsonNode run) {
        boolean known = switch (run.path("type").asText("")) {
            case "text" -> !run.path("text").asText("").isEmpty();
            case "link" ->
                isUrl(run.path("url").asText(""))
                        && (run.path("text").isMissingNode()
                                || !run.path("text").asText("").isEmpty());
            case "user" -> run.path("user_id").isTextual();
            case "channel" -> run.path("channel_id").isTextual();
            case "broadcast" -> run.path("range").isTextual();
            case "emoji" -> run.path("name").isTextual();
            default -> false;
        };
        return known && isStyle(run.path("style"));
    }

    private static boolean isPlainRun(JsonNode run) {
        String type = run.path("type").asText();
        return isRun(run) && (type.equals("text") || type.equals("link"));
    }

    private static boolean isStyle(JsonNode style) {
        if (style.isMissingNode()) {
            return true;
        }
        boolean good = style.isObject();
        for (var names = style.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            good &= STYLES.contains(name) && style.path(name).isBoolean();
        }
        return good;
    }

    private static boolean isUrl(String url) {
        try {
            URI uri = new URI(url);
            return uri.isAbsolute() && (uri.isOpaque() || uri.getHost() != null);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isText(JsonNode text, int max) {
        String type = text.path("type").asText("");
        int length = text.path("text").asText("").length();
        return (type.equals("plain_text") || type.equals("mrkdwn")) && length >= 1 && length <= max;
    }

    private static boolean nonEmptyArray(JsonNode holder) {
        return holder.path("elements").isArray() && !holder.path("elements").isEmpty();
    }

    private interface Rule {
        boolean holds(JsonNode node);
    }

    private static boolean all(JsonNode holder, Rule rule) {
        for (JsonNode element : holder.path("elements")) {
            if (!rule.holds(element)) {
                return false;
            }
        }
        return true;
    }
}
