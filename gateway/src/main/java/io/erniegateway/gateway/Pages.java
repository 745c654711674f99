package io.erniegateway.gateway;

import io.undertow.Handlers;
import io.undertow.server.RoutingHandler;

/** The web server's own small pages. */
final class Pages {
    /** Where the web chat lives. */
    private static final String CHAT = "/chat";

    private Pages() {}

    /** The bare address leads to the chat. */
    static void redirectToChat(RoutingHandler routes) {
        routes.get("/", Handlers.redirect(CHAT));
    }
}
