package io.erniegateway.connectors.simulated.telegram;

import io.erniegateway.connectors.simulated.telegram.Faults.Fault;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.xnio.IoUtils;

/** The HTTP side: {@code /bot<token>/METHOD}, GET or POST. */
final class BotWire implements HttpHandler {

    /** Without files no call comes near it. */
    static final int MAX_BODY = 4 << 20;

    private final String token;
    private final BotMethods methods;
    private final Faults faults;
    private final UsageMeter meter;
    private final Executor threads;

    BotWire(String token, BotMethods methods, Faults faults, UsageMeter meter, Executor threads) {
        this.token = token;
        this.methods = methods;
        this.faults = faults;
        this.meter = meter;
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
        String path = exchange.getRequestPath();
        int slash = path.lastIndexOf('/');
        if (!path.startsWith("/bot") || slash < "/bot".length()) {
            send(exchange, ApiReply.refused(404, "Not Found"));
        } else if (body.length > MAX_BODY) {
            send(exchange, ApiReply.refused(413, "Request Entity Too Large"));
        } else {
            String given = path.substring("/bot".length(), slash);
            if (given.equals(token)) {
                withFaults(exchange, path.substring(slash + 1).toLowerCase(Locale.ROOT), body);
            } else {
                boolean malformed = !given.matches("[1-9][0-9]*:.{1,70}");
                send(exchange, ApiReply.refused(401, "Unauthorized" + (malformed ? ": invalid token specified" : "")));
            }
        }
    }

    private void withFaults(HttpServerExchange exchange, String method, byte[] body) {
        Optional<Fault> fault = faults.take(method);
        if (fault.isEmpty()) {
            send(exchange, answer(exchange, method, body));
            return;
        }
        switch (fault.get()) {
            case Fault.TooManyRequests slow ->
                send(
                        exchange,
                        ApiReply.tooMany(
                                Math.max(1, Math.ceilDiv(slow.retryAfter().toMillis(), 1000L))));
            case Fault.ServerError error -> {
                act(error.acted(), exchange, method, body);
                send(
                        exchange,
                        error.status() == 500
                                ? ApiReply.refused(500, "Internal Server Error: restart")
                                : new ApiReply(error.status(), "<html><body>a proxy's own page</body></html>", 0));
            }
            case Fault.Reset reset -> {
                act(reset.acted(), exchange, method, body);
                IoUtils.safeClose(exchange.getConnection());
            }
            case Fault.Delay delay -> {
                SimulatedTime.real().sleep(delay.time());
                send(exchange, answer(exchange, method, body));
            }
            case Fault.Garbage garbage -> {
                act(true, exchange, method, body);
                send(exchange, new ApiReply(200, garbage.body(), 0));
            }
        }
    }

    private void act(boolean acted, HttpServerExchange exchange, String method, byte[] body) {
        if (acted) {
            answer(exchange, method, body);
        }
    }

    private ApiReply answer(HttpServerExchange exchange, String method, byte[] body) {
        try {
            return methods.call(method, Parameters.of(exchange, body));
        } catch (ApiRefusal refusal) {
            return refusal.reply();
        }
    }

    private void send(HttpServerExchange exchange, ApiReply reply) {
        if (reply.status() >= 400) {
            meter.refused();
        }
        exchange.setStatusCode(reply.status());
        exchange.getResponseHeaders()
                .put(Headers.CONTENT_TYPE, reply.body().startsWith("{") ? "application/json" : "text/html");
        if (reply.retryAfter() > 0) {
            exchange.getResponseHeaders().put(Headers.RETRY_AFTER, reply.retryAfter());
        }
        exchange.getResponseSender().send(reply.body());
    }
}
