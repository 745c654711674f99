package io.erniegateway.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The faults found so far. */
final class Faults {
    /** Longer values are described, not quoted: they are more likely a key in the wrong place than a slip of the pen. */
    private static final int QUOTABLE = 24;

    /** A file of another kind would otherwise give a fault a line. */
    private static final int MOST = 50;

    private record Fault(String file, int line, String text) {}

    private final List<Fault> faults = new ArrayList<>();

    /**
     * Adds one.
     *
     * @param path of the key, empty for the whole file
     * @param what what is wrong and what to write instead, without the value of a secret
     */
    void add(Place place, String path, String what) {
        String where = place.file() + (place.line() > 0 ? ":" + place.line() : "");
        faults.add(new Fault(place.file(), place.line(), where + (path.isEmpty() ? "" : " " + path) + ": " + what));
    }

    boolean isEmpty() {
        return faults.isEmpty();
    }

    /** In the order of the file. */
    SettingsException exception() {
        List<String> texts = new ArrayList<>(faults.stream()
                .sorted(Comparator.comparing(Fault::file).thenComparingInt(Fault::line))
                .map(Fault::text)
                .limit(MOST)
                .toList());
        if (faults.size() > MOST) {
            texts.add("… and " + (faults.size() - MOST) + " more");
        }
        return new SettingsException(texts);
    }

    /** A text of the file in quotes, if it is harmless to show. */
    static String quoted(String text) {
        String line = text.strip();
        boolean harmless = line.length() <= QUOTABLE && line.chars().noneMatch(Character::isISOControl);
        return harmless ? "\"" + line + "\"" : "a text of " + text.length() + " characters";
    }
}
