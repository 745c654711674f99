package io.erniegateway.ernie;

import io.erniegateway.ernie.chain.FallbackChain;
import io.erniegateway.ernie.http.HttpErnieClient;
import java.util.List;

/** Asks an ERNIE model. Thread-safe; keep one per base URL and account, and close it at the end. */
public interface ErnieClient extends AutoCloseable {

    /** A client over HTTP. Nothing is sent before the first {@link #open}. */
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
    ErnieStream open(ChatRequest request);

    /** Frees connections. Open streams end as if closed. */
    @Override
    void close();
}
