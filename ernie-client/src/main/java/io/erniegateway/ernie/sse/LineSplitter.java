package io.erniegateway.ernie.sse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts bytes into lines ({@code \n} or {@code \r\n}). A line becomes text only when it is whole, so a character that was
 * split between two packets is never broken; what is no UTF-8 becomes U+FFFD.
 */
final class LineSplitter {
    private static final int FIRST_CAPACITY = 1024;

    private final int maxLineBytes;
    private byte[] line = new byte[FIRST_CAPACITY];
    private int length;

    LineSplitter(int maxLineBytes) {
        this.maxLineBytes = maxLineBytes;
    }

    /** What {@link #take} found. */
    enum Step {
        LINE,
        NEEDS_MORE,
        TOO_LONG
    }

    /** A window on bytes that shrinks as lines are taken from it. */
    static final class Input {
        private final byte[] bytes;
        private final int end;
        private int position;

        Input(byte[] bytes, int offset, int length) {
            this.bytes = bytes;
            this.position = offset;
            this.end = offset + length;
        }
    }

    /** Reads on until a line is whole or the input is used up. After LINE, {@link #text} gives it. */
    Step take(Input input) {
        int newline = indexOfNewline(input);
        int stop = newline < 0 ? input.end : newline;
        if (!append(input.bytes, input.position, stop - input.position)) {
            return Step.TOO_LONG;
        }
        input.position = newline < 0 ? input.end : newline + 1;
        return newline < 0 ? Step.NEEDS_MORE : Step.LINE;
    }

    /** The line collected so far, without its end; empties the splitter. */
    String text() {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        String text = new String(line, 0, end, StandardCharsets.UTF_8);
        length = 0;
        return text;
    }

    /** The last line if the stream ended without a newline, else null. */
    @Nullable
    String rest() {
        return length == 0 ? null : text();
    }

    private static int indexOfNewline(Input input) {
        for (int i = input.position; i < input.end; i++) {
            if (input.bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private boolean append(byte[] bytes, int offset, int count) {
        if (count > maxLineBytes - length) {
            return false;
        }
        if (length + count > line.length) {
            line = Arrays.copyOf(line, Math.max(length + count, Math.min(line.length * 2, maxLineBytes)));
        }
        System.arraycopy(bytes, offset, line, length, count);
        length += count;
        return true;
    }
}
