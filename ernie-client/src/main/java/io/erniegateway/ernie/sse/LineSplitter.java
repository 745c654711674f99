package io.erniegateway.ernie.sse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts bytes into lines ({@code \n} or {@code \r\n}). A line that is whole in the input stays where it is; one that comes
 * in pieces is collected. It becomes text only when it is whole, so a character that was split between two packets is
 * never broken; what is no UTF-8 becomes U+FFFD.
 */
final class LineSplitter {
    /** Enough for nearly every line, and what a stream may keep after a longer one. */
    static final int MOST_KEPT = 4096;

    private static final int FIRST_CAPACITY = 512;
    private static final byte[] NOTHING = {};

    private final int maxLineBytes;
    private byte[] collected = NOTHING;
    private int length;

    // The line found last, with its newline.
    private byte[] bytes = NOTHING;
    private int from;
    private int to;

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

        byte[] bytes() {
            return bytes;
        }

        int position() {
            return position;
        }

        int end() {
            return end;
        }

        /** Leaves out a line that somebody else has read, and the empty one that usually follows. */
        void skipTo(int newPosition) {
            boolean emptyLine = newPosition < end && bytes[newPosition] == '\n';
            position = emptyLine ? newPosition + 1 : newPosition;
        }
    }

    /** Reads on until a line is whole or the input is used up. After LINE, {@link #text} gives it. */
    Step take(Input input) {
        forget();
        int newline = indexOfNewline(input);
        int stop = newline < 0 ? input.end : newline;
        if (stop - input.position > maxLineBytes - length) {
            return Step.TOO_LONG;
        }
        int next = newline < 0 ? input.end : newline + 1;
        if (newline >= 0 && length == 0) {
            window(input.bytes, input.position, next);
        } else {
            collect(input.bytes, input.position, next - input.position);
        }
        input.position = next;
        if (newline < 0) {
            return Step.NEEDS_MORE;
        }
        if (length > 0) {
            handOut();
        }
        return Step.LINE;
    }

    /** Takes what was collected when the stream ended without a newline; false if nothing was. */
    boolean takeRest() {
        forget();
        boolean any = length > 0;
        handOut();
        return any;
    }

    /** Whether the next byte begins a line. */
    boolean atStartOfLine() {
        return length == 0;
    }

    /** Where the line is: from {@link #from} to before {@link #to}, with its newline. Valid until the next is taken. */
    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** The line without its end; a shared text for the empty lines between events. */
    String text() {
        int end = to > from && bytes[to - 1] == '\n' ? to - 1 : to;
        end = end > from && bytes[end - 1] == '\r' ? end - 1 : end;
        return end == from ? "" : new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    /** How many bytes this stream keeps between two packets. */
    int capacity() {
        return collected.length;
    }

    /** Lets go of the last line; and of the place that it took, if that was unusually much. */
    private void forget() {
        window(NOTHING, 0, 0);
        if (length == 0 && collected.length > MOST_KEPT) {
            collected = NOTHING;
        }
    }

    private void handOut() {
        window(collected, 0, length);
        length = 0;
    }

    private void window(byte[] array, int begin, int end) {
        bytes = array;
        from = begin;
        to = end;
    }

    private static int indexOfNewline(Input input) {
        for (int i = input.position; i < input.end; i++) {
            if (input.bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void collect(byte[] source, int offset, int count) {
        if (length + count > collected.length) {
            // Doubled, so that a long line in many packets is not copied once for each.
            int capacity = (int) Math.min(2L * collected.length, maxLineBytes + 1L);
            collected = Arrays.copyOf(collected, Math.max(length + count, Math.max(capacity, FIRST_CAPACITY)));
        }
        System.arraycopy(source, offset, collected, length, count);
        length += count;
    }
}
