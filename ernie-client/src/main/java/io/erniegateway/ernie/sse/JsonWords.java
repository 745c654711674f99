package io.erniegateway.ernie.sse;

/**
 * Reads the inside of a JSON string from UTF-8 bytes. Gives up at whatever is not exactly as it should be, and at what
 * is too long to be the usual few words: then the line is read by a {@link ChunkReader}.
 */
final class JsonWords {
    /** V1's sentences, the longest usual pieces, have some 60 characters, or 360 bytes if all are escaped. */
    static final int MOST_BYTES = 512;

    static final int RETAINED_BYTES = MOST_BYTES * Character.BYTES;

    private static final byte OVERLONG = (byte) 0xE0;
    private static final byte SURROGATE = (byte) 0xED;

    /** No character takes more places here than it has bytes. */
    private final char[] characters = new char[MOST_BYTES];

    private int length;

    /** Reads from behind the opening quote; gives the position of the closing one, or -1 if it gives up. */
    int read(byte[] bytes, int from, int limit) {
        char[] into = characters;
        int end = Math.min(limit, from + MOST_BYTES);
        int at = from;
        int count = 0;
        while (at < end) {
            byte b = bytes[at];
            if ((b & 0xF0) == 0xE0 && b != OVERLONG && b != SURROGATE && end - at > 2) {
                // Three bytes: nearly all of Chinese, so it has the shortest way.
                byte second = bytes[at + 1];
                byte third = bytes[at + 2];
                if (!follows(second) || !follows(third)) {
                    return -1;
                }
                into[count++] = (char) ((b & 0x0F) << 12 | (second & 0x3F) << 6 | (third & 0x3F));
                at += 3;
            } else if (b == '"') {
                length = count;
                return at;
            } else if (b >= ' ' && b != '\\') {
                into[count++] = (char) b;
                at++;
            } else {
                length = count;
                at = b == '\\' ? escaped(bytes, at + 1, end) : encoded(bytes, at, end);
                count = length;
                if (at < 0) {
                    return -1;
                }
            }
        }
        return -1;
    }

    /** What was read last. */
    String words() {
        return length == 0 ? "" : new String(characters, 0, length);
    }

    /** A character of two to four bytes; the position behind it or -1. Overlong forms and surrogates are no UTF-8. */
    private int encoded(byte[] bytes, int at, int end) {
        byte first = bytes[at];
        int size = (first & 0xE0) == 0xC0 ? 2 : (first & 0xF0) == 0xE0 ? 3 : (first & 0xF8) == 0xF0 ? 4 : 0;
        if (size == 0 || size > end - at) {
            return -1;
        }
        // What is left of the first byte behind the mark of the size.
        int c = first & (0x7F >> size);
        for (int i = at + 1; i < at + size; i++) {
            if (!follows(bytes[i])) {
                return -1;
            }
            c = c << 6 | (bytes[i] & 0x3F);
        }
        int least = size == 2 ? 0x80 : size == 3 ? 0x800 : Character.MIN_SUPPLEMENTARY_CODE_POINT;
        boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        if (c < least || c > Character.MAX_CODE_POINT || surrogate) {
            return -1;
        }
        length += Character.toChars(c, characters, length);
        return at + size;
    }

    /** Whether this is a character's second, third or fourth byte: 0x80 to 0xBF, which are the least of all bytes. */
    private static boolean follows(byte b) {
        return b < (byte) 0xC0;
    }

    /** What stands behind a backslash; the position behind it or -1. */
    private int escaped(byte[] bytes, int at, int end) {
        if (at >= end) {
            return -1;
        }
        int c = switch (bytes[at]) {
            case '"', '\\', '/' -> bytes[at];
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hexadecimal(bytes, at + 1, end);
            default -> -1;
        };
        if (c < 0) {
            return -1;
        }
        characters[length++] = (char) c;
        return bytes[at] == 'u' ? at + 5 : at + 1;
    }

    private static int hexadecimal(byte[] bytes, int at, int end) {
        if (end - at < 4) {
            return -1;
        }
        int c = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = Character.digit(bytes[i] & 0xFF, 16);
            if (digit < 0) {
                return -1;
            }
            c = c << 4 | digit;
        }
        return c;
    }
}
