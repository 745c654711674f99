package io.erniegateway.connectors.simulated.slack;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Slack's client makes of what a person types, and what a reader sees of it. */
final class Mrkdwn {

    private static final Pattern TYPED =
            Pattern.compile("(https?://[^\\s<>|]+)|@([\\p{L}\\p{N}._-]+)|#([\\p{L}\\p{N}._-]+)");
    private static final Pattern TOKEN = Pattern.compile("<([^<>|]*)(?:\\|([^<>]*))?>");

    /** A token that names somebody, after {@link #escape}. */
    private static final Pattern ESCAPED_MENTION = Pattern.compile("&lt;([@#!][^&<>|]+(?:\\|[^&<>]*)?)&gt;");

    private final Map<String, String> people = new LinkedHashMap<>();
    private final Map<String, String> channels = new LinkedHashMap<>();

    void person(String id, String name) {
        people.put(id, name);
    }

    void channel(String id, String name) {
        channels.put(id, name);
    }

    /** The name shown for a person. */
    String name(String userId) {
        return people.getOrDefault(userId, userId);
    }

    boolean knows(String userId) {
        return people.containsKey(userId);
    }

    /**
     * {@code markdown_text} as {@code mrkdwn} whose reader would see the Markdown itself, sign for sign: the fallback
     * {@code text} of the message. What becomes of
     * mentions in it is not published; the strict reading is that they mention.
     */
    static String ofMarkdown(String markdown) {
        return ESCAPED_MENTION.matcher(escape(markdown)).replaceAll("<$1>");
    }

    /** Escapes, and turns {@code @name}, {@code #name}, {@code @here} and addresses into their tokens. */
    String typed(String text) {
        StringBuilder out = new StringBuilder();
        Matcher token = TYPED.matcher(text);
        int from = 0;
        while (token.find()) {
            out.append(escape(text.substring(from, token.start()))).append(token(token));
            from = token.end();
        }
        return out.append(escape(text.substring(from))).toString();
    }

    private String token(Matcher token) {
        if (token.group(1) != null) {
            return "<" + escape(token.group(1)) + ">";
        }
        if (token.group(2) != null) {
            String name = token.group(2);
            if (name.equals("here") || name.equals("channel") || name.equals("everyone")) {
                return "<!" + name + ">";
            }
            return id(people, name).map(id -> "<@" + id + ">").orElseGet(() -> escape(token.group()));
        }
        return id(channels, token.group(3))
                .map(id -> "<#" + id + "|" + token.group(3) + ">")
                .orElseGet(() -> escape(token.group()));
    }

    private static java.util.Optional<String> id(Map<String, String> names, String name) {
        return names.entrySet().stream()
                .filter(entry -> entry.getValue().equalsIgnoreCase(name))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The characters a reader sees. Markers of emphasis are left as they are, as Slack does beside full-width text. */
    String seen(String mrkdwn) {
        StringBuilder out = new StringBuilder();
        Matcher token = TOKEN.matcher(mrkdwn);
        int from = 0;
        while (token.find()) {
            out.append(unescape(mrkdwn.substring(from, token.start()))).append(unescape(spoken(token)));
            from = token.end();
        }
        return out.append(unescape(mrkdwn.substring(from))).toString();
    }

    private String spoken(Matcher token) {
        String target = token.group(1);
        if (target.startsWith("@")) {
            return "@" + name(target.substring(1));
        }
        if (target.startsWith("#")) {
            return "#" + channels.getOrDefault(target.substring(1), target.substring(1));
        }
        if (target.startsWith("!")) {
            return "@" + target.substring(1);
        }
        return token.group(2) == null ? target : token.group(2);
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String unescape(String text) {
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }
}
