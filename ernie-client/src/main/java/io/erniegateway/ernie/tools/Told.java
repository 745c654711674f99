package io.erniegateway.ernie.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.jspecify.annotations.Nullable;

/** What the model is given as a function's result: within its bound, and an error recognizable as one. Pure. */
final class Told {
    private Told() {}

    /** What a function returned: a text as it is, anything else as JSON. */
    static String result(@Nullable Object returned, int most) throws JsonProcessingException {
        return cut(returned instanceof String text ? text : Arguments.JSON.writeValueAsString(returned), most);
    }

    /** What went wrong. */
    static String error(String why, int most) {
        // The frame around the text is a few characters, and every quotation mark in it takes two.
        String json = Arguments.JSON.createObjectNode().put("error", why).toString();
        return json.length() <= most
                ? json
                : Arguments.JSON
                        .createObjectNode()
                        .put("error", cut(why, most / 2))
                        .toString();
    }

    /** With a mark that says how much is missing, so that the model does not take a part for the whole. */
    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        String mark = " … [cut: of " + text.length() + " characters only the first were kept]";
        int end = most - mark.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + mark;
    }
}
