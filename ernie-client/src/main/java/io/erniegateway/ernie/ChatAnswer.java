package io.erniegateway.ernie;

import io.erniegateway.ernie.ErnieEvent.Finished.Reason;
import io.erniegateway.ernie.ErnieEvent.SearchResults.Hit;
import io.erniegateway.ernie.ErnieEvent.Usage;
import io.erniegateway.ernie.ErnieEvent.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer, told at once. It says what a stream of the same answer would have said in {@link ErnieEvent}s (wire:
 * V2's page 3m7of64lb, V1's page tlmyncueh).
 *
 * @param text the visible answer, empty if the model only wants functions to be called. Look at {@code verdict} before
 *     showing it
 * @param reasoning what a thinking model thought, else empty; never part of the answer and never to be sent back
 * @param toolCalls the functions the model wants to be called, in its order; V1 has one at most
 * @param searchResults the pages found on the web, if {@link WebSearch#trace} asked for them
 * @param verdict what Baidu's content check thinks; null if it has nothing to say
 * @param usage null if the server did not tell
 * @param reason why the answer ends; {@link Reason#LENGTH} also if it was longer than {@code maxAnswerCharacters}
 * @param requestId the server's id (Baidu: {@code as-…}), empty if it has none
 * @param quota what the answer's headers said about the minute's allowance
 */
public record ChatAnswer(
        String text,
        String reasoning,
        List<ToolCall> toolCalls,
        List<Hit> searchResults,
        @Nullable Verdict verdict,
        @Nullable Usage usage,
        Reason reason,
        String requestId,
        Quota quota) {

    public ChatAnswer {
        toolCalls = List.copyOf(toolCalls);
        searchResults = List.copyOf(searchResults);
    }

    /** Whether the text may be shown to anybody. */
    public boolean mayBeShown() {
        return verdict == null || !verdict.retract();
    }

    /** Whether the history has to be forgotten. */
    public boolean clearHistory() {
        return verdict != null && verdict.clearHistory();
    }

    /** What stands for this answer in the history of the next question. */
    public Turn turn() {
        return new Turn.Assistant(text, toolCalls);
    }
}
