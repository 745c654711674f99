package io.erniegateway.ernie.reading;

import io.erniegateway.ernie.ErnieStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The streams that a client has open, so that they end with it. Thread-safe. */
public final class OpenStreams {
    private final Set<ErnieStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Connects a stream and hands it out; it is closed if that fails, or with the client.
     *
     * @throws IllegalStateException if the client is closed
     */
    public <S extends ErnieStream> S begin(S stream, Consumer<S> connect) {
        open.add(stream);
        if (closed) {
            stream.close();
            throw new IllegalStateException("the client is closed");
        }
        try {
            connect.accept(stream);
            return stream;
        } catch (RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    /** The stream is over, or closed; again for nothing. */
    public void ended(ErnieStream stream) {
        open.remove(stream);
    }

    /** Closes all, and lets none begin. */
    public void close() {
        closed = true;
        open.forEach(ErnieStream::close);
    }
}
