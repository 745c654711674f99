package io.erniegateway.ernie.sse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.erniegateway.ernie.sse.ChunkReader.Reading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Template} of a line, and believes it only after an experiment: with a mark in each hole, the line must
 * tell the {@link ChunkReader} the same as the template. So the template needs to know nothing of keys that come twice,
 * of fields that hide others or of a path that leads elsewhere.
 */
final class Lesson {
    private final ChunkGrammar grammar;
    private final JsonWords words;
    private final byte[] line;
    private final List<byte[]> parts = new ArrayList<>();
    private final List<Hole> holes = new ArrayList<>();
    private int cutTo;

    /** @param line one line that begins with {@code data:} and ends with its newline */
    Lesson(ChunkGrammar grammar, JsonWords words, byte[] line) {
        this.grammar = grammar;
        this.words = words;
        this.line = line;
    }

    /**
     * What the line teaches.
     *
     * @param chunk what the reader found in it
     * @return null if nothing
     */
    @Nullable
    Template learn(ChunkReader reader, Chunk chunk) {
        try {
            if (!cut()) {
                return null;
            }
        } catch (IOException e) {
            // The reader took it, so it is odd at least: a byte that is no UTF-8, for example.
            return null;
        }
        parts.add(Arrays.copyOfRange(line, cutTo, line.length));
        Template template = new Template(grammar, chunk, words, parts, holes);
        byte[] marked = marked();
        Chunk told = template.read(marked, 0, marked.length);
        return told != null && reader.read(data(marked)).equals(new Reading.Piece(told)) ? template : null;
    }

    /** False if the line has no words to cut out, or two of a kind. */
    private boolean cut() throws IOException {
        int begin = StreamDecoder.DATA.length();
        try (JsonParser parser = Json.FACTORY.createParser(line, begin, line.length - begin)) {
            JsonToken token = parser.nextToken();
            while (token != null
                    && !(token == JsonToken.END_OBJECT
                            && parser.getParsingContext().inRoot())) {
                Hole hole = token.isScalarValue() ? holeAt(parser) : null;
                if (hole != null
                        && !cut(
                                hole,
                                token,
                                begin + (int) parser.currentTokenLocation().getByteOffset())) {
                    return false;
                }
                token = parser.nextToken();
            }
        }
        return holes.stream().anyMatch(Hole::words);
    }

    private @Nullable Hole holeAt(JsonParser parser) {
        return grammar.hole(parser.getParsingContext().pathAsPointer().toString());
    }

    private boolean cut(Hole hole, JsonToken token, int start) {
        boolean string = token == JsonToken.VALUE_STRING;
        if (string != hole.words() || (!string && token != JsonToken.VALUE_NUMBER_INT)) {
            // Another type than usual, null for example, is a part of the template.
            return true;
        }
        int from = string ? start + 1 : start;
        int to = string ? words.read(line, from, line.length) : Template.digits(line, from, line.length);
        if (to < 0 || (hole != Hole.ANY_NUMBER && holes.contains(hole))) {
            return false;
        }
        parts.add(Arrays.copyOfRange(line, cutTo, from));
        holes.add(hole);
        cutTo = to;
        return true;
    }

    private byte[] marked() {
        ByteArrayOutputStream marked = new ByteArrayOutputStream();
        for (int i = 0; i < holes.size(); i++) {
            marked.writeBytes(parts.get(i));
            marked.writeBytes(mark(holes.get(i)).getBytes(StandardCharsets.UTF_8));
        }
        marked.writeBytes(parts.getLast());
        return marked.toByteArray();
    }

    private static String data(byte[] line) {
        return new String(line, StandardCharsets.UTF_8)
                .substring(StreamDecoder.DATA.length())
                .strip();
    }

    private static String mark(Hole hole) {
        return switch (hole) {
            case TEXT -> "甲";
            case REASONING -> "乙";
            case PROMPT -> "1";
            case COMPLETION -> "2";
            case TOTAL -> "4";
            case ANY_NUMBER -> "8";
        };
    }
}
