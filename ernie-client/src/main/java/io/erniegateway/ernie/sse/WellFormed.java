package io.erniegateway.ernie.sse;

/**
 * Repairs UTF-16: a lone surrogate becomes U+FFFD. JSON can escape half a character ({@code "\ud83d"}), and a server
 * that cuts a text into pieces by its own units may send the halves in two chunks.
 */
public final class WellFormed {
    private static final char REPLACEMENT = '\uFFFD';

    private char held;

    /** The next piece of a text that comes in pieces: holds a first half back until the second comes. */
    String next(String piece) {
        if (piece.isEmpty()) {
            return piece;
        }
        String whole = held == 0 ? piece : held + piece;
        held = 0;
        char last = whole.charAt(whole.length() - 1);
        if (Character.isHighSurrogate(last)) {
            held = last;
            whole = whole.substring(0, whole.length() - 1);
        }
        return text(whole);
    }

    /** What was held back when the text ends: nothing, or the mark of half a character. */
    String rest() {
        String rest = held == 0 ? "" : String.valueOf(REPLACEMENT);
        held = 0;
        return rest;
    }

    /** The text itself if it is well-formed, as nearly always; else a repaired copy. */
    public static String text(String text) {
        int fault = firstLoneSurrogate(text, 0);
        if (fault < 0) {
            return text;
        }
        char[] repaired = text.toCharArray();
        while (fault >= 0) {
            repaired[fault] = REPLACEMENT;
            fault = firstLoneSurrogate(text, fault + 1);
        }
        return String.valueOf(repaired);
    }

    /** At most so many characters of a text, and never half a pair. */
    public static String beginning(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        boolean splitsPair = most > 0 && Character.isHighSurrogate(text.charAt(most - 1));
        return text.substring(0, splitsPair ? most - 1 : most);
    }

    private static int firstLoneSurrogate(String text, int from) {
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                i++;
            } else if (i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1))) {
                i += 2;
            } else {
                return i;
            }
        }
        return -1;
    }
}
