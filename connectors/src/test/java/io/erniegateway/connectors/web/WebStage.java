package io.erniegateway.connectors.web;

import io.erniegateway.connectors.Inbox;
import io.undertow.Undertow;
import io.undertow.server.RoutingHandler;
import java.net.InetSocketAddress;
import java.net.URI;

/** A web chat on a loopback port. */
final class WebStage implements AutoCloseable {
    final MemoryTranscript transcript = new MemoryTranscript();
    final WebConnector connector = new WebConnector(new WebChat("web", "小文 & <friends>"), transcript);
    private final Undertow server;

    WebStage() {
        RoutingHandler routes = new RoutingHandler();
        connector.addRoutes(routes);
        server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setIoThreads(1)
                .setWorkerThreads(4)
                .setHandler(routes)
                .build();
        server.start();
    }

    WebStage(Inbox inbox) {
        this();
        connector.start(inbox);
    }

    URI chat() {
        var address = (InetSocketAddress) server.getListenerInfo().getFirst().getAddress();
        return URI.create("http://127.0.0.1:" + address.getPort() + "/chat");
    }

    Visitor visitor() {
        return new Visitor(chat());
    }

    @Override
    public void close() {
        connector.close();
        server.stop();
    }
}
