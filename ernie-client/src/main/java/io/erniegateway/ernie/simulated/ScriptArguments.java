package io.erniegateway.ernie.simulated;

import static io.erniegateway.ernie.simulated.ArgumentWords.quoted;
import static io.erniegateway.ernie.simulated.ArgumentWords.whole;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.erniegateway.ernie.simulated.SimulateArguments.BadArgument;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The part of {@code simulate ernie}'s command line that tells what is answered, and how. */
final class ScriptArguments {
    static final List<String> NAMES =
            List.of("--profile", "--text", "--quirk", "--flag", "--call", "--fault", "--fault-every");

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** A longer answer would be no test of anything, and is kept once for every open stream. */
    private static final int LONGEST_TEXT_BYTES = 1024 * 1024;

    private static final int MOST_CHUNKS = 1_000_000;

    /** More turns than any history has. */
    private static final int LAST_ROUND = 100_000;

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final Pattern FUNCTION = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private ScriptArguments() {}

    static Script script(ArgumentWords words) {
        List<String> texts = words.each("--text", ScriptArguments::text);
        Script base = texts.isEmpty()
                ? new DemoScript()
                : ArrangedScript.inCircles(texts.stream().map(Reply::of).toList());
        List<Reply.Call> calls = words.each("--call", ScriptArguments::call);
        Reply.Flagged flagged = words.last("--flag", ScriptArguments::flagged);
        EnumSet<Quirk> quirks = EnumSet.noneOf(Quirk.class);
        quirks.addAll(words.each("--quirk", text -> ArgumentWords.choice("--quirk", text, quirks())));
        List<Fault> faults = words.each("--fault", ScriptArguments::fault);
        int every = words.last("--fault-every", 1, MOST_CHUNKS, 1);
        String everyText = words.last("--fault-every", text -> text);
        if (everyText != null && faults.isEmpty()) {
            throw new BadArgument("--fault-every: " + quoted(everyText)
                    + " breaks nothing without a --fault; add one, such as --fault cut:3");
        }
        return new ArrangedScript(
                question -> flagged(calling(base.answer(question), question, calls), flagged),
                words.last("--profile", text -> ArgumentWords.choice("--profile", text, profiles())),
                quirks,
                faults,
                every);
    }

    /** Calls once: a model that has the functions' results makes a text of them. */
    private static Reply calling(Reply reply, Question question, List<Reply.Call> calls) {
        boolean now = question.mayCall() && question.toolResults().isEmpty();
        Reply answer = reply;
        for (Reply.Call call : now ? calls : List.<Reply.Call>of()) {
            answer = answer.calling(call.name(), call.arguments());
        }
        return answer;
    }

    private static Reply flagged(Reply reply, Reply.@Nullable Flagged flagged) {
        return flagged == null ? reply : reply.flagged(flagged.fromChunk(), flagged.flag(), flagged.banRound());
    }

    private static Reply.Call call(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        String arguments = colon < 0 ? "{}" : text.substring(colon + 1);
        if (!FUNCTION.matcher(name).matches() || !isJsonObject(arguments)) {
            throw new BadArgument("--call: " + quoted(text) + " is no NAME[:JSON]; use letters, digits, _ and - for the"
                    + " name, 64 at most, and a JSON object, such as --call 'weather:{\"city\":\"北京\"}'");
        }
        return new Reply.Call(name, arguments, "");
    }

    private static boolean isJsonObject(String text) {
        try {
            return JSON.readTree(text).isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static Reply.Flagged flagged(String text) {
        String[] parts = text.split(":", -1);
        Optional<Integer> flag = whole(parts[0], 1, 4);
        Optional<Integer> round = parts.length == 1 ? Optional.of(-1) : whole(parts[1], -1, LAST_ROUND);
        if (parts.length > 2 || flag.isEmpty() || round.isEmpty()) {
            throw new BadArgument(
                    "--flag: " + quoted(text) + " is no N[:ROUND]; N is 1 to 4, ROUND is -1 to " + LAST_ROUND);
        }
        // 4 takes back what was shown, so something has to be shown before it.
        return new Reply.Flagged(flag.get() == 4 ? 2 : 1, flag.get(), round.get());
    }

    private static String text(String file) {
        try {
            Path path = Path.of(file);
            if (Files.size(path) > LONGEST_TEXT_BYTES) {
                throw new BadArgument("--text: " + quoted(file) + " is longer than 1 MiB");
            }
            String text = Files.readString(path).stripTrailing();
            if (text.isEmpty()) {
                throw new BadArgument("--text: " + quoted(file) + " is empty; name a file with a text in it");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new BadArgument("--text: " + quoted(file) + " is not UTF-8");
        } catch (IOException | IllegalArgumentException e) {
            throw new BadArgument("--text: " + quoted(file) + " cannot be read; name a text file");
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
            case "babble/2" -> chunks.map(Fault.Babble::new);
            case "error/3" -> chunks.filter(n -> coded).map(n -> new Fault.ErrorLine(n, code, "as told"));
            case "ok-error/2" -> coded ? Optional.of(new Fault.OkError(code, "as told")) : Optional.empty();
            case "status/2" -> status.map(s -> new Fault.Status(s, "", "as told"));
            case "status/3" -> status.filter(s -> coded).map(s -> new Fault.Status(s, code, "as told"));
            default -> Optional.empty();
        };
        return fault.orElseThrow(() -> new BadArgument("--fault: " + quoted(text)
                + " is none of cut:N reset:N stall:N babble:N error:N:CODE ok-error:CODE status:400…599[:CODE]"));
    }

    static Map<String, Profile> profiles() {
        return new TreeMap<>(Map.of(
                "v1-classic", Profile.V1_CLASSIC,
                "v2-token", Profile.V2_TOKEN,
                "v2-thinking", Profile.V2_THINKING));
    }

    static Map<String, Quirk> quirks() {
        return new TreeMap<>(
                Arrays.stream(Quirk.values()).collect(Collectors.toMap(ArgumentWords::spelt, quirk -> quirk)));
    }
}
