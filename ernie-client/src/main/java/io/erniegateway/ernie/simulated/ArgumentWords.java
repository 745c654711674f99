package io.erniegateway.ernie.simulated;

import io.erniegateway.ernie.simulated.SimulateArguments.BadArgument;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The words of a command line as options with their values, {@code --port 8090} or {@code --port=8090}. */
final class ArgumentWords {
    private final Map<String, List<String>> given = new TreeMap<>();

    /**
     * @param names of all options; each takes a value
     * @throws BadArgument if a word is none of them, or its value is missing
     */
    ArgumentWords(List<String> words, List<String> names) {
        Deque<String> rest = new ArrayDeque<>(words);
        while (!rest.isEmpty()) {
            String word = rest.removeFirst();
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (name.equals("--help")) {
                throw new BadArgument("--help: takes no value, not even " + quoted(word.substring(equals + 1))
                        + "; write --help alone");
            }
            if (!names.contains(name)) {
                throw new BadArgument(
                        quoted(name) + " is no option; write one of: " + String.join(" ", names) + " --help");
            }
            String value = equals < 0 ? rest.pollFirst() : word.substring(equals + 1);
            if (value == null || value.isEmpty()) {
                throw new BadArgument(name + ": needs a value; see --help");
            }
            given.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        }
    }

    /** All values of an option, in their order. */
    <T> List<T> each(String name, Function<String, T> read) {
        return given.getOrDefault(name, List.of()).stream().map(read).toList();
    }

    /** The last value of an option, null if it was not given. */
    <T> @Nullable T last(String name, Function<String, T> read) {
        List<T> all = each(name, read);
        return all.isEmpty() ? null : all.getLast();
    }

    /** The same, for a whole number. */
    int last(String name, int least, int most, int usual) {
        Integer number = last(
                name,
                text -> whole(text, least, most)
                        .orElseThrow(() -> new BadArgument(
                                name + ": " + quoted(text) + " is no whole number from " + least + " to " + most)));
        return number == null ? usual : number;
    }

    static Optional<Integer> whole(String text, int least, int most) {
        return text.matches("-?[0-9]{1,9}")
                ? Optional.of(Integer.parseInt(text)).filter(number -> number >= least && number <= most)
                : Optional.empty();
    }

    static <T> T choice(String name, String text, Map<String, T> choices) {
        T chosen = choices.get(text.toLowerCase(Locale.ROOT));
        if (chosen == null) {
            throw new BadArgument(
                    name + ": there is no " + quoted(text) + "; write one of: " + String.join(" ", choices.keySet()));
        }
        return chosen;
    }

    /** How an enum's constants are spelt on a command line. */
    static String spelt(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String quoted(String text) {
        return "\"" + text.replaceAll("\\p{Cntrl}", "?") + "\"";
    }
}
