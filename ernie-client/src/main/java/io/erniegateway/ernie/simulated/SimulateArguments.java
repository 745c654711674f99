package io.erniegateway.ernie.simulated;

import static io.erniegateway.ernie.simulated.ArgumentWords.quoted;

import io.erniegateway.ernie.Dialect;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What stands on the command line behind {@code simulate ernie}, read and checked. What concerns the answers is read by
 * {@code ScriptArguments}.
 *
 * @param options of the simulator, with a script that does what was asked for
 * @param help whether only the usage is wanted
 */
record SimulateArguments(SimulatorOptions options, boolean help) {
    static final int USUAL_PORT = 8090;

    static final String USAGE = """
            Simulates ERNIE on this machine: V2, V1 and OpenAI-compatible, with keys that are no secret.

              ./ernie-gateway simulate ernie [options]

            The server:
              --port N              default: %d; 0 for any free one
              --model NAME          a model it knows; may be repeated; default: %s
              --offline-model NAME  a model that was retired, 403 model_offline on V2; may be repeated
              --self-hosted NAME    what /v1 plays: %s;
                                    default: openai
              --rpm N               requests a minute and model, of V1 and V2; default: no limit
              --tpm N               tokens of prompts and answers a minute and model, the same; default: no limit
              --max-characters N    of all messages together; default: %d
              --token-life SECONDS  of a V1 access token; default: %d, which is 30 days

            The answers:
              --profile NAME        pace of all answers: %s;
                                    default: each interface its own
              --speed X             times as fast: 10, 0.5 or max, which is without any wait; default: 1
              --text FILE           answers with this text, UTF-8; repeated: in turn; default: a demo's answers
              --call NAME[:JSON]    wants this function called, if the question offers functions and brings no
                                    result of one; JSON: its arguments; repeated: in parallel
              --flag N[:ROUND]      what V1 and V2 tell of the content check, 1 to 4; ROUND: the offending turn,
                                    default: -1, the question
              --quirk NAME          a spelling of the stream; may be repeated:%s

            What goes wrong:
              --fault WHAT          breaks the answers; repeated: in turn
                                      cut:N            the body ends after N chunks
                                      reset:N          the connection is torn after N chunks
                                      stall:N          nothing comes any more after N chunks
                                      babble:N         only keep-alive comments come after N chunks
                                      error:N:CODE     an error in the stream after N chunks
                                      ok-error:CODE    HTTP 200, but an error instead of a stream
                                      status:S[:CODE]  HTTP 400 to 599; plain text without CODE
              --fault-every N       breaks only every Nth answer; default: 1; needs a --fault

              --help                this text
            """.formatted(
                    USUAL_PORT,
                    SimulatorOptions.DEMO_MODEL,
                    String.join(", ", servers().keySet()),
                    SimulatorOptions.defaults().maxCharacters(),
                    SimulatorOptions.defaults().tokenLife().toSeconds(),
                    String.join(", ", ScriptArguments.profiles().keySet()),
                    wrapped(ScriptArguments.quirks().keySet()));

    private static final List<String> NAMES = Stream.concat(
                    Stream.of(
                            "--port",
                            "--model",
                            "--offline-model",
                            "--self-hosted",
                            "--rpm",
                            "--tpm",
                            "--max-characters",
                            "--token-life",
                            "--speed"),
                    ScriptArguments.NAMES.stream())
            .toList();

    private static final int MOST_PER_MINUTE = 1_000_000;
    private static final int MOST_TOKENS_PER_MINUTE = 100_000_000;

    /** More than fits into the longest body that the simulator reads. */
    private static final int MOST_CHARACTERS = 16 * 1024 * 1024;

    private static final double FASTEST = 1_000_000;
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}");

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
    static SimulateArguments parse(List<String> given) {
        if (given.contains("--help") || given.contains("-h")) {
            return new SimulateArguments(SimulatorOptions.defaults(), true);
        }
        ArgumentWords words = new ArgumentWords(given, NAMES);
        SimulatorOptions usual = SimulatorOptions.defaults();
        Set<String> models = new LinkedHashSet<>(words.each("--model", text -> model("--model", text)));
        Set<String> offline =
                new LinkedHashSet<>(words.each("--offline-model", text -> model("--offline-model", text)));
        Set<String> known = models.isEmpty() ? usual.models() : models;
        for (String name : offline) {
            if (known.contains(name)) {
                throw new BadArgument(
                        "--offline-model: " + quoted(name) + " is also a model that it knows; name another one");
            }
        }
        Dialect server = words.last("--self-hosted", text -> ArgumentWords.choice("--self-hosted", text, servers()));
        Double scale = words.last("--speed", SimulateArguments::timeScale);
        int longestLife = Math.toIntExact(usual.tokenLife().toSeconds());
        SimulatorOptions options = usual.withPort(words.last("--port", 0, 65_535, USUAL_PORT))
                .withModels(known, offline)
                .withSelfHosted(server == null ? usual.selfHosted() : server)
                .withTimeScale(scale == null ? usual.timeScale() : scale)
                .withRate(words.last("--rpm", 1, MOST_PER_MINUTE, 0), usual.rateWindow())
                .withTokensPerMinute(words.last("--tpm", 1, MOST_TOKENS_PER_MINUTE, 0))
                .withMaxCharacters(words.last("--max-characters", 1, MOST_CHARACTERS, usual.maxCharacters()))
                .withTokenLife(Duration.ofSeconds(words.last("--token-life", 1, longestLife, longestLife)))
                .withScript(ScriptArguments.script(words));
        return new SimulateArguments(options, false);
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

    private static String model(String option, String name) {
        if (!MODEL.matcher(name).matches()) {
            throw new BadArgument(
                    option + ": " + quoted(name) + " is no name; use letters, digits and . _ : / - only, 100 at most");
        }
        return name;
    }

    private static Map<String, Dialect> servers() {
        return new TreeMap<>(Arrays.stream(Dialect.values())
                .filter(dialect -> dialect.api() == Dialect.Api.OPENAI)
                .collect(Collectors.toMap(ArgumentWords::spelt, dialect -> dialect)));
    }

    /** Several names on each line, below the first column of the descriptions. */
    private static String wrapped(Set<String> names) {
        StringBuilder text = new StringBuilder();
        int column = 0;
        for (String name : names) {
            if (column == 0 || column + name.length() > 70) {
                text.append("\n                        ");
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
