package io.erniegateway.ernie;

import java.util.List;

/** Calls beside the stream, for README; {@link ReadmeCallsTest} runs them. */
final class ReadmeCalls {
    private ReadmeCalls() {}

    /** Answers from the passage that fits best. */
    static String ask(ErnieClient ernie, List<String> passages, String question) {
        Ranking ranking = ernie.rerank(RerankRequest.of("bce-reranker-base", question, passages));
        String best = ranking.results().getFirst().document();
        ChatAnswer answer = ernie.chat(ChatRequest.of("Passage: " + best + "\n\nQuestion: " + question));
        return answer.mayBeShown() ? answer.text() : "";
    }

    /** How near two texts are, from -1 to 1. */
    static double likeness(ErnieClient ernie, String one, String other) {
        List<float[]> vectors =
                ernie.embed(EmbeddingRequest.of("embedding-v1", one, other)).vectors();
        double product = 0;
        double lengths = 0;
        double otherLengths = 0;
        for (int i = 0; i < vectors.getFirst().length; i++) {
            double a = vectors.get(0)[i];
            double b = vectors.get(1)[i];
            product += a * b;
            lengths += a * a;
            otherLengths += b * b;
        }
        return product / Math.sqrt(lengths * otherLengths);
    }
}
