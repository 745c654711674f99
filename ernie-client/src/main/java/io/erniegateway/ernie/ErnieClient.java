package io.erniegateway.ernie;

import io.erniegateway.ernie.chain.FallbackChain;
import io.erniegateway.ernie.http.HttpErnieClient;
import io.erniegateway.ernie.request.TokenEstimate;
import java.util.List;
import java.util.function.Consumer;

/** Asks an ERNIE model. Thread-safe; keep one per base URL and account, and close it at the end. */
public interface ErnieClient extends AutoCloseable {

    /** A client over HTTP. Nothing is sent before the first question. */
    static ErnieClient connect(ErnieSettings settings) {
        return new HttpErnieClient(settings);
    }

    /** Several clients over HTTP as one: each next one is asked only if the one before cannot answer. */
    static ErnieClient chain(List<ErnieSettings> settings) {
        return FallbackChain.connect(settings);
    }

    /**
     * Sends the request and returns as soon as the server has begun a stream.
     *
     * @throws ErnieException if the server refused or could not be reached
     * @throws IllegalArgumentException if the request is not one that any server takes; the text names the field
     */
    default ErnieStream open(ChatRequest request) {
        return open(request, begun -> {});
    }

    /**
     * As {@link #open(ChatRequest)}, for a question that somebody may want to take back before its answer has begun:
     * while it waits for its minute, for a token, for a connection, for the first byte, or between two attempts.
     *
     * @param begun is told of the stream, on this thread and before anything is sent. Any thread may close it from then
     *     on; the opening, wherever it stands, then ends at once and throws with the code {@code closed}
     * @throws ErnieException if the server refused or could not be reached, or the stream was closed
     * @throws IllegalArgumentException if the request is not one that any server takes; the text names the field
     */
    ErnieStream open(ChatRequest request, Consumer<? super ErnieStream> begun);

    /**
     * Asks for the whole answer at once. Until it is there nothing can be shown, which may take minutes: the server may
     * be silent for {@code firstByteTimeout}. A failure that may pass is tried again, since nothing was handed out.
     *
     * @throws ErnieException if there is no whole answer
     * @throws IllegalArgumentException if the request is not one that any server takes; the text names the field
     */
    ChatAnswer chat(ChatRequest request);

    /**
     * Turns texts into vectors, in as many calls as the model needs, one after the other. All or nothing: if one call
     * fails for good, so does this.
     *
     * @throws ErnieException if the server refused, could not be reached, or sent something else than these vectors
     * @throws IllegalArgumentException before anything is sent, if a text is longer than the model takes; names its index
     */
    Embeddings embed(EmbeddingRequest request);

    /**
     * Sorts documents by how well they answer a query. At Baidu only.
     *
     * @throws ErnieException if the server refused or could not be reached; {@link ErnieFailure.GiveUp} with the code
     *     {@code not_offered}, and nothing sent, at a self-hosted server
     */
    Ranking rerank(RerankRequest request);

    /**
     * Has the server count a text's tokens ({@code /tokenizer/erniebot}). V1 only: no other interface documents it.
     *
     * @param model whose tokens, such as {@code ernie-3.5-8k} (not the endpoint's suffix); empty for the server's choice
     * @param text not empty
     * @throws ErnieException if the server refused or could not be reached; {@link ErnieFailure.GiveUp} with the code
     *     {@code not_offered}, and nothing sent, elsewhere than in V1
     */
    int countTokens(String model, String text);

    /**
     * Estimates a text's tokens on this machine, rather too many than too few: a CJK character is one, any other word
     * 1.3, as Baidu's ERNIE-SDK counts. No server is asked.
     */
    static int estimateTokens(String text) {
        return TokenEstimate.of(text);
    }

    /**
     * The models that the server offers, in its order. No document promises that the account may use each of them.
     *
     * @throws ErnieException if the server refused (Baidu: {@code AccessDenied}) or could not be reached; {@link
     *     ErnieFailure.GiveUp} with the code {@code not_offered}, and nothing sent, in V1, which has no such list
     */
    List<ModelInfo> models();

    /** Frees connections. Open streams end as if closed; other calls fail with the code {@code closed}. */
    @Override
    void close();
}
