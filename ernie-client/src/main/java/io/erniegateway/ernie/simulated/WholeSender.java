package io.erniegateway.ernie.simulated;

import io.erniegateway.ernie.Dialect;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.xnio.IoUtils;
import org.xnio.Options;

/**
 * Sends one answer at once, after its time, with its fault. Of a fault's chunks there are none here: whatever breaks,
 * breaks before the first byte, but a cut, which leaves half of the JSON; and nothing babbles. One thread sends; any may make it {@link #stop}.
 */
final class WholeSender {
    private final HttpServerExchange exchange;
    private final Dialect dialect;
    private final Traffic traffic;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicBoolean settled = new AtomicBoolean();

    WholeSender(HttpServerExchange exchange, Dialect dialect, Traffic traffic) {
        this.exchange = exchange;
        this.dialect = dialect;
        this.traffic = traffic;
    }

    void send(String json, Duration after, Fault fault) {
        traffic.openStreams.incrementAndGet();
        try {
            if (waited(after, fault)) {
                answer(json, fault);
            }
        } catch (IOException e) {
            // Writing to a client that has left.
            settle(false);
        } catch (InterruptedException e) {
            settle(false);
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Whether the client is still there when it is time to answer. It is watched only until then: once the last byte is
     * written, Undertow reads the connection's next request.
     */
    private boolean waited(Duration after, Fault fault) throws InterruptedException {
        Hangup hangup = Hangup.watch(exchange, this::stop);
        try {
            if (fault instanceof Fault.Stall || fault instanceof Fault.Babble) {
                stopped.await();
            }
            return !stopped.await(after.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            hangup.stop();
        }
    }

    private void answer(String json, Fault fault) throws IOException {
        switch (fault) {
            case Fault.None none -> write(json);
            case Fault.Cut cut -> write(json.substring(0, json.length() / 2));
            case Fault.Reset reset -> reset();
            case Fault.ErrorLine(int chunks, String code, String message) -> write(refusal(code, message));
            case Fault.OkError(String code, String message) -> write(refusal(code, message));
            case Fault.Stall stall -> throw new IllegalStateException("waited for ever: " + stall);
            case Fault.Babble babble -> throw new IllegalStateException("waited for ever: " + babble);
            case Fault.Status status -> throw new IllegalStateException("refused before: " + status);
        }
    }

    /** The client has left, or the simulator closes. */
    void stop() {
        settle(false);
        stopped.countDown();
    }

    /** Ends the connection without a word, as a server that dies. */
    static void tear(HttpServerExchange exchange) throws IOException {
        if (exchange.getConnection().supportsOption(Options.CLOSE_ABORT)) {
            exchange.getConnection().setOption(Options.CLOSE_ABORT, true);
        }
        IoUtils.safeClose(exchange.getConnection());
    }

    /** Settled before the last byte leaves: the client may hang up on it at once. */
    private void write(String body) throws IOException {
        settle(true);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json; charset=utf-8");
        exchange.setResponseContentLength(bytes.length);
        exchange.getOutputStream().write(bytes);
        exchange.getOutputStream().close();
    }

    private void reset() throws IOException {
        settle(true);
        tear(exchange);
    }

    private String refusal(String code, String message) {
        return Rejected.scripted(dialect, 200, code, message).body(dialect, "as-simulated");
    }

    private void settle(boolean finished) {
        if (settled.compareAndSet(false, true)) {
            (finished ? traffic.finishedStreams : traffic.cancelledStreams).incrementAndGet();
            traffic.openStreams.decrementAndGet();
        }
    }
}
