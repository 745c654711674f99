package io.erniegateway.connectors.simulated.telegram;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.xnio.IoUtils;

/** The HTTP side: GET or POST. */
final class BotWire implements HttpHandler {

    /** Without files no call comes near it. */
    static final int MAX_BODY = 4 << 20;

    /** Nothing is known of one who calls over HTTP, so it is taken to be patient. */
    private static final BotDesk.Caller SOMEBODY = new BotDesk.Caller() {
        @Override
        public Duration patience() {
            return Duration.ofDays(1);
        }

        @Override
        public boolean hasHungUp() {
            return false;
        }
    };

    private final BotDesk desk;
    private final Executor threads;

    BotWire(BotDesk desk, Executor threads) {
        this.desk = desk;
        this.threads = threads;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws IOException {
        if (exchange.isInIoThread()) {
            exchange.dispatch(threads, this);
            return;
        }
        exchange.startBlocking();
        byte[] body = exchange.getInputStream().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            send(exchange, ApiReply.refused(413, "Request Entity Too Large"));
            return;
        }
        Optional<ApiReply> reply = desk.answer(exchange.getRequestPath(), () -> parameters(exchange, body), SOMEBODY);
        if (reply.isPresent()) {
            send(exchange, reply.get());
        } else {
            IoUtils.safeClose(exchange.getConnection());
        }
    }

    private static Parameters parameters(HttpServerExchange exchange, byte[] body) {
        Map<String, String> query = new HashMap<>();
        exchange.getQueryParameters().forEach((name, all) -> query.put(name, all.getFirst()));
        return Parameters.of(query, exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE), body);
    }

    private static void send(HttpServerExchange exchange, ApiReply reply) {
        exchange.setStatusCode(reply.status());
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, reply.contentType());
        if (reply.retryAfter() > 0) {
            exchange.getResponseHeaders().put(Headers.RETRY_AFTER, reply.retryAfter());
        }
        exchange.getResponseSender().send(reply.body());
    }
}
