package io.erniegateway.connectors.web;

import java.util.regex.Pattern;

/**
 * What an operator sets for one web chat.
 *
 * @param name the bot's name, unique in the gateway
 * @param title what the reader sees at the top of the page
 * @param path where the page lives, for example {@code /chat}; everything else lies below it
 */
public record WebChat(String name, String title, String path) {

    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_-]+)+");

    public WebChat {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name: must not be blank");
        }
        if (title.isBlank()) {
            throw new IllegalArgumentException("title: must not be blank");
        }
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    "path: must begin with / and hold only letters, digits, - and _, for example /chat; was " + path);
        }
    }

    /** At {@code /chat}. */
    public WebChat(String name, String title) {
        this(name, title, "/chat");
    }
}
