package io.erniegateway.connectors;

import io.undertow.server.RoutingHandler;

/** A connector that receives over the gateway's own web server (webhooks, the web chat). */
public interface ServesHttp {

    /**
     * Adds its routes. Called once, before the server starts. Handlers that block must dispatch to a worker; the
     * gateway's server runs its worker tasks on virtual threads.
     */
    void addRoutes(RoutingHandler routes);
}
