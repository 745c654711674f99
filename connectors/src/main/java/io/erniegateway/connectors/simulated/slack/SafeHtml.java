package io.erniegateway.connectors.simulated.slack;

import java.util.Locale;

/** Characters of a message in a page: none of them can become markup. */
final class SafeHtml {

    private SafeHtml() {}

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** The same, a line for a line. */
    static String lines(String text) {
        return escape(text).replace("\n", "<br>");
    }

    /** {@code shown}, which is HTML, as a link if the address is one that may be followed. */
    static String link(String url, String shown) {
        String lower = url.toLowerCase(Locale.ROOT);
        boolean safe = lower.startsWith("http://") || lower.startsWith("https://") || lower.startsWith("mailto:");
        return safe
                ? "<a href=\"" + escape(url) + "\" target=\"_blank\" rel=\"noopener noreferrer\">" + shown + "</a>"
                : shown;
    }
}
