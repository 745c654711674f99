package io.erniegateway.gateway.events;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes events on to listeners, on the thread that tells. A listener must be quick; one that throws harms nobody. */
public final class Events implements Consumer<GatewayEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private final List<Consumer<GatewayEvent>> listeners = new CopyOnWriteArrayList<>();

    public void listen(Consumer<GatewayEvent> listener) {
        listeners.add(listener);
    }

    @Override
    public void accept(GatewayEvent event) {
        for (Consumer<GatewayEvent> listener : listeners) {
            try {
                listener.accept(event);
            } catch (RuntimeException e) {
                LOG.warn("a listener failed on {}", event, e);
            }
        }
    }
}
