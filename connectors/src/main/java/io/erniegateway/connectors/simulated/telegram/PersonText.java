package io.erniegateway.connectors.simulated.telegram;

import io.erniegateway.connectors.simulated.telegram.FormattedText.Entity;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a person's app makes of typed text: pieces of at most 4096, with commands and mentions found. */
final class PersonText {
    private static final int PIECE = 4096;
    private static final Pattern COMMAND =
            Pattern.compile("(?<![\\w/@])/[A-Za-z0-9_]{1,64}(@[A-Za-z]\\w{2,31})?(?!\\w)");
    private static final Pattern MENTION = Pattern.compile("(?<![\\w/@])@[A-Za-z]\\w{2,31}(?!\\w)");

    private PersonText() {}

    static List<FormattedText> pieces(String typed) {
        List<FormattedText> pieces = new ArrayList<>();
        for (int from = 0; from < typed.length(); ) {
            int to = Math.min(typed.length(), from + PIECE);
            if (to < typed.length() && Character.isHighSurrogate(typed.charAt(to - 1))) {
                to--;
            }
            pieces.add(piece(typed.substring(from, to)));
            from = to;
        }
        return pieces;
    }

    private static FormattedText piece(String text) {
        FormattedText bare = FormattedText.of(text, List.of());
        List<Entity> entities = new ArrayList<>();
        find(COMMAND, "bot_command", bare.text(), entities);
        find(MENTION, "mention", bare.text(), entities);
        return FormattedText.of(bare.text(), entities);
    }

    private static void find(Pattern pattern, String type, String text, List<Entity> found) {
        for (Matcher m = pattern.matcher(text); m.find(); ) {
            found.add(new Entity(type, m.start(), m.end() - m.start(), ""));
        }
    }

    /** Whether a bot in privacy mode is shown this text in a group. */
    static boolean isCommandFor(FormattedText text, String username, boolean botWroteLast) {
        return text.entities().stream()
                .filter(e -> e.type().equals("bot_command"))
                .map(e -> text.text().substring(e.offset(), e.end()))
                .anyMatch(command -> command.indexOf('@') < 0
                        ? botWroteLast
                        : command.substring(command.indexOf('@') + 1).equalsIgnoreCase(username));
    }
}
