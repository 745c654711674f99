package io.erniegateway.connectors.simulated.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * A text and its entities as the server keeps them: control characters gone, both ends trimmed, entities in their one
 * normal form. Two messages are "exactly the same" if these are equal.
 */
record FormattedText(String text, List<Entity> entities) {

    /** {@code detail} is the URL, language or user id that belongs to the type, else empty. */
    record Entity(String type, int offset, int length, String detail) {
        int end() {
            return offset + length;
        }

        ObjectNode json() {
            ObjectNode json = ApiReply.MAPPER
                    .createObjectNode()
                    .put("type", type)
                    .put("offset", offset)
                    .put("length", length);
            switch (type) {
                case "text_link" -> json.put("url", detail);
                case "pre" -> {
                    if (!detail.isEmpty()) {
                        json.put("language", detail);
                    }
                }
                default -> {
                    // No more to it.
                }
            }
            return json;
        }
    }

    static final Set<String> STYLES = Set.of("bold", "italic", "underline", "strikethrough", "spoiler");
    private static final Set<String> QUOTES = Set.of("blockquote", "expandable_blockquote");
    private static final Set<String> CODES = Set.of("pre", "code");
    private static final Set<String> OTHERS = Set.of(
            "text_link",
            "text_mention",
            "mention",
            "hashtag",
            "cashtag",
            "bot_command",
            "url",
            "email",
            "phone_number");
    /** What an app shows for a draft without a text. */
    private static final FormattedText THINKING = new FormattedText("Thinking…", List.of());

    private static final int FARTHEST = 1_000_000;
    private static final int MAX_BYTES = 1 << 15;
    private static final int MAX_LENGTH = 4096;

    /** What a bot gives to sendMessage or editMessageText. @throws ApiRefusal in the server's words */
    static FormattedText ofBot(Parameters parameters, boolean edit) {
        String text = parameters.text("text");
        if (text.isEmpty()) {
            throw ApiRefusal.badRequest("message text is empty");
        }
        return parsed(text, parameters, edit);
    }

    /** What a bot gives to sendMessageDraft: the same, or nothing for the placeholder. */
    static FormattedText ofDraft(Parameters parameters) {
        String text = parameters.text("text");
        return text.chars().allMatch(c -> isBlank((char) c)) ? THINKING : parsed(text, parameters, false);
    }

    private static FormattedText parsed(String text, Parameters parameters, boolean edit) {
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw ApiRefusal.badRequest("text is too long");
        }
        if (!parameters.text("parse_mode").isEmpty()) {
            throw ApiRefusal.badRequest("the simulator does not parse " + parameters.text("parse_mode")
                    + ", since this gateway sends entities");
        }
        FormattedText formatted = of(text, entities(parameters.json("entities")));
        if (!edit && text.codePointCount(0, text.length()) > MAX_LENGTH) {
            throw ApiRefusal.badRequest("message is too long");
        }
        if (formatted.text().length() > MAX_LENGTH) {
            throw ApiRefusal.badRequest("MESSAGE_TOO_LONG");
        }
        return formatted;
    }

    /** The normal form of a text; an {@link ApiRefusal} if there is nothing to see, or an entity does not fit the text. */
    static FormattedText of(String raw, List<Entity> given) {
        for (Entity entity : given) {
            check(raw, entity);
        }
        StringBuilder clean = new StringBuilder();
        int[] moved = cleaned(raw, clean);
        List<Entity> entities = new ArrayList<>();
        for (Entity entity : given) {
            int start = moved[entity.offset()];
            int end = moved[entity.end()];
            if (end > start) {
                entities.add(new Entity(entity.type(), start, end - start, entity.detail()));
            }
        }
        return trimmed(clean.toString(), NormalForm.of(clean.length(), entities));
    }

    private static List<Entity> entities(JsonNode json) {
        List<Entity> entities = new ArrayList<>();
        if (json.isArray()) {
            for (JsonNode entity : json) {
                entities.add(entity(entity));
            }
        }
        return entities;
    }

    private static Entity entity(JsonNode json) {
        String type = json.path("type").asText("");
        if (!json.path("offset").isInt() || !json.path("length").isInt()) {
            throw ApiRefusal.badRequest(
                    "can't parse MessageEntity: Field \"offset\" and \"length\" must be of type Number");
        }
        if (type.isEmpty()) {
            throw ApiRefusal.badRequest("can't parse MessageEntity: Type is not specified");
        }
        if (!STYLES.contains(type) && !QUOTES.contains(type) && !CODES.contains(type) && !OTHERS.contains(type)) {
            throw ApiRefusal.badRequest("can't parse MessageEntity: Unsupported type specified");
        }
        String detail = type.equals("text_link")
                ? json.path("url").asText("")
                : type.equals("pre") ? json.path("language").asText("") : "";
        return new Entity(type, json.path("offset").asInt(), json.path("length").asInt(), detail);
    }

    private static void check(String text, Entity entity) {
        if (entity.offset() < 0 || entity.offset() > FARTHEST) {
            throw ApiRefusal.badRequest("receive an entity with incorrect offset " + entity.offset());
        }
        if (entity.length() < 0 || entity.length() > FARTHEST) {
            throw ApiRefusal.badRequest("receive an entity with incorrect length " + entity.length());
        }
        if (entity.end() > text.length()) {
            throw ApiRefusal.badRequest(
                    "entity beginning at UTF-16 offset " + entity.offset() + " ends after the end of the text");
        }
        if (splitsPair(text, entity.offset())) {
            throw ApiRefusal.badRequest("entity begins in a middle of a UTF-16 symbol");
        }
        if (splitsPair(text, entity.end())) {
            throw ApiRefusal.badRequest(
                    "entity beginning at UTF-16 offset " + entity.offset() + " ends in a middle of a UTF-16 symbol");
        }
    }

    private static boolean splitsPair(String text, int at) {
        return at > 0
                && at < text.length()
                && Character.isHighSurrogate(text.charAt(at - 1))
                && Character.isLowSurrogate(text.charAt(at));
    }

    /** clean_input_string of tdlib's misc.cpp; returns where each offset went. */
    private static int[] cleaned(String raw, StringBuilder out) {
        int[] moved = new int[raw.length() + 1];
        for (int i = 0; i < raw.length(); i++) {
            moved[i] = out.length();
            char c = raw.charAt(i);
            boolean dropped =
                    c == '\r' || (c >= '\u2028' && c <= '\u202E') || c == '\u0333' || c == '\u033F' || c == '\u030A';
            if (!dropped) {
                out.append(c < ' ' && c != '\n' ? ' ' : c);
            }
        }
        moved[raw.length()] = out.length();
        return moved;
    }

    /** fix_formatted_text of tdlib's MessageEntity.cpp: the end always, the front up to the first entity. */
    private static FormattedText trimmed(String text, List<Entity> entities) {
        int end = text.length();
        while (end > 0 && isBlank(text.charAt(end - 1))) {
            end--;
        }
        int limit =
                Math.min(end, entities.stream().mapToInt(Entity::offset).min().orElse(end));
        int start = 0;
        while (start < limit && isBlank(text.charAt(start))) {
            start++;
        }
        String left = text.substring(start, end);
        if (left.codePoints().allMatch(FormattedText::isUnseen)) {
            throw ApiRefusal.badRequest("text must be non-empty");
        }
        List<Entity> kept = new ArrayList<>();
        for (Entity e : entities) {
            int length = Math.min(e.end(), end) - e.offset();
            if (length > 0) {
                kept.add(new Entity(e.type(), e.offset() - start, length, e.detail()));
            }
        }
        kept.sort(Comparator.comparingInt(Entity::offset)
                .thenComparing(Comparator.comparingInt(Entity::length).reversed()));
        return new FormattedText(left, List.copyOf(kept));
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\n';
    }

    /** What is_empty_string of tdlib's misc.cpp takes for nothing. */
    private static boolean isUnseen(int c) {
        return c == ' '
                || c == '\n'
                || c == 0xA0
                || c == 0x1680
                || c == 0x180E
                || (c >= 0x2000 && c <= 0x200F)
                || c == 0x202F
                || c == 0x205F
                || c == 0x2800
                || c == 0x3000
                || c == 0xFEFF
                || c == 0xFFFC;
    }

    ArrayNode entitiesJson() {
        ArrayNode array = ApiReply.MAPPER.createArrayNode();
        entities.forEach(entity -> array.add(entity.json()));
        return array;
    }

    static boolean isCode(String type) {
        return CODES.contains(type);
    }

    static boolean isQuote(String type) {
        return QUOTES.contains(type);
    }
}
