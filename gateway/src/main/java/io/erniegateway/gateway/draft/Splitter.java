package io.erniegateway.gateway.draft;

import java.text.BreakIterator;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a text that does not fit into one message at the best place before the limit. Pure. */
final class Splitter {
    /** First length tried; the search doubles it, so the work is proportional to the platform's limit, not to the text. */
    private static final int FIRST_TRY = 1024;

    private static final int LONGEST_CARRY = 60;

    /** A cut in the first half of what fits would waste the message; only a grapheme boundary may be found there. */
    private static final double EARLIEST = 0.5;

    private static final Pattern SENTENCE_END = Pattern.compile("[。！？；…][”’」』）]?|[.!?;][\"')]?(?=\\s)");

    private final Predicate<String> fits;

    /** @param fits whether a piece of Markdown fits into one message; monotone in its length but for small bumps */
    Splitter(Predicate<String> fits) {
        this.fits = fits;
    }

    /**
     * @param end where the text was cut, in UTF-16 units
     * @param head the text before the cut, complete in itself
     * @param carry what has to stand before the rest
     */
    record Cut(int end, String head, String carry, boolean isWhole) {}

    /** Cuts if it has to; at least one character behind {@code from} goes into the head, so that repeated cuts end. */
    Cut cut(String text, int from) {
        int limit = largestFit(text);
        if (limit == text.length()) {
            return new Cut(limit, text, "", true);
        }
        int boundary = bestBoundary(text, limit);
        return at(text, Math.max(boundary > from ? boundary : graphemeBoundary(text, limit), from + 1));
    }

    /** Cuts there. */
    Cut at(String text, int end) {
        Fences.Open fence = Fences.in(text, end).open();
        String head = text.substring(0, end);
        return fence == null ? new Cut(end, head, "", false) : new Cut(end, closed(head, fence), carry(fence), false);
    }

    /** The line that opens the fence again. A language has a short name; anything longer is not worth repeating. */
    private static String carry(Fences.Open fence) {
        return (fence.line().length() <= LONGEST_CARRY ? fence.line() : fence.marker()) + "\n";
    }

    private int largestFit(String text) {
        int high = Math.min(FIRST_TRY, text.length());
        int low = 0;
        while (fitsTo(text, high)) {
            if (high == text.length()) {
                return high;
            }
            low = high;
            high = Math.min(high * 2, text.length());
        }
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (fitsTo(text, middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean fitsTo(String text, int end) {
        String head = text.substring(0, end);
        Fences.Open fence = Fences.in(text, end).open();
        return fits.test(fence == null ? head : closed(head, fence));
    }

    private static String closed(String head, Fences.Open fence) {
        return head + (head.endsWith("\n") ? "" : "\n") + fence.marker();
    }

    private static int bestBoundary(String text, int limit) {
        int earliest = (int) (limit * EARLIEST);
        int paragraph = lastParagraph(text, earliest, limit);
        if (paragraph > 0) {
            return paragraph;
        }
        int line = text.lastIndexOf('\n', limit - 1) + 1;
        if (line > earliest) {
            return line;
        }
        int sentence = lastMatch(SENTENCE_END, text, earliest, limit);
        if (sentence > 0) {
            return sentence;
        }
        int space = text.lastIndexOf(' ', limit - 1) + 1;
        return space > earliest ? space : graphemeBoundary(text, limit);
    }

    private static int lastParagraph(String text, int earliest, int limit) {
        for (int at = text.lastIndexOf("\n\n", limit - 2);
                at + 2 > earliest && at >= 0;
                at = text.lastIndexOf("\n\n", at - 1)) {
            if (Fences.in(text, at + 2).open() == null) {
                return at + 2;
            }
        }
        return -1;
    }

    private static int lastMatch(Pattern pattern, String text, int earliest, int limit) {
        Matcher matcher = pattern.matcher(text).region(earliest, limit).useTransparentBounds(true);
        int end = -1;
        while (matcher.find()) {
            end = matcher.end();
        }
        return end;
    }

    /** Since JDK 20 a character instance knows extended grapheme clusters: no emoji or accent is torn. */
    private static int graphemeBoundary(String text, int limit) {
        BreakIterator graphemes = BreakIterator.getCharacterInstance(Locale.ROOT);
        graphemes.setText(text);
        if (graphemes.isBoundary(limit)) {
            return limit;
        }
        int before = graphemes.preceding(limit);
        // One grapheme longer than a message (stacked accents) has to be torn.
        return before > 0 ? before : limit;
    }
}
