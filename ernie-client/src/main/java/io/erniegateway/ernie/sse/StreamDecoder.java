package io.erniegateway.ernie.sse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.erniegateway.ernie.ErnieEvent;
import io.erniegateway.ernie.ErnieEvent.Finished;
import io.erniegateway.ernie.ErnieEvent.Finished.Reason;
import io.erniegateway.ernie.ErnieEvent.Reasoning;
import io.erniegateway.ernie.ErnieEvent.Text;
import io.erniegateway.ernie.ErnieEvent.Usage;
import io.erniegateway.ernie.ErnieEvent.Verdict;
import io.erniegateway.ernie.ErnieFailure;
import io.erniegateway.ernie.failures.Failures;
import io.erniegateway.ernie.failures.Refusal;
import io.erniegateway.ernie.failures.RefusalReader;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one streaming answer: {@link #feed} it bytes as they come, {@link #poll} its events, {@link #end} it when the
 * bytes end, and look at its {@link #state}. Not thread-safe.
 */
public final class StreamDecoder {

    /** Where the stream stands. Events may still be waiting in {@link #poll} after it is over. */
    public sealed interface State {
        record Running() implements State {}

        /**
         * Nothing more comes.
         *
         * @param whole false if the answer's limit ended it, so that the server is still sending
         */
        record Ended(boolean whole) implements State {}

        record Failed(ErnieFailure failure) implements State {}
    }

    /**
     * A server that sends keep-alive comments or empty chunks for ever must end some time. A token-level stream spends
     * about 250 bytes on a character, so this is beyond any answer.
     */
    private static final long MOST_STREAM_BYTES = 512L * 1024 * 1024;

    /** Of a line that is no event stream, this much goes into the failure. */
    private static final int STRAY_CHARACTERS = 120;

    private static final State RUNNING = new State.Running();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ChunkGrammar grammar;
    private final Failures failures;
    private final int maxLineBytes;
    private final int maxAnswerCharacters;
    private final LineSplitter lines;
    private final Queue<ErnieEvent> events = new ArrayDeque<>();
    private final WellFormed textMender = new WellFormed();
    private final WellFormed reasoningMender = new WellFormed();

    private State state = RUNNING;
    private long streamBytes;
    private int textCharacters;
    private int reasoningCharacters;
    private int lastFlag;
    private boolean anyLine;
    private boolean anyChunk;
    private String stray = "";
    private String requestId = "";
    private @Nullable Usage usage;
    private @Nullable Reason reason;

    public StreamDecoder(ChunkGrammar grammar, Failures failures, int maxLineBytes, int maxAnswerCharacters) {
        this.grammar = grammar;
        this.failures = failures;
        this.maxLineBytes = maxLineBytes;
        this.maxAnswerCharacters = maxAnswerCharacters;
        this.lines = new LineSplitter(maxLineBytes);
    }

    /** Takes the next bytes, split wherever the network liked. Ignored once the stream is over. */
    public void feed(byte[] bytes, int offset, int length) {
        LineSplitter.Input input = new LineSplitter.Input(bytes, offset, length);
        streamBytes += length;
        while (running()) {
            switch (lines.take(input)) {
                case LINE -> line(lines.text());
                case TOO_LONG -> {
                    String limit = "a line of the stream is longer than maxLineBytes (" + maxLineBytes + ")";
                    fail(failures.lasting(200, "line_too_long", limit, requestId));
                }
                case NEEDS_MORE -> {
                    if (streamBytes > MOST_STREAM_BYTES) {
                        fail(failures.lasting(200, "stream_too_long", "the stream does not end", requestId));
                    }
                    return;
                }
            }
        }
    }

    /** The bytes have ended, cleanly. */
    public void end() {
        String rest = running() ? lines.rest() : null;
        if (rest != null) {
            line(rest);
        }
        if (running()) {
            endOfAnswer();
        }
    }

    /** The next event, or null if there is none yet (or none any more: see {@link #state}). */
    public @Nullable ErnieEvent poll() {
        return events.poll();
    }

    public State state() {
        return state;
    }

    /** The server's id of this request, empty until it told. */
    public String requestId() {
        return requestId;
    }

    private boolean running() {
        return state instanceof State.Running;
    }

    private void line(String raw) {
        String line = anyLine || !raw.startsWith("\uFEFF") ? raw : raw.substring(1);
        anyLine = true;
        if (line.startsWith("data:")) {
            data(line.substring("data:".length()).strip());
        } else if (line.startsWith("{")) {
            // V1 puts an error between the events without any field name.
            data(line);
        } else if (stray.isEmpty() && !knownField(line)) {
            stray = line.substring(0, Math.min(line.length(), STRAY_CHARACTERS));
        }
    }

    /** Comments keep the connection alive; events' names and ids carry nothing that the data does not. */
    private static boolean knownField(String line) {
        return line.isBlank()
                || line.startsWith(":")
                || line.startsWith("event:")
                || line.startsWith("id:")
                || line.startsWith("retry:")
                || line.equals("data");
    }

    private void data(String data) {
        if (data.isEmpty()) {
            return;
        }
        if (data.equals("[DONE]")) {
            endOfAnswer();
            return;
        }
        JsonNode json = parsed(data);
        if (json == null || !json.isObject()) {
            fail(failures.passing("malformed", "a line of the stream is no JSON object", requestId));
            return;
        }
        Optional<Refusal> refusal = RefusalReader.read(200, json);
        if (refusal.isPresent()) {
            fail(failures.refused(refusal.get()));
        } else {
            anyChunk = true;
            chunk(grammar.read(json));
        }
    }

    private static @Nullable JsonNode parsed(String data) {
        try {
            return JSON.readTree(data);
        } catch (JsonProcessingException e) {
            // Why is of no use: the text would quote the answer.
            return null;
        }
    }

    private void chunk(Chunk chunk) {
        if (requestId.isEmpty()) {
            requestId = chunk.requestId();
        }
        // Before the text: what must not be shown must not be shown first.
        if (chunk.flag() != lastFlag && chunk.flag() != 0) {
            events.add(new Verdict(chunk.flag(), chunk.banRound()));
            lastFlag = chunk.flag();
        }
        if (chunk.usage() != null) {
            usage = chunk.usage();
        }
        reason = worse(reason, chunk.finish());
        reasoning(reasoningMender.next(chunk.reasoning()));
        if (running()) {
            text(textMender.next(chunk.text()));
        }
        if (running() && chunk.last()) {
            finish(reason == null ? Reason.STOP : reason, true);
        }
    }

    private void reasoning(String delta) {
        String fitting = fitting(delta, maxAnswerCharacters - reasoningCharacters);
        if (!fitting.isEmpty()) {
            events.add(new Reasoning(fitting));
            reasoningCharacters += fitting.length();
        }
        if (fitting.length() < delta.length()) {
            finish(Reason.LENGTH, false);
        }
    }

    private void text(String delta) {
        String fitting = fitting(delta, maxAnswerCharacters - textCharacters);
        if (!fitting.isEmpty()) {
            events.add(new Text(fitting));
            textCharacters += fitting.length();
        }
        if (fitting.length() < delta.length()) {
            finish(Reason.LENGTH, false);
        }
    }

    /** At most so many characters, and never half a pair. */
    private static String fitting(String delta, int room) {
        if (delta.length() <= room) {
            return delta;
        }
        boolean splitsPair = room > 0 && Character.isHighSurrogate(delta.charAt(room - 1));
        return delta.substring(0, splitsPair ? room - 1 : room);
    }

    /** {@code [DONE]} or the end of the bytes: an answer without its end mark was cut, whatever else was said. */
    private void endOfAnswer() {
        Reason seen = reason;
        if (seen != null && grammar.endsByFinishReason()) {
            finish(seen, true);
        } else if (!anyChunk && !stray.isEmpty()) {
            fail(failures.wrongServer(200, "not_a_stream", "the answer is no event stream but begins: " + stray));
        } else {
            fail(failures.passing("cut", "the stream ended before the answer did", requestId));
        }
    }

    private void finish(Reason why, boolean whole) {
        String half = whole ? reasoningMender.rest() : "";
        if (!half.isEmpty()) {
            events.add(new Reasoning(half));
        }
        half = whole ? textMender.rest() : "";
        if (!half.isEmpty()) {
            events.add(new Text(half));
        }
        if (usage != null) {
            events.add(usage);
        }
        events.add(new Finished(why));
        state = new State.Ended(whole);
    }

    private void fail(ErnieFailure failure) {
        state = new State.Failed(failure);
    }

    /** A chunk after the one that told of a cut or a filter says "stop" at most out of habit. */
    private static @Nullable Reason worse(@Nullable Reason earlier, @Nullable Reason later) {
        if (earlier == null || later == null) {
            return earlier == null ? later : earlier;
        }
        if (earlier == Reason.CONTENT_FILTER || later == Reason.CONTENT_FILTER) {
            return Reason.CONTENT_FILTER;
        }
        return later == Reason.STOP ? earlier : later;
    }
}
