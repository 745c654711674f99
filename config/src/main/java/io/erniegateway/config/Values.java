package io.erniegateway.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts of the file to values. Pure. */
final class Values {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,9}(\\.[0-9]{1,9})?");

    private Values() {}

    /** A text that is not what it should be. The message goes on from the text: "is out of range; write …". */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        private final boolean secret;

        private Wrong(boolean secret, String message) {
            super(message);
            this.secret = secret;
        }

        /** Whether the text may be, or may hold, a secret and must not be shown. */
        boolean secret() {
            return secret;
        }

        String what() {
            return String.valueOf(getMessage());
        }
    }

    static String text(String text, int longest) throws Wrong {
        if (text.length() > longest) {
            throw new Wrong(true, "has " + text.length() + " characters; write at most " + longest);
        }
        return text;
    }

    /** A text that says something. */
    static String word(String text, int longest) throws Wrong {
        if (text.isBlank()) {
            throw new Wrong(true, "is empty; write a text");
        }
        return text(text, longest);
    }

    /** A name that fits into addresses, labels and logs. */
    static String name(String text, Pattern allowed, String inWords) throws Wrong {
        if (!allowed.matcher(text).matches()) {
            throw new Wrong(false, "is not a name; write " + inWords);
        }
        return text;
    }

    /** A token or key as one word; it travels in headers, where a stray blank or line break does harm. */
    static Secret secret(String text) throws Wrong {
        if (!text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new Wrong(
                    true,
                    "holds a blank, a line break or a non-ASCII character; copy it again, without what is around it");
        }
        return new Secret(text);
    }

    static boolean flag(String text) throws Wrong {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new Wrong(false, "is neither true nor false; write one of them");
        };
    }

    static int number(String text, int least, int most) throws Wrong {
        String write = "; write a whole number from " + least + " to " + most;
        if (!WHOLE_NUMBER.matcher(text).matches()) {
            throw new Wrong(false, "is not a whole number" + write);
        }
        long number = Long.parseLong(text);
        if (number < least || number > most) {
            throw new Wrong(false, "is out of range" + write);
        }
        return (int) number;
    }

    static double decimal(String text, int least, int most) throws Wrong {
        String write = "; write a number from " + least + " to " + most;
        if (!DECIMAL.matcher(text).matches()) {
            throw new Wrong(false, "is not a number" + write);
        }
        double number = Double.parseDouble(text);
        if (number < least || number > most) {
            throw new Wrong(false, "is out of range" + write);
        }
        return number;
    }

    /** A duration above zero. */
    static Duration duration(String text, Duration longest) throws Wrong {
        Matcher parts = DURATION.matcher(text);
        if (!parts.matches()) {
            throw new Wrong(false, "is not a duration; write a whole number with its unit: 300ms, 10s, 2m or 1h");
        }
        long amount = Long.parseLong(parts.group(1));
        Duration duration = switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
        if (duration.isZero() || duration.compareTo(longest) > 0) {
            throw new Wrong(false, "is out of range; write more than 0ms and at most " + longest.toSeconds() + "s");
        }
        return duration;
    }

    /** One of an enum's constants, written in lower case with hyphens. */
    static <E extends Enum<E>> E choice(String text, E[] all) throws Wrong {
        List<String> words = Arrays.stream(all)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        int index = words.indexOf(text);
        if (index < 0) {
            throw new Wrong(false, "is not known here; " + Nearest.hint(text, words));
        }
        return all[index];
    }

    /** A web address without the parts that hide secrets or that a client adds by itself. */
    static URI url(String text) throws Wrong {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            throw new Wrong(true, "is not an address; write one such as https://example.com");
        }
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (!(scheme.equals("https") || scheme.equals("http")) || url.getHost() == null) {
            throw new Wrong(true, "is not a web address; write one that begins with https:// or http:// and a host");
        }
        if (url.getPort() > 65_535) {
            throw new Wrong(true, "has a port above 65535; write one from 1 to 65535");
        }
        if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new Wrong(true, "has a user, a query or a fragment; write only scheme, host, port and path");
        }
        return url;
    }

    static Path file(String text) throws Wrong {
        try {
            return Path.of(word(text, 4_096));
        } catch (InvalidPathException e) {
            throw new Wrong(true, "is not a file name on this machine; write one such as data/gateway.db");
        }
    }
}
