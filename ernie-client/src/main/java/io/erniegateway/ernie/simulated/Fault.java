package io.erniegateway.ernie.simulated;

import java.util.Map;

/** What goes wrong with a reply. Chunks are counted from 1; "after 0 chunks" is before the first. */
public sealed interface Fault {

    /** After how many chunks a begun stream breaks; {@link #NEVER} if this is no fault of a stream. */
    int afterChunks();

    int NEVER = -1;

    record None() implements Fault {
        @Override
        public int afterChunks() {
            return NEVER;
        }
    }

    /** The body ends cleanly, but without the end mark of an answer. */
    record Cut(int afterChunks) implements Fault {}

    /** The connection is torn; with 0, before any byte of a response. */
    record Reset(int afterChunks) implements Fault {}

    /** Nothing more comes until the client leaves. */
    record Stall(int afterChunks) implements Fault {}

    /** Only keep-alive comments come until the client leaves. */
    record Babble(int afterChunks) implements Fault {}

    /** An error in the middle of the stream: V1 as a bare JSON line, the others as an event. The body then ends. */
    record ErrorLine(int afterChunks, String code, String message) implements Fault {}

    /** HTTP 200 and a JSON error instead of a stream. */
    record OkError(String code, String message) implements Fault {
        @Override
        public int afterChunks() {
            return NEVER;
        }
    }

    /**
     * A status and a JSON error.
     *
     * @param code empty for a plain-text body
     * @param headers further headers, such as {@code Retry-After}
     */
    record Status(int status, String code, String message, Map<String, String> headers) implements Fault {
        public Status {
            headers = Map.copyOf(headers);
        }

        public Status(int status, String code, String message) {
            this(status, code, message, Map.of());
        }

        @Override
        public int afterChunks() {
            return NEVER;
        }
    }
}
