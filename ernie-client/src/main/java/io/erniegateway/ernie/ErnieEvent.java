package io.erniegateway.ernie;

import java.util.List;

/** One thing that a streaming answer tells, in the order of the wire. */
public sealed interface ErnieEvent {

    /** The next characters of the visible answer; never empty. */
    record Text(String delta) implements ErnieEvent {}

    /** The next characters of the model's reasoning (thinking models); never empty, never part of the answer. */
    record Reasoning(String delta) implements ErnieEvent {}

    /** The model is searching the web before it writes (V2's {@code delta_tag: search_status}); told once in a row. */
    record Searching() implements ErnieEvent {}

    /**
     * What the model found on the web, when {@code enable_trace} asked for it: V2's {@code search_results}, V1's {@code
     * search_info}. Told when it comes, which may be before, during or after the text.
     */
    record SearchResults(List<Hit> hits) implements ErnieEvent {
        public SearchResults {
            hits = List.copyOf(hits);
        }

        /** One page; {@code index} is the number of its superscript in the answer. */
        public record Hit(int index, String url, String title) {}
    }

    /**
     * The model wants a function to be called. Whole: assembled from its fragments, and told after the text, before
     * {@link Usage} and {@link Finished}; several of them are parallel calls, in the order of their index.
     */
    record ToolWanted(ToolCall call) implements ErnieEvent {}

    /**
     * A function was called and its result given to the model; the answer goes on. Only in streams of the {@code tools}
     * package.
     */
    record ToolAnswered(ToolCall call, String result, boolean failed) implements ErnieEvent {}

    /**
     * Another model or server of a fallback chain answers from here on, because the one before could not. Always before
     * the first {@link Text} and {@link Reasoning} of a call to a model; an answer with tools makes one for each round.
     *
     * @param from the model that failed
     * @param to the model that is asked now
     */
    record Switched(String from, String to, ErnieFailure why) implements ErnieEvent {}

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
    record Usage(int prompt, int completion, int total) implements ErnieEvent {
        /** Both together, for an answer that took several calls. */
        public Usage plus(Usage more) {
            return new Usage(prompt + more.prompt, completion + more.completion, total + more.total);
        }
    }

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
