package io.erniegateway.ernie;

import java.net.URI;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A picture in a user's turn. Baidu takes fewer than 6000 × 6000 pixels whose shorter side has at least 5 (pages
 * Lm9cwwy1t, Om9b4yj3w); only the server can check that.
 *
 * @param url {@code https://…}, {@code http://…} or {@code data:image/…;base64,…}
 */
public record Image(String url) {
    /** A picture of 10 MB as base64 is 14 million characters; no server takes more in one request. */
    private static final int LONGEST = 14_000_000;

    private static final Pattern DATA = Pattern.compile("data:image/[a-z0-9.+-]+;base64,[A-Za-z0-9+/]+={0,2}");

    /**
     * Checks the form of the URL.
     *
     * @throws IllegalArgumentException if no server would take it; the picture's data is not quoted
     */
    public Image {
        if (url.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "image: longer than " + LONGEST + " characters; make the picture smaller");
        }
        if (url.startsWith("data:") ? !DATA.matcher(url).matches() : !isWeb(url)) {
            throw new IllegalArgumentException(
                    "image: must be an http or https URL, or data:image/<type>;base64,<characters>");
        }
    }

    /**
     * A picture sent along with the question.
     *
     * @param type such as {@code png} or {@code jpeg}
     */
    public static Image of(String type, byte[] bytes) {
        return new Image("data:image/" + type.toLowerCase(Locale.ROOT) + ";base64,"
                + Base64.getEncoder().encodeToString(bytes));
    }

    /** Short: the data of a picture says nothing in a log. */
    @Override
    public String toString() {
        return "Image[" + (url.startsWith("data:") ? "data, " + url.length() + " characters" : url) + "]";
    }

    private static boolean isWeb(String url) {
        try {
            URI uri = URI.create(url);
            return uri.getHost() != null
                    && ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
