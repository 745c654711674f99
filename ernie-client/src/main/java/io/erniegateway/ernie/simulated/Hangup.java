package io.erniegateway.ernie.simulated;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.IoUtils;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Notices a client that leaves while nothing is being written to it. Undertow looks at a connection again only when its
 * response is over, so the reading side is watched here meanwhile: a client of HTTP/1.1 sends nothing before then, and
 * what can be read is its end. Watched is the conduit of the socket, for the one of the request's body does not wake up
 * any more once the body was read.
 */
final class Hangup {
    private final StreamSourceConduit socket;

    private Hangup(StreamSourceConduit socket) {
        this.socket = socket;
    }

    /** Begins to watch; the request's body must have been read. */
    static Hangup watch(HttpServerExchange exchange, Runnable gone) {
        if (!(exchange.getConnection() instanceof HttpServerConnection connection)) {
            throw new IllegalStateException("the simulator speaks HTTP/1.1 only");
        }
        StreamSourceConduit socket = connection.getOriginalSourceConduit();
        connection.getChannel().getSourceChannel().setReadListener(channel -> {
            if (hasEnded(socket)) {
                socket.suspendReads();
                IoUtils.safeClose(connection);
                gone.run();
            }
        });
        socket.resumeReads();
        return new Hangup(socket);
    }

    /** Gives the connection back to Undertow, for its next request. */
    void stop() {
        socket.suspendReads();
    }

    private static boolean hasEnded(StreamSourceConduit socket) {
        try {
            return socket.read(ByteBuffer.allocate(1)) != 0;
        } catch (IOException e) {
            return true;
        }
    }
}
