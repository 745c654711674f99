package io.erniegateway.connectors.slack;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a person typed, out of what Slack sends.
 *
 * <p>Incoming text is {@code mrkdwn}: {@code <@U…>}, {@code <#C…|name>}, {@code <!here>}, {@code <url|label>}, and the
 * three entities (docs.slack.dev {@code messaging/formatting-message-text}). Pure.
 */
final class SlackText {

    /** The gateway's commands; nothing else may be called by {@code !} or by a word after our slash command. */
    private static final Set<String> COMMANDS = Set.of("start", "help", "new", "stop", "retry");

    private static final Pattern TOKEN = Pattern.compile("<([^<>|]*)(?:\\|([^<>]*))?>");
    /** {@code !} as an ASCII or a full-width mark, as a Chinese keyboard types it. */
    private static final Pattern CALLED_OUT = Pattern.compile("(?s)[!\uFF01]([A-Za-z]+)(\\s.*)?");

    private static final Pattern FIRST_WORD = Pattern.compile("(?s)[/!\uFF01]?([A-Za-z]+)(\\s.*)?");
    /** What stands between a leading mention and the question. */
    private static final Pattern AFTER_MENTION = Pattern.compile("^[\\s,:\uFF0C\uFF1A]+");

    private SlackText() {}

    static boolean mentions(String mrkdwn, String userId) {
        return mrkdwn.contains("<@" + userId + ">") || mrkdwn.contains("<@" + userId + "|");
    }

    /** The text as it was typed, without mentions of {@code ownUserId}, stripped. Links become Markdown links. */
    static String typed(String mrkdwn, String ownUserId) {
        StringBuilder out = new StringBuilder(mrkdwn.length());
        Matcher token = TOKEN.matcher(mrkdwn);
        int from = 0;
        while (token.find()) {
            out.append(unescape(mrkdwn.substring(from, token.start())));
            from = token.end();
            String label = token.group(2) == null ? "" : token.group(2);
            if (token.group(1).equals("@" + ownUserId)) {
                from = dropMention(out, mrkdwn, from);
            } else {
                out.append(spoken(unescape(token.group(1)), unescape(label), token.group()));
            }
        }
        return out.append(unescape(mrkdwn.substring(from))).toString().strip();
    }

    /**
     * {@code !stop} as {@code /stop}: Slack's own client swallows a leading slash, and its slash commands do not work in
     * threads, so people need another way to call a command.
     */
    static String command(String text) {
        Matcher called = CALLED_OUT.matcher(text);
        if (called.matches() && COMMANDS.contains(called.group(1).toLowerCase(Locale.ROOT))) {
            return "/" + called.group(1).toLowerCase(Locale.ROOT) + rest(called);
        }
        return text;
    }

    /** What follows our slash command: {@code help} as {@code /help}, nothing as {@code /help}, the rest a question. */
    static String slashCommand(String arguments) {
        if (arguments.isBlank()) {
            return "/help";
        }
        Matcher word = FIRST_WORD.matcher(arguments);
        if (word.matches() && isCommand(word)) {
            return "/" + word.group(1).toLowerCase(Locale.ROOT) + rest(word);
        }
        return arguments;
    }

    /** Only {@code new} may be followed by more: "help me with…" and "stop signs in…" are questions. */
    private static boolean isCommand(Matcher word) {
        String name = word.group(1).toLowerCase(Locale.ROOT);
        boolean marked = !Character.isLetter(word.group().charAt(0));
        return COMMANDS.contains(name) && (marked || rest(word).isEmpty() || name.equals("new"));
    }

    private static String rest(Matcher word) {
        return word.group(2) == null || word.group(2).isBlank()
                ? ""
                : " " + word.group(2).strip();
    }

    /** Leaves no double blank where the mention stood, and no comma or colon where it led. */
    private static int dropMention(StringBuilder before, String mrkdwn, int from) {
        if (before.toString().isBlank()) {
            Matcher gap = AFTER_MENTION.matcher(mrkdwn).region(from, mrkdwn.length());
            return gap.find() ? gap.end() : from;
        }
        boolean blankBefore = Character.isWhitespace(before.charAt(before.length() - 1));
        boolean blankAfter = from < mrkdwn.length() && mrkdwn.charAt(from) == ' ';
        return blankBefore && blankAfter ? from + 1 : from;
    }

    private static String spoken(String target, String label, String token) {
        if (target.isEmpty()) {
            return unescape(token);
        }
        return switch (target.charAt(0)) {
            case '@' -> label.isEmpty() ? target : at(label);
            case '#' -> label.isEmpty() ? target : "#" + label;
            case '!' -> label.isEmpty() ? at(target.substring(1)) : label;
            default -> link(target, label);
        };
    }

    private static String at(String name) {
        return name.startsWith("@") ? name : "@" + name;
    }

    /** Slack links by itself what looks like an address; then the label is what was typed. */
    private static String link(String url, String label) {
        if (label.isEmpty() || label.equals(url)) {
            return url;
        }
        String bare = url.replaceFirst("^(https?://|mailto:|tel:)", "");
        return bare.equals(label) || bare.equals(label + "/") ? label : "[" + label + "](" + url + ")";
    }

    private static String unescape(String text) {
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }
}
