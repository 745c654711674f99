package io.erniegateway.config;

import java.util.Collection;
import java.util.Locale;

/** "Did you mean": the known word nearest to a mistyped one. */
final class Nearest {
    private Nearest() {}

    /** What to write instead of {@code typed}: the nearest word if one is near, else all of them. */
    static String hint(String typed, Collection<String> known) {
        String lower = typed.toLowerCase(Locale.ROOT).replace('_', '-');
        String nearest = "";
        int best = Integer.MAX_VALUE;
        for (String word : known) {
            int distance = distance(lower, word.replace('_', '-'));
            if (distance < best) {
                best = distance;
                nearest = word;
            }
        }
        // A third of the word may be wrong: "pollin" is near "polling", "token" is not near "name".
        if (best <= Math.max(1, nearest.length() / 3)) {
            return "did you mean \"" + nearest + "\"?";
        }
        return "write one of: " + String.join(", ", known);
    }

    /** Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other. */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
