package io.erniegateway.ernie.request;

import java.lang.Character.UnicodeScript;

/**
 * Counts tokens without a tokenizer, on the safe side: a CJK character is one token, any other word 1.3, as Baidu's
 * ERNIE-SDK counts (its Qianfan SDK counts CJK at 0.625 and words at 1, which is too few to trim by). Letters of other
 * scripts without blanks count as CJK; a word beyond twelve letters counts as one more for each four, for keys and hashes
 * are no words; any other sign is a word. Pure.
 */
public final class TokenEstimate {
    private static final int TENTHS = 10;
    private static final int TENTHS_OF_WORD = 13;
    private static final int LONGEST_WORD = 12;
    private static final int PIECE_OF_LONGER = 4;

    /** Thai is the first of those scripts: most text needs no closer look. */
    private static final int FIRST_WITHOUT_BLANKS = 0x0E00;

    private TokenEstimate() {}

    /** At least 0; rounded up. */
    public static int of(String text) {
        long tenths = 0;
        int run = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c >= FIRST_WITHOUT_BLANKS && needsNoBlanks(c)) {
                tenths += TENTHS;
                run = 0;
            } else if (Character.isWhitespace(c)) {
                run = 0;
            } else if (Character.isLetterOrDigit(c)) {
                boolean another = run == 0 || (run >= LONGEST_WORD && (run - LONGEST_WORD) % PIECE_OF_LONGER == 0);
                tenths += another ? TENTHS_OF_WORD : 0;
                run++;
            } else {
                tenths += TENTHS_OF_WORD;
                run = 0;
            }
        }
        return (int) Math.min(Integer.MAX_VALUE, (tenths + TENTHS - 1) / TENTHS);
    }

    /** A character that stands for itself, beside others without a blank. */
    private static boolean needsNoBlanks(int c) {
        return switch (UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO, THAI, LAO, KHMER, MYANMAR, TIBETAN -> true;
            // Full-width punctuation has no script of its own.
            case COMMON -> c >= 0x3000 && c <= 0xFFEF;
            default -> false;
        };
    }
}
