package io.erniegateway.connectors.simulated.slack;

/**
 * What a message knows that takes its text piece by piece.
 *
 * @param markdown all pieces so far
 * @param started when, by the simulated time
 * @param touched when the last piece came, by the simulated time
 */
record Stream(State state, String markdown, long started, long touched) {

    /** How it stands; the words are those of {@code streaming_state} on the message. */
    enum State {
        IN_PROGRESS("in_progress"),
        /** Ended by {@code chat.stopStream}. */
        COMPLETED("completed"),
        /** The reader pressed Stop. That the message counts as completed is a guess. */
        STOPPED("completed"),
        /** Slack closed it. That the message shows it as an error is a guess. */
        EXPIRED("errored");

        final String word;

        State(String word) {
            this.word = word;
        }
    }

    static Stream begun(String markdown, long now) {
        return new Stream(State.IN_PROGRESS, markdown, now, now);
    }

    Stream and(String piece, long now) {
        return new Stream(state, markdown + piece, started, now);
    }

    Stream ended(State how) {
        return new Stream(how, markdown, started, touched);
    }

    boolean isOpen() {
        return state == State.IN_PROGRESS;
    }

    /** Whether Slack has closed it by now. */
    boolean isOver(long now, SlackTimes times) {
        return now - started >= times.streamLasts().toNanos()
                || now - touched >= times.streamIdles().toNanos();
    }
}
