package io.erniegateway.gateway;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.Options;

/** The gateway's web server: what the connectors serve, health and metrics. */
final class WebServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

    /** No request of a platform or page is larger; connectors have smaller limits of their own. */
    private static final long MAX_BODY_BYTES = 8L * 1024 * 1024;

    /** A server restart brings every browser back at once. */
    private static final int BACKLOG = 1024;

    /** Sockets only: everything that blocks runs on a virtual thread. */
    private static final int IO_THREADS = 2;

    private final RoutingHandler routes = Handlers.routing();
    private final ExecutorService workers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("http-", 0).factory());
    private final Undertow server;

    WebServer(String host, int port) {
        this.server = Undertow.builder()
                .addHttpListener(port, host)
                .setIoThreads(IO_THREADS)
                .setWorkerThreads(1)
                .setSocketOption(Options.BACKLOG, BACKLOG)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, MAX_BODY_BYTES)
                .setHandler(this::handle)
                .build();
    }

    /** Where connectors and pages add what they serve, before {@link #start}. */
    RoutingHandler routes() {
        return routes;
    }

    /** A page whose text is made anew for each request; a worker makes it. */
    void page(String path, String contentType, Supplier<Reply> page) {
        HttpHandler handler = exchange -> {
            Reply reply = page.get();
            exchange.setStatusCode(reply.status());
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, contentType);
            exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
            exchange.getResponseSender().send(reply.body());
        };
        routes.get(path, exchange -> exchange.dispatch(handler));
    }

    record Reply(int status, String body) {}

    /**
     * Opens the port.
     *
     * @return the port it listens on, which the system chose if the settings said 0
     * @throws StartException if the address cannot be used
     */
    int start() {
        try {
            server.start();
        } catch (RuntimeException e) {
            throw new StartException(
                    "The web server cannot listen (server.host, server.port): "
                            + rootCause(e).getMessage() + ". Is another gateway running? Choose another port.",
                    e);
        }
        return ((InetSocketAddress) server.getListenerInfo().getFirst().getAddress()).getPort();
    }

    private static Throwable rootCause(Throwable e) {
        Throwable cause = e.getCause();
        return cause == null ? e : rootCause(cause);
    }

    private void handle(HttpServerExchange exchange) throws Exception {
        exchange.setDispatchExecutor(workers);
        exchange.addExchangeCompleteListener((done, next) -> {
            boolean isProbe = done.getRequestPath().startsWith("/health/");
            if (done.getStatusCode() >= StatusCodes.INTERNAL_SERVER_ERROR && !isProbe) {
                // The path only: a query may hold what must not be logged.
                LOG.warn(
                        "{} {} was answered with {}",
                        done.getRequestMethod(),
                        done.getRequestPath(),
                        done.getStatusCode());
            }
            next.proceed();
        });
        routes.handleRequest(exchange);
    }

    @Override
    public void close() {
        server.stop();
        workers.shutdownNow();
    }
}
