package io.erniegateway.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One section of the file, laid over its defaults.
 *
 * <p>Each getter takes the key from the file or else from the defaults. A key that is faulty gives a fault and some
 * harmless value, so that reading goes on to the next fault; {@link #sound} tells the two apart. A key that no getter
 * asked for is unknown: {@link #end} says so.
 */
final class Section {
    /** Nothing here takes longer, and a slip of the unit ("300h" for "300ms") is caught. */
    private static final Duration LONGEST = Duration.ofHours(1);

    /** Stands for an address that was faulty. Never leaves this package: a fault ends in an exception. */
    private static final URI NOWHERE = URI.create("http://invalid.invalid");

    private final String path;
    private final YamlNode.Mapping given;
    private final YamlNode.Mapping defaults;
    private final Map<String, String> environment;
    private final Faults faults;
    private final Set<String> asked = new LinkedHashSet<>();
    private final Set<String> faulty = new HashSet<>();

    Section(
            String path,
            YamlNode.Mapping given,
            YamlNode.Mapping defaults,
            Map<String, String> environment,
            Faults faults) {
        this.path = path;
        this.given = given;
        this.defaults = defaults;
        this.environment = environment;
        this.faults = faults;
    }

    static String join(String path, String key) {
        String shown = key.length() <= 40 ? key : key.substring(0, 40) + "…";
        return path.isEmpty() ? shown : path + "." + shown;
    }

    /** Where this section is, in the form {@code telegram[0]}. */
    String path() {
        return path;
    }

    String text(String key, int longest) {
        return read(key, "", text -> Values.text(text, longest));
    }

    String word(String key, int longest) {
        return read(key, "", text -> Values.word(text, longest));
    }

    String name(String key, Pattern allowed, String inWords) {
        return read(key, "", text -> Values.name(text, allowed, inWords));
    }

    Secret secret(String key) {
        return isWritten(key) ? read(key, Secret.EMPTY, Values::secret) : Secret.EMPTY;
    }

    boolean flag(String key) {
        return read(key, false, Values::flag);
    }

    int number(String key, int least, int most) {
        return read(key, least, text -> Values.number(text, least, most));
    }

    @Nullable
    Integer optionalNumber(String key, int least, int most) {
        return isWritten(key) ? (Integer) number(key, least, most) : null;
    }

    @Nullable
    Double optionalDecimal(String key, int least, int most) {
        return isWritten(key) ? read(key, 0.0, text -> Values.decimal(text, least, most)) : null;
    }

    Duration duration(String key) {
        return duration(key, LONGEST);
    }

    Duration duration(String key, Duration longest) {
        return read(key, longest, text -> Values.duration(text, longest));
    }

    <E extends Enum<E>> E choice(String key, E[] all) {
        return read(key, all[0], text -> Values.choice(text, all));
    }

    URI url(String key) {
        return read(key, NOWHERE, Values::url);
    }

    @Nullable
    URI optionalUrl(String key) {
        return isWritten(key) ? url(key) : null;
    }

    Path file(String key) {
        return read(key, Path.of(""), Values::file);
    }

    /** A list of words; a single one stands for a list of one, nothing for an empty list. */
    List<String> words(String key, int longest) {
        asked.add(key);
        YamlNode node = written(key);
        List<YamlNode> nodes =
                node instanceof YamlNode.Sequence list ? list.items() : node == null ? List.of() : List.of(node);
        YamlNode.Mapping items = new YamlNode.Mapping(placeOf(key));
        for (YamlNode item : nodes) {
            String index = key + "[" + items.values().size() + "]";
            items.values().put(index, item);
            items.keys().put(index, item.place());
        }
        Section list = new Section(path, items, new YamlNode.Mapping(items.place()), environment, faults);
        List<String> words = items.values().keySet().stream()
                .map(item -> list.word(item, longest))
                .toList();
        return list.faulty.isEmpty() ? words : List.of();
    }

    /** A section below this one. */
    Section section(String key) {
        return section(key, defaultsAt(key));
    }

    /** A section below this one with defaults of its own. */
    Section section(String key, YamlNode.Mapping otherDefaults) {
        asked.add(key);
        String below = join(path, key);
        YamlNode written = given.written(key);
        YamlNode.Mapping mapping = written == null ? new YamlNode.Mapping(placeOf(key)) : asMapping(written, below);
        return new Section(below, mapping, otherDefaults, environment, faults);
    }

    /** The sections of a list; an absent list is the default one, and each item takes the default item's values. */
    List<Section> items(String key) {
        asked.add(key);
        YamlNode.Mapping item = new YamlNode.Mapping(defaults.place());
        if (defaults.written(key) instanceof YamlNode.Sequence list
                && list.items().getFirst() instanceof YamlNode.Mapping first) {
            item = first;
        }
        YamlNode written = given.written(key);
        List<YamlNode> nodes = List.of(new YamlNode.Mapping(placeOf(key)));
        if (written instanceof YamlNode.Sequence list) {
            nodes = list.items();
        } else if (written != null) {
            fault(key, "is " + written.kind() + "; write a list, each item beginning with \"- \"");
        }
        List<Section> sections = new ArrayList<>();
        for (YamlNode node : nodes) {
            String below = join(path, key) + "[" + sections.size() + "]";
            sections.add(new Section(below, asMapping(node, below), item, environment, faults));
        }
        return sections;
    }

    /** The keys of a section whose keys are names: the defaults' first, then the file's others. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>(defaults.values().keySet());
        names.addAll(given.values().keySet());
        return names;
    }

    /** What the file says below a key; nothing if that is no section. */
    YamlNode.Mapping givenAt(String key) {
        return given.written(key) instanceof YamlNode.Mapping mapping ? mapping : new YamlNode.Mapping(placeOf(key));
    }

    /** What the defaults say below a key. */
    YamlNode.Mapping defaultsAt(String key) {
        return defaults.written(key) instanceof YamlNode.Mapping mapping ? mapping : new YamlNode.Mapping(placeOf(key));
    }

    /** Whether the file or its defaults give a value to a key. */
    boolean isWritten(String key) {
        asked.add(key);
        return written(key) != null;
    }

    /** Whether the file itself gives a value to a key. */
    boolean isGiven(String key) {
        return given.written(key) != null;
    }

    /** Whether the values of these keys are what the operator wrote. */
    boolean sound(String... keys) {
        return Arrays.stream(keys).noneMatch(faulty::contains);
    }

    void fault(String key, String what) {
        faulty.add(key);
        faults.add(placeOf(key), join(path, key), what);
    }

    /** Ends the reading of this section: every key not asked for is unknown. */
    void end() {
        given.keys().forEach((key, place) -> {
            if (!asked.contains(key)) {
                faults.add(place, join(path, key), "is not a setting; " + Nearest.hint(key, asked));
            }
        });
    }

    @FunctionalInterface
    private interface Reading<T> {
        T of(String text) throws Values.Wrong;
    }

    private <T> T read(String key, T instead, Reading<T> reading) {
        asked.add(key);
        YamlNode node = written(key);
        if (node == null) {
            fault(key, "is missing; write a value");
            return instead;
        }
        if (!(node instanceof YamlNode.Scalar scalar)) {
            fault(key, "is " + node.kind() + "; write a single value");
            return instead;
        }
        try {
            String text = Placeholders.expand(scalar.text(), environment);
            try {
                return reading.of(text);
            } catch (Values.Wrong e) {
                fault(key, (subject(scalar, text, e.secret()) + " " + e.what()).strip());
            }
        } catch (Placeholders.Unresolved e) {
            fault(key, e.what());
        }
        return instead;
    }

    /** How to name a faulty value: by the variables it was made of, else as it is written if it may be shown. */
    private static String subject(YamlNode.Scalar scalar, String text, boolean secret) {
        List<String> variables = Placeholders.names(scalar.text());
        if (!variables.isEmpty()) {
            return "the value of " + String.join(", ", variables);
        }
        return secret ? "" : Faults.quoted(text);
    }

    private @Nullable YamlNode written(String key) {
        YamlNode written = given.written(key);
        return written != null ? written : defaults.written(key);
    }

    private YamlNode.Mapping asMapping(YamlNode node, String where) {
        if (node instanceof YamlNode.Mapping mapping) {
            return mapping;
        }
        if (!(node instanceof YamlNode.Nothing)) {
            faults.add(node.place(), where, "is " + node.kind() + "; write its keys below it, indented by two blanks");
        }
        return new YamlNode.Mapping(node.place());
    }

    /** Where a key stands in the file; the section's own place if the key is left to its default. */
    private Place placeOf(String key) {
        return given.keys().getOrDefault(key, given.place());
    }
}
