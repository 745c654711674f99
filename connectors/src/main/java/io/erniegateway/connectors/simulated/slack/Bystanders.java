package io.erniegateway.connectors.simulated.slack;

import io.erniegateway.connectors.simulated.SimulatedChats.Change;
import io.erniegateway.connectors.simulated.SimulatedChats.Watch;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who watch, told one thing after the other on a thread of their own. */
final class Bystanders implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Bystanders.class);

    /** A listener that sleeps this long has lost its interest; the newest changes are dropped then. */
    private static final int MAX_WAITING = 100_000;

    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Change> changes = new LinkedBlockingQueue<>(MAX_WAITING);
    private final Thread teller =
            Thread.ofVirtual().name("simulated-slack-watch").start(this::work);

    Watch add(Consumer<Change> listener) {
        // A wrapper of its own, so that one listener may watch twice and stop once.
        Consumer<Change> entry = change -> listener.accept(change);
        listeners.add(entry);
        return () -> listeners.remove(entry);
    }

    void tell(Change change) {
        if (!listeners.isEmpty()) {
            changes.offer(change);
        }
    }

    @Override
    public void close() {
        teller.interrupt();
    }

    private void work() {
        try {
            while (true) {
                Change change = changes.take();
                listeners.forEach(listener -> tell(listener, change));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void tell(Consumer<Change> listener, Change change) {
        try {
            listener.accept(change);
        } catch (RuntimeException e) {
            log.warn("a watcher failed", e);
        }
    }
}
