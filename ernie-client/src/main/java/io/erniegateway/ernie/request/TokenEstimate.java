package io.erniegateway.ernie.request;

import java.lang.Character.UnicodeScript;

/**
 * Counts tokens without a tokenizer, on the safe side: a CJK character is one token, any other word 1.3, as Baidu's
 * ERNIE-SDK counts (its Qianfan SDK counts CJK at 0.625 and words at 1, which is too few to trim by). A run of other
 * signs longer than four characters counts as one more word per four, for keys and code are no words. Pure.
 */
public final class TokenEstimate {
    private static final int TENTHS = 10;
    private static final int TENTHS_OF_WORD = 13;
    private static final int LONGEST_WORD = 12;

    private TokenEstimate() {}

    /** At least 0; rounded up. */
    public static int of(String text) {
        long tenths = 0;
        int run = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            boolean ideograph = c > 0x2E7F && isCjk(c);
            if (ideograph) {
                tenths += TENTHS;
                run = 0;
            } else if (Character.isWhitespace(c)) {
                run = 0;
            } else if (run % LONGEST_WORD == 0 || !Character.isLetterOrDigit(c)) {
                tenths += TENTHS_OF_WORD;
                run = 1;
            } else {
                run++;
            }
        }
        return (int) Math.min(Integer.MAX_VALUE, (tenths + TENTHS - 1) / TENTHS);
    }

    private static boolean isCjk(int c) {
        return switch (UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO -> true;
            // Full-width punctuation has no script of its own.
            case COMMON -> c >= 0x3000 && c <= 0xFFEF;
            default -> false;
        };
    }
}
