package io.erniegateway.connectors.simulated.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Brings to the app what happens in the workspace. Never blocks, keeps the order of first deliveries, thread-safe. */
interface Courier extends AutoCloseable {

    /** An Events API payload; brought again if it is not acknowledged. */
    void event(ObjectNode payload);

    /** A slash command; brought once. */
    void command(Map<String, String> form);

    @Override
    void close();
}
