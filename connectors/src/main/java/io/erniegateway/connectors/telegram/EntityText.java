package io.erniegateway.connectors.telegram;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.telegram.telegrambots.meta.api.objects.MessageEntity;

/**
 * A text under construction and the entities over it, kept in the form the server itself would bring them to: offsets in
 * UTF-16 units, bold, italic and strikethrough cut out of code, adjacent ones of a kind joined, nothing empty, white space
 * at both ends gone. So what is sent is what is shown, and an edit that changes nothing is recognised as such.
 *
 * <p>The rules are those of tdlib's MessageEntity.cpp (fix_formatted_text) and misc.cpp (clean_input_string,
 * strip_empty_characters).
 */
final class EntityText {

    /** In this order where several begin and end at the same places: the outer first. */
    enum Kind {
        BLOCKQUOTE,
        TEXT_LINK,
        BOLD,
        ITALIC,
        STRIKETHROUGH,
        PRE,
        CODE;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** {@code detail} is the URL of a link or the language of a pre, else empty. */
    record Span(Kind kind, int start, int end, String detail) {

        MessageEntity entity() {
            var entity =
                    MessageEntity.builder().type(kind.wireName()).offset(start).length(end - start);
            if (!detail.isEmpty()) {
                if (kind == Kind.TEXT_LINK) {
                    entity.url(detail);
                } else {
                    entity.language(detail);
                }
            }
            return entity.build();
        }
    }

    private static final Comparator<Span> OUTER_FIRST = Comparator.comparingInt(Span::start)
            .thenComparing(Comparator.comparingInt(Span::end).reversed())
            .thenComparing(Span::kind);

    private final StringBuilder text = new StringBuilder();
    private final List<Span> spans = new ArrayList<>();
    private final Map<Kind, Integer> open = new EnumMap<>(Kind.class);

    int length() {
        return text.length();
    }

    /** What follows is of this kind, until {@link #end}. May be nested; only bold, italic and strikethrough. */
    void begin(Kind style) {
        open.merge(style, 1, Integer::sum);
    }

    void end(Kind style) {
        open.computeIfPresent(style, (kind, depth) -> depth == 1 ? null : depth - 1);
    }

    /** Text in the styles that are open. */
    void append(String raw) {
        int start = text.length();
        clean(raw);
        for (Kind style : open.keySet()) {
            style(style, start, text.length());
        }
    }

    /** Text in no style. */
    void appendBare(String raw) {
        clean(raw);
    }

    /** Code, which can be in no style. */
    void appendCode(Kind kind, String raw, String language) {
        int start = text.length();
        clean(raw);
        mark(kind, start, language);
    }

    /** Puts an entity over everything from {@code start} to here. */
    void mark(Kind kind, int start, String detail) {
        if (text.length() > start) {
            spans.add(new Span(kind, start, text.length(), detail));
        }
    }

    String since(int start) {
        return text.substring(start);
    }

    /** At least this many line breaks stand between what is there and what comes. */
    void breakLines(int breaks) {
        int there = 0;
        while (there < breaks && there < text.length() && text.charAt(text.length() - 1 - there) == '\n') {
            there++;
        }
        if (there < text.length()) {
            text.append("\n".repeat(breaks - there));
        }
    }

    /** The text as the server would show it; empty if the server would call it empty. */
    String text() {
        String all = text.toString();
        return isEmpty(all) ? "" : all.substring(first(), last());
    }

    /** The entities over {@link #text()}. */
    List<MessageEntity> entities() {
        if (isEmpty(text.toString())) {
            return List.of();
        }
        int first = first();
        int last = last();
        return spans.stream()
                .map(s -> new Span(s.kind(), s.start() - first, Math.min(s.end(), last) - first, s.detail()))
                .filter(s -> s.end() > s.start())
                .sorted(OUTER_FIRST)
                .map(Span::entity)
                .toList();
    }

    /** The server trims the front no further than to the first entity. */
    private int first() {
        int limit = spans.stream().mapToInt(Span::start).min().orElse(text.length());
        int first = 0;
        while (first < limit && isTrimmed(text.charAt(first))) {
            first++;
        }
        return first;
    }

    private int last() {
        int last = text.length();
        while (last > 0 && isTrimmed(text.charAt(last - 1))) {
            last--;
        }
        return last;
    }

    private static boolean isTrimmed(char c) {
        return c == ' ' || c == '\n';
    }

    private void style(Kind style, int start, int end) {
        if (start == end) {
            return;
        }
        for (int i = spans.size() - 1; i >= 0; i--) {
            Span span = spans.get(i);
            if (span.kind() == style) {
                if (span.end() == start) {
                    spans.set(i, new Span(style, span.start(), end, ""));
                    return;
                }
                break;
            }
        }
        spans.add(new Span(style, start, end, ""));
    }

    private void clean(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = i + 1 < raw.length() && Character.isSurrogatePair(c, raw.charAt(i + 1));
                // Half a character would join with its other half across the end of an entity.
                text.append(pair ? raw.substring(i, i + 2) : "\uFFFD");
                i += pair ? 1 : 0;
            } else if (c < ' ' && c != '\n') {
                text.append(c == '\r' ? "" : " ");
            } else if (!isDropped(c)) {
                text.append(c);
            }
        }
    }

    /**
     * The server drops line and paragraph separators, the bidi embeddings and overrides (U+2028 to U+202E) and three
     * combining lines. The bidi isolates (U+2066 to U+2069) are dropped here as well: unclosed, they too turn what follows.
     */
    private static boolean isDropped(char c) {
        return (c >= '\u2028' && c <= '\u202E')
                || (c >= '\u2066' && c <= '\u2069')
                || c == '\u0333'
                || c == '\u033F'
                || c == '\u030A';
    }

    private static final Set<Integer> EMPTY_TYPES =
            Set.of((int) Character.SPACE_SEPARATOR, (int) Character.CONTROL, (int) Character.FORMAT);

    /** "Text must be non-empty" is also said of texts that only hold blanks no one can see. */
    private static boolean isEmpty(String text) {
        return text.codePoints()
                .allMatch(c -> EMPTY_TYPES.contains(Character.getType(c)) || c == 0x2800 || c == 0xFFFC || c == 0x3164);
    }
}
