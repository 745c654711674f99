package io.erniegateway.ernie.simulated;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.IoUtils;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * Notices a client that leaves while nothing is being written to it. Undertow looks at a connection again only when its
 * response is over, so the reading side is watched here meanwhile: a client of HTTP/1.1 sends nothing before then, and
 * what can be read is its end.
 */
final class Hangup {
    private final ConduitStreamSourceChannel source;

    private Hangup(ConduitStreamSourceChannel source) {
        this.source = source;
    }

    /** Begins to watch; the request's body must have been read. */
    static Hangup watch(HttpServerExchange exchange, Runnable gone) {
        if (!(exchange.getConnection() instanceof HttpServerConnection connection)) {
            throw new IllegalStateException("the simulator speaks HTTP/1.1 only");
        }
        ConduitStreamSourceChannel source = connection.getChannel().getSourceChannel();
        source.setReadListener(channel -> {
            if (hasEnded(channel)) {
                channel.suspendReads();
                IoUtils.safeClose(connection);
                gone.run();
            }
        });
        source.resumeReads();
        return new Hangup(source);
    }

    /** Gives the connection back to Undertow, for its next request. */
    void stop() {
        source.suspendReads();
    }

    private static boolean hasEnded(ConduitStreamSourceChannel channel) {
        try {
            return channel.read(ByteBuffer.allocate(1)) != 0;
        } catch (IOException e) {
            return true;
        }
    }
}
