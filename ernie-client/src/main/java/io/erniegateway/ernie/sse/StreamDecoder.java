package io.erniegateway.ernie.sse;

import io.erniegateway.ernie.ErnieEvent;
import io.erniegateway.ernie.ErnieEvent.Finished.Reason;
import io.erniegateway.ernie.ErnieFailure;
import io.erniegateway.ernie.failures.Failures;
import io.erniegateway.ernie.sse.ChunkReader.Reading;
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

    /** More functions than this are not wanted at once: the answer ends with {@code LENGTH} then. */
    public static final int MOST_TOOL_CALLS = ToolCalls.MOST_CALLS;

    /**
     * A server that sends keep-alive comments or empty chunks for ever must end some time. A token-level stream spends
     * about 250 bytes on a character, so this is beyond any answer.
     */
    private static final long MOST_STREAM_BYTES = 512L * 1024 * 1024;

    /** Of a line that is no event stream, this much goes into the failure. */
    private static final int STRAY_CHARACTERS = 120;

    static final String DATA = "data:";

    private static final State RUNNING = new State.Running();

    private final ChunkGrammar grammar;
    private final Failures failures;
    private final int maxLineBytes;
    private final LineSplitter lines;
    private final ChunkReader reader;
    private final @Nullable Shortcut shortcut;
    private final Answer answer;

    private State state = RUNNING;
    private long streamBytes;
    private boolean anyLine;
    private boolean anyChunk;
    private String stray = "";

    public StreamDecoder(ChunkGrammar grammar, Failures failures, int maxLineBytes, int maxAnswerCharacters) {
        this(grammar, failures, maxLineBytes, maxAnswerCharacters, true);
    }

    /** @param withShortcut false to read every line the slow way, which gives the same */
    StreamDecoder(
            ChunkGrammar grammar, Failures failures, int maxLineBytes, int maxAnswerCharacters, boolean withShortcut) {
        this.grammar = grammar;
        this.failures = failures;
        this.maxLineBytes = maxLineBytes;
        this.lines = new LineSplitter(maxLineBytes);
        this.reader = new ChunkReader(grammar);
        this.shortcut = withShortcut ? new Shortcut(grammar, reader, maxLineBytes) : null;
        this.answer = new Answer(maxAnswerCharacters);
    }

    /** Takes the next bytes, split wherever the network liked. Ignored once the stream is over. */
    public void feed(byte[] bytes, int offset, int length) {
        LineSplitter.Input input = new LineSplitter.Input(bytes, offset, length);
        streamBytes += length;
        while (running()) {
            if (lines.atStartOfLine() && shortened(input)) {
                continue;
            }
            switch (lines.take(input)) {
                case LINE -> line();
                case TOO_LONG -> {
                    String limit = "a line of the stream is longer than maxLineBytes (" + maxLineBytes + ")";
                    fail(failures.lasting(200, "line_too_long", limit, requestId()));
                }
                case NEEDS_MORE -> {
                    if (streamBytes > MOST_STREAM_BYTES) {
                        fail(failures.lasting(200, "stream_too_long", "the stream does not end", requestId()));
                    }
                    return;
                }
            }
        }
    }

    /** The bytes have ended, cleanly. */
    public void end() {
        if (running() && lines.takeRest()) {
            line();
        }
        if (running()) {
            endOfAnswer();
        }
    }

    /** The next event, or null if there is none yet (or none any more: see {@link #state}). */
    public @Nullable ErnieEvent poll() {
        return answer.poll();
    }

    public State state() {
        return state;
    }

    /** The server's id of this request, empty until it told. */
    public String requestId() {
        return answer.requestId();
    }

    /**
     * Whether the answer is complete if nothing more comes, however the connection ends: its reason was told, only the
     * end mark is missing.
     */
    public boolean endsWhole() {
        return running() && answer.reason() != null && grammar.endsByFinishReason();
    }

    /** How many bytes of buffers the stream keeps between two packets. */
    int retainedBytes() {
        return lines.capacity() + (shortcut == null ? 0 : shortcut.retainedBytes());
    }

    /** How many lines were read by a template. */
    int shortenedLines() {
        return shortcut == null ? 0 : shortcut.shortened();
    }

    private boolean running() {
        return state instanceof State.Running;
    }

    /** Takes a line out of the input, if one is whole there and as the ones before; its end need not be searched for. */
    private boolean shortened(LineSplitter.Input input) {
        Chunk chunk = shortcut == null ? null : shortcut.read(input.bytes(), input.position(), input.end());
        if (shortcut == null || chunk == null) {
            return false;
        }
        input.skipTo(shortcut.end());
        take(chunk);
        return true;
    }

    private void line() {
        // A line that came in pieces has not yet been tried.
        Chunk chunk = shortcut == null ? null : shortcut.read(lines.bytes(), lines.from(), lines.to());
        if (chunk == null) {
            line(lines.text());
        } else {
            take(chunk);
        }
    }

    private void line(String raw) {
        String line = anyLine || !raw.startsWith("\uFEFF") ? raw : raw.substring(1);
        anyLine = true;
        if (line.startsWith(DATA)) {
            data(line.substring(DATA.length()).strip());
        } else if (line.stripLeading().startsWith("{")) {
            // V1 puts an error between the events without any field name.
            data(line.strip());
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
        switch (reader.read(data)) {
            case Reading.NoObject() ->
                fail(failures.passing("malformed", "a line of the stream is no JSON object", requestId()));
            case Reading.Refused(var refusal) -> fail(failures.refused(refusal.orWithId(requestId())));
            case Reading.Piece(var chunk) -> {
                anyChunk = true;
                take(chunk);
                if (shortcut != null && running()) {
                    shortcut.learn(lines.bytes(), lines.from(), lines.to(), chunk);
                }
            }
        }
    }

    private void take(Chunk chunk) {
        answer.take(chunk);
        State.Ended end = answer.end();
        if (end != null) {
            state = end;
        }
    }

    /** {@code [DONE]} or the end of the bytes: an answer without its end mark was cut, whatever else was said. */
    private void endOfAnswer() {
        Reason seen = answer.reason();
        if (seen != null && grammar.endsByFinishReason()) {
            state = answer.finish(seen);
        } else if (!anyChunk && !stray.isEmpty()) {
            fail(failures.wrongServer(200, "not_a_stream", "the answer is no event stream but begins: " + stray));
        } else {
            fail(failures.passing("cut", "the stream ended before the answer did", requestId()));
        }
    }

    private void fail(ErnieFailure failure) {
        state = new State.Failed(failure);
    }
}
