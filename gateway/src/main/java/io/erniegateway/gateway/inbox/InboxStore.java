package io.erniegateway.gateway.inbox;

import io.erniegateway.connectors.Inbound;
import java.util.List;
import java.util.OptionalLong;

/** Where arrivals are kept. Implemented by the store; every call is durable when it returns. */
public interface InboxStore {

    /** Keeps an update, unless one of its keys is known; then the result is empty. Numbers grow with time. */
    OptionalLong put(Inbound inbound);

    /** Whether an update with either of these keys was put before. */
    boolean knows(String bot, Inbound.Keys keys);

    /** The update needs no more work. Its keys stay known, its text is forgotten. */
    void done(long id);

    /** What was put and not done, oldest first. */
    List<Waiting> waiting();

    /** An update that waits for its turn. */
    record Waiting(long id, Inbound inbound) {}
}
