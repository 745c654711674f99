package io.erniegateway.ernie;

import io.erniegateway.ernie.ErnieEvent.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Documents in the order of the server, which is best first.
 *
 * @param results as many as were asked for
 * @param usage null if the server did not tell
 * @param requestId the server's id (Baidu: {@code as-…})
 */
public record Ranking(List<Result> results, @Nullable Usage usage, String requestId) {
    public Ranking {
        results = List.copyOf(results);
    }

    /**
     * A document and how well it answers the query.
     *
     * @param index of the document in the request, from 0
     * @param score the higher the better; comparable within one ranking only
     * @param document the text, as it stood in the request
     */
    public record Result(int index, double score, String document) {}
}
