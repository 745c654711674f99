package io.erniegateway.connectors.simulated.slack;

/** What Slack's client puts before the items of a list. */
final class ListMark {

    private static final String[] BULLETS = {"•", "◦", "▪"};

    private ListMark() {}

    /** The sign of a list that lies so deep in others. */
    static String bullet(int indent) {
        return BULLETS[indent % BULLETS.length];
    }

    /** 1, a, i, and again; the point included. */
    static String number(int indent, int number) {
        return numeral(indent, number) + ".";
    }

    private static String numeral(int indent, int number) {
        if (indent % 3 == 1) {
            StringBuilder letters = new StringBuilder();
            int rest = number;
            while (rest > 0) {
                letters.insert(0, (char) ('a' + (rest - 1) % 26));
                rest = (rest - 1) / 26;
            }
            return letters.toString();
        }
        return indent % 3 == 2 && number < 100 ? roman(number) : String.valueOf(number);
    }

    private static String roman(int number) {
        int[] values = {90, 50, 40, 10, 9, 5, 4, 1};
        String[] signs = {"xc", "l", "xl", "x", "ix", "v", "iv", "i"};
        StringBuilder out = new StringBuilder();
        int rest = number;
        for (int i = 0; i < values.length; i++) {
            while (rest >= values[i]) {
                out.append(signs[i]);
                rest -= values[i];
            }
        }
        return out.toString();
    }
}
