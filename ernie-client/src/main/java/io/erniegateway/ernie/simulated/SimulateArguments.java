package io.erniegateway.ernie.simulated;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What stands on the command line behind {@code simulate ernie}, read and checked.
 *
 * @param options of the simulator, with a script that does what was asked for
 * @param help whether only the usage is wanted
 */
record SimulateArguments(SimulatorOptions options, boolean help) {
    static final int USUAL_PORT = 8090;

    static final String USAGE = """
            Simulates ERNIE on this machine: V2, V1 and OpenAI-compatible, with keys that are no secret.

              ./ernie-gateway simulate ernie [options]

              --port N           default: %d; 0 for any free one
              --profile NAME     pace of all answers: %s;
                                 default: each interface its own
              --speed X          times as fast: 10, 0.5 or max, which is without any wait; default: 1
              --model NAME       a model it knows; may be repeated; default: %s
              --rpm N            requests a minute and model; default: no limit
              --text FILE        answers with this text, UTF-8; repeated: in turn; default: a demo's answers
              --quirk NAME       a spelling of the stream; may be repeated:%s
              --fault WHAT       breaks the answers; repeated: in turn
                                   cut:N            the body ends after N chunks
                                   reset:N          the connection is torn after N chunks
                                   stall:N          nothing comes any more after N chunks
                                   error:N:CODE     an error in the stream after N chunks
                                   ok-error:CODE    HTTP 200, but an error instead of a stream
                                   status:S[:CODE]  HTTP 400 to 599; plain text without CODE
              --fault-every N    breaks only every Nth answer; default: 1
              --help
            """.formatted(
                    USUAL_PORT,
                    String.join(", ", profiles().keySet()),
                    SimulatorOptions.DEMO_MODEL,
                    wrapped(quirks().keySet()));

    private static final Set<String> NAMES = Set.copyOf(names());

    /** A longer answer would be no test of anything, and is kept once for every open stream. */
    private static final int LONGEST_TEXT_BYTES = 1024 * 1024;

    private static final int MOST_CHUNKS = 1_000_000;
    private static final int MOST_PER_MINUTE = 1_000_000;
    private static final double FASTEST = 1_000_000;
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}");
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    /** Something on the command line that nobody can make sense of; the text is one line for the person who typed it. */
    static final class BadArgument extends RuntimeException {
        private static final long serialVersionUID = 1;

        BadArgument(String message) {
            super(message);
        }
    }

    /**
     * Reads the words, which are options and their values, {@code --port 8090} or {@code --port=8090}.
     *
     * @throws BadArgument if one of them is unknown, or its value is
     */
    static SimulateArguments parse(List<String> words) {
        if (words.contains("--help") || words.contains("-h")) {
            return new SimulateArguments(SimulatorOptions.defaults(), true);
        }
        Map<String, List<String>> given = given(new ArrayDeque<>(words));
        Set<String> models = new LinkedHashSet<>(each(given, "--model", SimulateArguments::model));
        Double scale = last(given, "--speed", SimulateArguments::timeScale);
        Integer rpm = last(given, "--rpm", text -> number("--rpm", text, 1, MOST_PER_MINUTE));
        Integer port = last(given, "--port", text -> number("--port", text, 0, 65_535));
        SimulatorOptions usual = SimulatorOptions.defaults();
        SimulatorOptions options = usual.withPort(port == null ? USUAL_PORT : port)
                .withModels(models.isEmpty() ? usual.models() : models, Set.of())
                .withTimeScale(scale == null ? 1 : scale)
                .withRate(rpm == null ? 0 : rpm, usual.rateWindow())
                .withScript(script(given));
        return new SimulateArguments(options, false);
    }

    private static Script script(Map<String, List<String>> given) {
        List<String> texts = each(given, "--text", SimulateArguments::text);
        Script base = texts.isEmpty()
                ? new DemoScript()
                : ArrangedScript.inCircles(texts.stream().map(Reply::of).toList());
        EnumSet<Quirk> quirks = EnumSet.noneOf(Quirk.class);
        quirks.addAll(each(given, "--quirk", text -> choice("--quirk", text, quirks())));
        Integer every = last(given, "--fault-every", text -> number("--fault-every", text, 1, MOST_CHUNKS));
        return new ArrangedScript(
                base,
                last(given, "--profile", text -> choice("--profile", text, profiles())),
                quirks,
                each(given, "--fault", SimulateArguments::fault),
                every == null ? 1 : every);
    }

    private static Map<String, List<String>> given(Deque<String> words) {
        Map<String, List<String>> given = new TreeMap<>();
        while (!words.isEmpty()) {
            String word = words.removeFirst();
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (!NAMES.contains(name)) {
                throw new BadArgument(quoted(name) + " is no option; write one of: " + String.join(" ", names()));
            }
            String value = equals < 0 ? words.pollFirst() : word.substring(equals + 1);
            if (value == null || value.isEmpty()) {
                throw new BadArgument(name + ": needs a value; see --help");
            }
            given.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        }
        return given;
    }

    private static <T> List<T> each(Map<String, List<String>> given, String name, Function<String, T> read) {
        return given.getOrDefault(name, List.of()).stream().map(read).toList();
    }

    private static <T> @Nullable T last(Map<String, List<String>> given, String name, Function<String, T> read) {
        List<T> all = each(given, name, read);
        return all.isEmpty() ? null : all.getLast();
    }

    private static int number(String name, String text, int least, int most) {
        return whole(text, least, most)
                .orElseThrow(() -> new BadArgument(
                        name + ": " + quoted(text) + " is no whole number from " + least + " to " + most));
    }

    private static Optional<Integer> whole(String text, int least, int most) {
        return text.matches("[0-9]{1,9}")
                ? Optional.of(Integer.parseInt(text)).filter(number -> number >= least && number <= most)
                : Optional.empty();
    }

    private static double timeScale(String text) {
        if (text.equals("max")) {
            return 0;
        }
        double speed = text.matches("[0-9]{1,7}(\\.[0-9]{1,6})?") ? Double.parseDouble(text) : 0;
        if (speed <= 0 || speed > FASTEST) {
            throw new BadArgument(
                    "--speed: " + quoted(text) + " is neither a number above 0, such as 10 or 0.5, nor max");
        }
        return 1 / speed;
    }

    private static String model(String name) {
        if (!MODEL.matcher(name).matches()) {
            throw new BadArgument(
                    "--model: " + quoted(name) + " is no name; use letters, digits and . _ : / - only, 100 at most");
        }
        return name;
    }

    private static <T> T choice(String name, String text, Map<String, T> choices) {
        T chosen = choices.get(text.toLowerCase(Locale.ROOT));
        if (chosen == null) {
            throw new BadArgument(
                    name + ": there is no " + quoted(text) + "; write one of: " + String.join(" ", choices.keySet()));
        }
        return chosen;
    }

    private static String text(String file) {
        try {
            Path path = Path.of(file);
            if (Files.size(path) > LONGEST_TEXT_BYTES) {
                throw new BadArgument("--text: " + quoted(file) + " is longer than 1 MiB");
            }
            String text = Files.readString(path).stripTrailing();
            if (text.isEmpty()) {
                throw new BadArgument("--text: " + quoted(file) + " is empty");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new BadArgument("--text: " + quoted(file) + " is not UTF-8");
        } catch (IOException | IllegalArgumentException e) {
            throw new BadArgument("--text: " + quoted(file) + " cannot be read");
        }
    }

    private static Fault fault(String text) {
        String[] parts = text.split(":", -1);
        Optional<Integer> chunks = parts.length < 2 ? Optional.empty() : whole(parts[1], 0, MOST_CHUNKS);
        Optional<Integer> status = parts.length < 2 ? Optional.empty() : whole(parts[1], 400, 599);
        String code = parts[parts.length - 1];
        boolean coded = CODE.matcher(code).matches();
        Optional<Fault> fault = switch (parts[0] + "/" + parts.length) {
            case "cut/2" -> chunks.map(Fault.Cut::new);
            case "reset/2" -> chunks.map(Fault.Reset::new);
            case "stall/2" -> chunks.map(Fault.Stall::new);
            case "error/3" -> chunks.filter(n -> coded).map(n -> new Fault.ErrorLine(n, code, "as told"));
            case "ok-error/2" -> coded ? Optional.of(new Fault.OkError(code, "as told")) : Optional.empty();
            case "status/2" -> status.map(s -> new Fault.Status(s, "", "as told"));
            case "status/3" -> status.filter(s -> coded).map(s -> new Fault.Status(s, code, "as told"));
            default -> Optional.empty();
        };
        return fault.orElseThrow(() -> new BadArgument("--fault: " + quoted(text)
                + " is none of cut:N reset:N stall:N error:N:CODE ok-error:CODE status:400…599[:CODE]"));
    }

    private static String quoted(String text) {
        return "\"" + text.replaceAll("\\p{Cntrl}", "?") + "\"";
    }

    private static Map<String, Profile> profiles() {
        return new TreeMap<>(Map.of(
                "v1-classic", Profile.V1_CLASSIC,
                "v2-token", Profile.V2_TOKEN,
                "v2-thinking", Profile.V2_THINKING));
    }

    private static Map<String, Quirk> quirks() {
        return new TreeMap<>(Arrays.stream(Quirk.values())
                .collect(Collectors.toMap(
                        quirk -> quirk.name().toLowerCase(Locale.ROOT).replace('_', '-'), quirk -> quirk)));
    }

    private static List<String> names() {
        return List.of(
                "--port",
                "--profile",
                "--speed",
                "--model",
                "--rpm",
                "--text",
                "--quirk",
                "--fault",
                "--fault-every",
                "--help");
    }

    /** Several names on each line, below the first column of the descriptions. */
    private static String wrapped(Set<String> names) {
        StringBuilder text = new StringBuilder();
        int column = 0;
        for (String name : names) {
            if (column == 0 || column + name.length() > 70) {
                text.append("\n                     ");
                column = 0;
            }
            text.append(name).append(' ');
            column += name.length() + 1;
        }
        return Stream.of(text.toString().split("\n", -1))
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n"));
    }
}
