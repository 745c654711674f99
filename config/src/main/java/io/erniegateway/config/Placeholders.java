package io.erniegateway.config;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Puts the environment into a text.
 *
 * <p>{@code ${NAME}} becomes the variable's value; {@code ${NAME:default}} becomes the default if the variable is not
 * set or empty; <code>$${</code> becomes a literal <code>${</code>. What comes from the environment is not looked into again.
 */
final class Placeholders {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private static final Pattern ASKED = Pattern.compile("(?<!\\$)\\$\\{([A-Za-z_][A-Za-z0-9_]*)");

    private Placeholders() {}

    /** A text that cannot be completed; the message says why and what to do. */
    static final class Unresolved extends Exception {
        private static final long serialVersionUID = 1L;

        private Unresolved(String message) {
            super(message);
        }

        String what() {
            return String.valueOf(getMessage());
        }
    }

    static String expand(String text, Map<String, String> environment) throws Unresolved {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (true) {
            int next = text.indexOf("${", at);
            if (next < 0) {
                return out.append(text, at, text.length()).toString();
            }
            if (next > at && text.charAt(next - 1) == '$') {
                out.append(text, at, next - 1).append("${");
                at = next + 2;
                continue;
            }
            int end = text.indexOf('}', next);
            if (end < 0) {
                throw new Unresolved(
                        "has a \"${\" without its \"}\"; close it, or write \"$${\" for the characters themselves");
            }
            out.append(text, at, next).append(value(text.substring(next + 2, end), environment));
            at = end + 1;
        }
    }

    /** The variables a text asks for, in the form <code>${NAME}</code>, without their defaults. */
    static List<String> names(String text) {
        return ASKED.matcher(text)
                .results()
                .map(found -> "${" + found.group(1) + "}")
                .toList();
    }

    private static String value(String inside, Map<String, String> environment) throws Unresolved {
        int colon = inside.indexOf(':');
        String name = colon < 0 ? inside : inside.substring(0, colon);
        if (!NAME.matcher(name).matches()) {
            throw new Unresolved("has a \"${…}\" that is not the name of an environment variable; write ${NAME} or"
                    + " ${NAME:default}, or \"$${\" for the characters themselves");
        }
        String value = environment.get(name);
        if (colon >= 0) {
            return value == null || value.isEmpty() ? inside.substring(colon + 1) : value;
        }
        if (value == null) {
            throw new Unresolved(
                    "the environment variable " + name + " is not set; set it, or write ${" + name + ":default}");
        }
        return value;
    }
}
