package io.erniegateway.ernie;

/** Asks an ERNIE model. Thread-safe; keep one per base URL and account, and close it at the end. */
public interface ErnieClient extends AutoCloseable {

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
