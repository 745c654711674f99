package io.erniegateway.ernie.sse;

import io.erniegateway.ernie.ErnieEvent.Finished.Reason;
import io.erniegateway.ernie.ErnieEvent.SearchResults.Hit;
import io.erniegateway.ernie.ErnieEvent.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object of a stream, in words that both APIs share.
 *
 * @param flag 0 if the content check has nothing to say
 * @param banRound -1 for the present question
 * @param finish why the model stopped, null if it has not
 * @param last whether nothing can follow; V2 says so by {@code [DONE]} instead
 * @param searching whether the model says that it searches the web
 * @param hits what it found there, if this chunk tells
 */
record Chunk(
        String requestId,
        String text,
        String reasoning,
        int flag,
        int banRound,
        @Nullable Usage usage,
        @Nullable Reason finish,
        boolean last,
        boolean searching,
        List<Hit> hits,
        List<ToolPiece> tools) {

    /** The same chunk with other words and counts. */
    Chunk with(String otherText, String otherReasoning, @Nullable Usage otherUsage) {
        return new Chunk(
                requestId, otherText, otherReasoning, flag, banRound, otherUsage, finish, last, searching, hits, tools);
    }
}
