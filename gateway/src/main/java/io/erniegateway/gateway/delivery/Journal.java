package io.erniegateway.gateway.delivery;

import io.erniegateway.connectors.MessageRef;

/** Where a posted message is written down before anything else is sent, so that a restart finishes it in place. */
@FunctionalInterface
public interface Journal {

    /**
     * A message stands; durable when it returns.
     *
     * @param turn the turn whose answer it is
     * @param part which message of the answer, from 0
     */
    void posted(long turn, int part, MessageRef message);
}
