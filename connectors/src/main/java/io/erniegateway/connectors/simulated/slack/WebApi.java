package io.erniegateway.connectors.simulated.slack;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import org.xnio.IoUtils;

/** {@code POST /api/METHOD} with a Bearer token, form or JSON. Blocks; wants a worker thread of its own. */
final class WebApi implements HttpHandler {

    private final WebMethods methods;

    WebApi(WebMethods methods) {
        this.methods = methods;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        String method = exchange.getRelativePath().replaceFirst("^/", "");
        byte[] body = exchange.getInputStream().readNBytes(Arguments.MAX_BODY);
        Arguments arguments = Arguments.of(exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE), body);
        switch (methods.call(method, exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION), arguments)) {
            case Reply.Cut ignored -> IoUtils.safeClose(exchange.getConnection());
            case Reply.Told told -> {
                Thread.sleep(told.late());
                send(exchange, told);
            }
        }
    }

    private static void send(HttpServerExchange exchange, Reply.Told told) {
        exchange.setStatusCode(told.status());
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, told.type());
        if (told.retryAfter() > 0) {
            exchange.getResponseHeaders().put(Headers.RETRY_AFTER, String.valueOf(told.retryAfter()));
        }
        exchange.getResponseSender().send(told.body());
    }
}
