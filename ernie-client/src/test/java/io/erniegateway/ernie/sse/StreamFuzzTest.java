package io.erniegateway.ernie.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.ernie.ErnieEvent;
import io.erniegateway.ernie.ErnieEvent.Finished;
import io.erniegateway.ernie.ErnieEvent.Finished.Reason;
import io.erniegateway.ernie.ErnieEvent.Reasoning;
import io.erniegateway.ernie.ErnieEvent.Searching;
import io.erniegateway.ernie.ErnieEvent.Text;
import io.erniegateway.ernie.ErnieEvent.ToolWanted;
import io.erniegateway.ernie.ErnieEvent.Usage;
import io.erniegateway.ernie.sse.StreamDecoder.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Streams of which nobody has thought: recorded ones with a few bytes changed. Each is decoded twice, once with templates
 * and in packets, once without and whole. Plain checks, since AssertJ's take longer than the decoding.
 */
class StreamFuzzTest {
    private static final int STREAMS = 100_000;
    private static final long SEED = 20_261_124;

    /** Just beyond the longest recorded line, and little more than an answer: so that both limits are met. */
    private static final int LINE_BYTES = 600;

    private static final int ANSWER_CHARACTERS = 40;

    private static final List<byte[]> RECORDED = Recorded.all().stream()
            .map(recorded -> recorded.stream().getBytes(UTF_8))
            .toList();

    /** The one whose lines are most alike; every other stream is of it, since templates are what may go wrong. */
    private static final int REPETITIVE =
            Recorded.all().stream().map(Recorded::stream).toList().indexOf(Recorded.TOKENS);

    private static final List<byte[]> SPLICES = List.of(
                    "\n",
                    "\r",
                    "data:",
                    "data: [DONE]\n",
                    "{",
                    "}",
                    "\"",
                    "\\",
                    "[",
                    ",",
                    "null",
                    "1e999",
                    "-1",
                    "0",
                    "99999999999999999999999",
                    "\u0000",
                    "\\ud83d",
                    "\\u5b57",
                    "\uFEFF",
                    "{\"error_code\":18}\n",
                    "\"is_end\":true",
                    "\"finish_reason\":\"stop\"",
                    "\"finish_reason\":\"length\",",
                    "\"content\":\"x\",",
                    "\"content\":7,",
                    "\"result\":\"x\",",
                    "\"reasoning\":\"x\",",
                    "\"choices\":[],",
                    "\"usage\":{\"prompt_tokens\":5},",
                    "\"created\":1,",
                    "\"tool_calls\":[{\"index\":3,\"id\":\"z\",\"function\":{\"name\":\"z\",\"arguments\":\"{}\"}}],",
                    "\"index\":1,",
                    "[[[[[[[[",
                    ":",
                    "true",
                    "字")
            .stream()
            .map(splice -> splice.getBytes(UTF_8))
            .toList();

    private final Random random = new Random(SEED);

    @Test
    void mutated_streams_give_bounded_events_and_an_end_or_a_typed_failure_with_and_without_templates() {
        int failed = 0;
        int ended = 0;
        int called = 0;
        long shortened = 0;
        for (int i = 0; i < STREAMS; i++) {
            int which = random.nextBoolean() ? REPETITIVE : random.nextInt(RECORDED.size());
            byte[] bytes = mutated(later(RECORDED.get(which)));
            StreamDecoder decoder = fed(which, bytes);
            Decoding decoding = Decoding.drained(decoder);
            shortened += decoder.shortenedLines();
            check(i, bytes, decoding);
            Decoding slow = Decoding.slowly(Recorded.all().get(which).dialect(), bytes, LINE_BYTES, ANSWER_CHARACTERS);
            if (!decoding.equals(slow)) {
                assertThat(decoding).as(told(i, bytes)).isEqualTo(slow);
            }
            failed += decoding.state() instanceof State.Failed ? 1 : 0;
            ended += decoding.state() instanceof State.Ended ? 1 : 0;
            called += decoding.events().stream().anyMatch(ToolWanted.class::isInstance) ? 1 : 0;
        }
        // Else the mutations are too mild or too wild to test anything.
        assertThat(failed).isGreaterThan(STREAMS / 10);
        assertThat(ended).isGreaterThan(STREAMS / 10);
        assertThat(called).isGreaterThan(STREAMS / 50);
        assertThat(shortened).isGreaterThan(STREAMS / 2);
    }

    /** In packets, looking after each at what the decoder keeps. */
    private StreamDecoder fed(int which, byte[] bytes) {
        StreamDecoder decoder = Decoding.decoder(Recorded.all().get(which).dialect(), LINE_BYTES, ANSWER_CHARACTERS);
        int packet = 1 + random.nextInt(random.nextBoolean() ? 40 : 1_000);
        for (int at = 0; at < bytes.length; at += packet) {
            decoder.feed(bytes, at, Math.min(packet, bytes.length - at));
            if (decoder.retainedBytes() > LINE_BYTES + 1 + Shortcut.LONGEST_LESSON + JsonWords.RETAINED_BYTES) {
                throw new AssertionError("keeps " + decoder.retainedBytes() + " bytes");
            }
        }
        decoder.end();
        return decoder;
    }

    private static void check(int number, byte[] bytes, Decoding decoding) {
        long finishes =
                decoding.events().stream().filter(Finished.class::isInstance).count();
        boolean right = switch (decoding.state()) {
            case State.Ended end -> finishes == 1 && decoding.events().getLast() instanceof Finished;
            case State.Failed(var failure) ->
                finishes == 0
                        && !failure.details().message().isEmpty()
                        && failure.details().message().length() <= 500;
            case State.Running running -> false;
        };
        if (!right || !bounded(decoding, bytes) || !consistent(decoding)) {
            throw new AssertionError(told(number, bytes) + "\n" + decoding);
        }
    }

    private static boolean bounded(Decoding decoding, byte[] bytes) {
        String all = decoding.text() + decoding.reasoning();
        // Two for each character at the least: a line of its own, and in it the event's words.
        return decoding.events().size() <= bytes.length / 2 + 2
                && decoding.text().length() <= ANSWER_CHARACTERS
                && decoding.reasoning().length() <= ANSWER_CHARACTERS
                && WellFormed.text(all).equals(all);
    }

    /** No empty piece, no search twice in a row; after the first call nothing but calls, counts and the right end. */
    private static boolean consistent(Decoding decoding) {
        List<ErnieEvent> events = decoding.events();
        boolean calls = false;
        for (int i = 0; i < events.size(); i++) {
            boolean fits = switch (events.get(i)) {
                case Text(String delta) -> !delta.isEmpty() && !calls;
                case Reasoning(String delta) -> !delta.isEmpty() && !calls;
                case Searching() -> !calls && (i == 0 || !(events.get(i - 1) instanceof Searching));
                case ToolWanted(var call) -> !call.name().isEmpty();
                case Usage usage -> usage.prompt() >= 0 && usage.completion() >= 0 && usage.total() >= 0;
                case Finished(Reason reason) -> (reason == Reason.TOOL_CALLS) == calls;
                case ErnieEvent.SearchResults(var hits) -> !hits.isEmpty() && !calls;
                case ErnieEvent.Verdict verdict -> verdict.flag() > 0 && !calls;
                case ErnieEvent.ToolAnswered answered -> false;
                case ErnieEvent.Switched switched -> false;
            };
            if (!fits) {
                return false;
            }
            calls |= events.get(i) instanceof ToolWanted;
        }
        return true;
    }

    private static String told(int number, byte[] bytes) {
        return "seed " + SEED + ", stream " + number + ":\n" + new String(bytes, UTF_8);
    }

    /** The stream as it would be if it had begun at any line of its first half: shorter, and another one. */
    private byte[] later(byte[] whole) {
        int at = random.nextInt(whole.length / 2);
        while (at > 0 && whole[at - 1] != '\n') {
            at--;
        }
        return Arrays.copyOfRange(whole, at, whole.length);
    }

    private byte[] mutated(byte[] original) {
        byte[] bytes = original.clone();
        int mutations = 1 + random.nextInt(2);
        for (int m = 0; m < mutations; m++) {
            int at = random.nextInt(bytes.length);
            bytes = switch (random.nextInt(6)) {
                case 0 -> spliced(bytes, at, at + 1, new byte[] {(byte) random.nextInt(256)});
                case 1 -> Arrays.copyOf(bytes, Math.max(1, at));
                case 2 -> spliced(bytes, at, at, SPLICES.get(random.nextInt(SPLICES.size())));
                case 3 -> spliced(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(30)), new byte[0]);
                case 4 -> spliceBeforeField(bytes, at);
                default -> {
                    int from = random.nextInt(bytes.length);
                    int to = Math.min(bytes.length, from + 1 + random.nextInt(400));
                    yield spliced(bytes, at, at, Arrays.copyOfRange(bytes, from, to));
                }
            };
            if (bytes.length == 0) {
                bytes = new byte[] {'\n'};
            }
        }
        return bytes;
    }

    /** Where a field begins, most splices leave the JSON whole: what comes of them is odd but no error. */
    private byte[] spliceBeforeField(byte[] bytes, int from) {
        List<byte[]> fields = new ArrayList<>(SPLICES);
        fields.removeIf(splice -> splice.length == 0 || splice[splice.length - 1] != ',');
        int at = from;
        while (at < bytes.length - 1 && !(bytes[at] == '{' && bytes[at + 1] == '"')) {
            at++;
        }
        return spliced(bytes, at + 1, at + 1, fields.get(random.nextInt(fields.size())));
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] inserted) {
        byte[] result = new byte[bytes.length - (to - from) + inserted.length];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(inserted, 0, result, from, inserted.length);
        System.arraycopy(bytes, to, result, from + inserted.length, bytes.length - to);
        return result;
    }
}
