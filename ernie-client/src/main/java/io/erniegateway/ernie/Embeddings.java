package io.erniegateway.ernie;

import io.erniegateway.ernie.ErnieEvent.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of some texts.
 *
 * @param vectors one for each text, in the texts' order, all of the same length; not copied, so do not change them
 * @param usage over all calls together; null if the server did not tell in each
 * @param requestIds the server's ids of the calls, in their order
 */
public record Embeddings(List<float[]> vectors, @Nullable Usage usage, List<String> requestIds) {
    public Embeddings {
        vectors = List.copyOf(vectors);
        requestIds = List.copyOf(requestIds);
    }

    /** How many numbers each vector has. */
    public int dimension() {
        return vectors.getFirst().length;
    }
}
