package io.erniegateway.ernie;

/** One thing that a streaming answer tells, in the order of the wire. */
public sealed interface ErnieEvent {

    /** The next characters of the visible answer; never empty. */
    record Text(String delta) implements ErnieEvent {}

    /** The next characters of the model's reasoning (thinking models); never empty, never part of the answer. */
    record Reasoning(String delta) implements ErnieEvent {}

    /**
     * What Baidu's content check thinks of the conversation so far.
     *
     * @param flag 1 low risk, 2 show but end the conversation, 3 do not show, 4 retract what was shown (V2); V1's
     *     {@code need_clear_history} is reported as 3
     * @param banRound index of the offending turn, -1 for the present question
     */
    record Verdict(int flag, int banRound) implements ErnieEvent {
        /** Whether what was shown of this answer must be taken back. */
        public boolean retract() {
            return flag >= 3;
        }

        /** Whether the history has to be forgotten. */
        public boolean clearHistory() {
            return flag >= 2;
        }
    }

    /** Tokens used, as far as the server told; reasoning tokens are part of {@code completion}. */
    record Usage(int prompt, int completion, int total) implements ErnieEvent {}

    /** The answer is complete. Always the last event of a stream that did not fail and was not closed early. */
    record Finished(Reason reason) implements ErnieEvent {
        public enum Reason {
            /** The model said all it wanted to. */
            STOP,
            /** Cut by the output limit; {@code is_truncated} in V1. */
            LENGTH,
            /** Cut, masked or replaced by the content check. Keep it out of the history. */
            CONTENT_FILTER,
            /** The model wants a tool to be called. */
            TOOL_CALLS
        }
    }
}
