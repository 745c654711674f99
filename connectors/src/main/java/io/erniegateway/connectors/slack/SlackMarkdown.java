package io.erniegateway.connectors.slack;

import io.erniegateway.connectors.Rendered;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Markdown as it is, for {@code markdown_text}: the form of a message that is streamed, which Slack itself makes look
 * well. Pure and total. Every step looks back only, so the form of a beginning is a beginning of the form.
 */
final class SlackMarkdown {

    /** Characters of {@code markdown_text} in one call (chat.postMessage, chat.update, chat.startStream). */
    static final int MAX_CHARACTERS = 12_000;

    /** What {@link Rendered#markup()} says of such a form. */
    private static final String MARKUP = "markdown_text";

    /**
     * The beginning of {@code <!channel>}, {@code <@U…>} or {@code <#C…>}, with the sign itself or as an entity of
     * Markdown. What Slack makes of these inside {@code markdown_text} is not documented, so a zero-width space parts
     * them.
     */
    private static final Pattern MENTION = Pattern.compile("(?i)(<|&lt;|&#0{0,5}60;|&#x0{0,4}3c;)(?=[!@#])");

    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

    private SlackMarkdown() {}

    static Rendered streamed(String markdown) {
        String whole = endsInHalf(markdown) ? markdown.substring(0, markdown.length() - 1) : markdown;
        // Before anything between two halves is taken out, or they would become a pair that a beginning did not show.
        String clean = RichRuns.clean(LONE_SURROGATE.matcher(whole).replaceAll("\uFFFD"));
        // Blanks at the end wait for what follows them: a piece of blanks alone would be refused as no_text.
        String text = MENTION.matcher(clean).replaceAll("$1\u200B").stripTrailing();
        return new Rendered(text, MARKUP, text.getBytes(StandardCharsets.UTF_8).length);
    }

    static boolean isStreamed(Rendered text) {
        return text.markup().equals(MARKUP);
    }

    /** The second half of a surrogate pair is still to come. */
    private static boolean endsInHalf(String text) {
        return !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
    }
}
