package io.erniegateway.gateway.draft;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The code fences of a text.
 *
 * @param open the fence that is open at its end, if any
 * @param closedEnd where the last closed fence ends, 0 if there is none
 */
record Fences(@Nullable Open open, int closedEnd) {
    private static final Pattern FENCE = Pattern.compile("(?m)^ {0,3}(`{3,40}|~{3,40})([^\\n]*)$");

    /**
     * An opened fence.
     *
     * @param marker its backticks or tildes
     * @param line the whole opening line, with the language
     */
    record Open(String marker, String line) {}

    /** Looks at the text up to {@code end}. */
    static Fences in(String text, int end) {
        Matcher fences = FENCE.matcher(text).region(0, end);
        Open open = null;
        int closedEnd = 0;
        while (fences.find()) {
            String marker = fences.group(1);
            String info = fences.group(2);
            if (open == null) {
                // Backticks in the info string make it a code span, not a fence.
                open = marker.startsWith("`") && info.indexOf('`') >= 0 ? null : new Open(marker, fences.group());
            } else if (marker.startsWith(open.marker) && info.isBlank()) {
                open = null;
                closedEnd = fences.end();
            }
        }
        return new Fences(open, closedEnd);
    }
}
