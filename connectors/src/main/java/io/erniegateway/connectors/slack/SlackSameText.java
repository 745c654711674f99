package io.erniegateway.connectors.slack;

import com.fasterxml.jackson.databind.JsonNode;
import io.erniegateway.connectors.Rendered;
import java.util.regex.Pattern;

/**
 * What of a text comes back from Slack as it was sent. Slack writes addresses as {@code <url>}, links of Markdown as
 * {@code <url|words>}, emoji as {@code :names:}, escapes three signs and trims; letters and digits it leaves alone. Pure.
 */
final class SlackSameText {

    /** {@code [words](url)} as it is sent in {@code markdown_text}, and may come back; the words stay. */
    private static final Pattern MARKDOWN_LINK = Pattern.compile("\\]\\([^)\\s]*\\)");

    /** The address of {@code <url|words>} as it comes back. */
    private static final Pattern LINKED = Pattern.compile("<[^<>|]*\\|");

    private static final Pattern EMOJI = Pattern.compile(":[a-z0-9_+'-]+(?:::skin-tone-\\d)?:");

    private SlackSameText() {}

    /** Of a text that was posted. */
    static String essence(Rendered posted) {
        return letters(posted.text());
    }

    /** Of a message as Slack shows it to the app. */
    static String essence(JsonNode message) {
        String text = LINKED.matcher(message.path("text").asText("")).replaceAll("");
        return letters(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"));
    }

    private static String letters(String text) {
        StringBuilder letters = new StringBuilder();
        String words = MARKDOWN_LINK.matcher(text).replaceAll("");
        EMOJI.matcher(words)
                .replaceAll("")
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(letters::appendCodePoint);
        return letters.toString();
    }
}
