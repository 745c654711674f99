package io.erniegateway.ernie.sse;

import io.erniegateway.ernie.ErnieEvent.Usage;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of a stream with its words and counts cut out. A later line that is the same around the holes says the same but
 * for what fills them.
 *
 * <pre>
 *   data: {"id":"as-1","created":▢,"choices":[{"index":0,"delta":{"content":"▢"},"flag":0}]}⏎
 *   └────────── part ───────────┘ └────────────────── part ─────────────────┘ └─── part ────┘
 * </pre>
 *
 * <p>Not thread-safe: it belongs to one stream.
 */
final class Template {
    /** So many digits fit into an int, whatever they are. */
    private static final int MOST_COUNTED_DIGITS = 9;

    /** A time in seconds has 10, in nanoseconds 19; Jackson limits a number's length too. */
    private static final int MOST_DIGITS = 20;

    private final ChunkGrammar grammar;
    private final Chunk model;
    private final JsonWords words;
    private final byte[][] parts;
    private final Hole[] holes;

    private int end;

    /**
     * A template that nobody has tried yet.
     *
     * @param model the chunk that the cut line told
     * @param parts one more than holes; the last ends with the newline
     */
    Template(ChunkGrammar grammar, Chunk model, JsonWords words, List<byte[]> parts, List<Hole> holes) {
        this.grammar = grammar;
        this.model = model;
        this.words = words;
        this.parts = parts.toArray(byte[][]::new);
        this.holes = holes.toArray(Hole[]::new);
    }

    /**
     * Reads a line that begins in the bytes and may end before their limit.
     *
     * @return null if it is not as this template, or if it is not whole
     */
    @Nullable
    Chunk read(byte[] bytes, int from, int limit) {
        String text = model.text();
        String reasoning = model.reasoning();
        int prompt = 0;
        int completion = 0;
        int total = 0;
        int at = from;
        for (int i = 0; i < holes.length; i++) {
            at = behind(parts[i], bytes, at, limit);
            int stop = at < 0 ? -1 : stop(holes[i], bytes, at, limit);
            if (stop < 0) {
                return null;
            }
            switch (holes[i]) {
                case TEXT -> text = words.words();
                case REASONING -> reasoning = words.words();
                case PROMPT -> prompt = number(bytes, at, stop);
                case COMPLETION -> completion = number(bytes, at, stop);
                case TOTAL -> total = number(bytes, at, stop);
                case ANY_NUMBER -> {}
            }
            at = stop;
        }
        end = behind(parts[holes.length], bytes, at, limit);
        return end < 0 ? null : filled(text, reasoning, prompt, completion, total);
    }

    /** Where the line that was read last ends, behind its newline. */
    int end() {
        return end;
    }

    int retainedBytes() {
        int sum = 0;
        for (byte[] part : parts) {
            sum += part.length;
        }
        return sum;
    }

    private Chunk filled(String text, String reasoning, int prompt, int completion, int total) {
        Usage usage = model.usage() == null ? null : grammar.usage(prompt, completion, total);
        return model.with(text, reasoning, usage);
    }

    private static int behind(byte[] part, byte[] bytes, int at, int limit) {
        int next = at + part.length;
        return next <= limit && Arrays.equals(part, 0, part.length, bytes, at, next) ? next : -1;
    }

    /** The end of what fills a hole, -1 if that is unusual. The part behind it says whether it really ends there. */
    private int stop(Hole hole, byte[] bytes, int at, int limit) {
        if (hole.words()) {
            return words.read(bytes, at, limit);
        }
        int stop = digits(bytes, at, limit);
        return hole == Hole.ANY_NUMBER || stop - at <= MOST_COUNTED_DIGITS ? stop : -1;
    }

    /** The end of a whole number as JSON writes it, or -1. */
    static int digits(byte[] bytes, int from, int limit) {
        int most = Math.min(limit, from + MOST_DIGITS);
        int at = from;
        while (at < most && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        boolean leadingZero = at - from > 1 && bytes[from] == '0';
        return at == from || leadingZero ? -1 : at;
    }

    private static int number(byte[] bytes, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = 10 * number + bytes[i] - '0';
        }
        return number;
    }
}
