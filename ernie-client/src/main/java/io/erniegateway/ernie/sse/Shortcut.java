package io.erniegateway.ernie.sse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of one stream by the template of an earlier one, if that will do. It only ever saves time: for every
 * line it either says what a {@link ChunkReader} would say, or nothing.
 */
final class Shortcut {
    /** A line with a few words is shorter; and this is what a template may take of a stream's memory. */
    static final int LONGEST_LESSON = 1024;

    /** A line that is not soon over is not read by a template, so that none comes near to Jackson's limits. */
    private static final int LONGEST_LINE = 8192;

    /** In some streams no line is as the one before; a lesson costs more than reading. */
    private static final int MOST_VAIN_LESSONS = 8;

    private static final byte[] DATA = StreamDecoder.DATA.getBytes(StandardCharsets.US_ASCII);

    private final ChunkGrammar grammar;
    private final ChunkReader reader;
    private final int longestLine;

    private @Nullable JsonWords words;
    private @Nullable Template template;
    private int vainLessons;
    private int shortened;

    Shortcut(ChunkGrammar grammar, ChunkReader reader, int maxLineBytes) {
        this.grammar = grammar;
        this.reader = reader;
        this.longestLine = Math.min(LONGEST_LINE, maxLineBytes) + 1;
    }

    /** What the line that begins here says, or null if that must be read otherwise. */
    @Nullable
    Chunk read(byte[] bytes, int from, int to) {
        Template known = template;
        Chunk chunk = known == null ? null : known.read(bytes, from, Math.min(to, from + longestLine));
        if (chunk != null) {
            vainLessons = 0;
            shortened++;
        }
        return chunk;
    }

    /** Where the line that was read last ends, behind its newline. */
    int end() {
        Template known = template;
        return known == null ? 0 : known.end();
    }

    /** Takes a line that had to be read otherwise as the pattern of the next ones. */
    void learn(byte[] bytes, int from, int to, Chunk chunk) {
        if (vainLessons == MOST_VAIN_LESSONS || !usual(chunk) || !usual(bytes, from, to)) {
            return;
        }
        byte[] line = Arrays.copyOfRange(bytes, from, to);
        vainLessons++;
        JsonWords scratch = words == null ? new JsonWords() : words;
        words = scratch;
        Template learned = new Lesson(grammar, scratch, line).learn(reader, chunk);
        // One odd line among usual ones takes nothing away.
        template = learned == null ? template : learned;
    }

    /** How many lines went the short way. */
    int shortened() {
        return shortened;
    }

    int retainedBytes() {
        return (words == null ? 0 : JsonWords.RETAINED_BYTES) + (template == null ? 0 : template.retainedBytes());
    }

    /** What comes once in a stream is no pattern. */
    private static boolean usual(Chunk chunk) {
        return chunk.finish() == null
                && !chunk.last()
                && !chunk.searching()
                && chunk.hits().isEmpty()
                && chunk.tools().isEmpty();
    }

    private static boolean usual(byte[] bytes, int from, int to) {
        int behind = from + DATA.length;
        return to - from <= LONGEST_LESSON
                && behind < to
                && Arrays.equals(DATA, 0, DATA.length, bytes, from, behind)
                && bytes[to - 1] == '\n';
    }
}
