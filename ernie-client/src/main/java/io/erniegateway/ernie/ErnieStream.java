package io.erniegateway.ernie;

/**
 * A streaming answer: iterate it once, on one thread, and close it.
 *
 * <p>{@code next} blocks until the next event. A server's failure, a broken connection and a stream that ends before
 * its end are an {@link ErnieException}, never a quiet end. {@link #close} may be called from any thread; it cancels the
 * call at once, and the iteration then ends without {@link ErnieEvent.Finished}.
 */
public interface ErnieStream extends Iterable<ErnieEvent>, AutoCloseable {

    /** The server's id of this request (Baidu: {@code as-…}), empty until the first event. */
    String requestId();

    /** What the answer's headers said about the minute's allowance. */
    Quota quota();

    @Override
    void close();
}
