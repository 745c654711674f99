package io.erniegateway.connectors.simulated.telegram;

import io.erniegateway.connectors.simulated.SimulatedChats.Change;
import io.erniegateway.connectors.simulated.SimulatedChats.Seen;
import io.erniegateway.connectors.simulated.SimulatedChats.Watch;
import io.erniegateway.connectors.simulated.SimulatedTime;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells watchers what changes, each on a thread of its own, so that a slow one delays nobody; and witnesses, at once.
 * What a change looks like is worked out only if somebody looks.
 */
final class Watchers {
    private static final Logger log = LoggerFactory.getLogger(Watchers.class);

    /** A watcher that is this far behind does not read any more. */
    private static final int BACKLOG = 100_000;

    private final SimulatedTime time;
    private final CopyOnWriteArrayList<Watcher> all = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<Witness> witnesses = new CopyOnWriteArrayList<>();

    Watchers(SimulatedTime time) {
        this.time = time;
    }

    void add(Witness witness) {
        witnesses.add(witness);
    }

    /** A text that is new or changed. */
    void visible(Room room, String id, String text, boolean isNew, Supplier<Seen> seen) {
        tell(() -> isNew ? new Change.Shown(seen.get()) : new Change.Edited(seen.get()));
        witnesses.forEach(witness -> witness.sees(room.key(), id, text, time.nanos()));
    }

    /** What was visible until this moment. */
    void gone(Room room, String id, long nanos) {
        tell(() -> new Change.Deleted(room.key(), id));
        witnesses.forEach(witness -> witness.loses(room.key(), id, nanos));
    }

    Watch add(Consumer<Change> listener) {
        Watcher watcher = new Watcher(listener);
        all.add(watcher);
        watcher.thread.start();
        return watcher;
    }

    /** Never blocks; called in the order of the changes. */
    void tell(Supplier<Change> told) {
        if (all.isEmpty()) {
            return;
        }
        Change change = told.get();
        for (Watcher watcher : all) {
            if (!watcher.changes.offer(change)) {
                log.warn("a watcher of the simulated Telegram fell {} changes behind and is dropped", BACKLOG);
                watcher.close();
            }
        }
    }

    void close() {
        all.forEach(Watcher::close);
    }

    private final class Watcher implements Watch {
        private final Consumer<Change> listener;
        private final BlockingQueue<Change> changes = new LinkedBlockingQueue<>(BACKLOG);
        private final Thread thread =
                Thread.ofVirtual().name("simulated-telegram-watcher").unstarted(this::run);
        private volatile boolean closed;

        Watcher(Consumer<Change> listener) {
            this.listener = listener;
        }

        private void run() {
            while (!closed) {
                try {
                    Change change = changes.take();
                    if (!closed) {
                        listener.accept(change);
                    }
                } catch (InterruptedException e) {
                    return;
                } catch (RuntimeException e) {
                    log.warn("a watcher of the simulated Telegram failed", e);
                }
            }
        }

        @Override
        public void close() {
            closed = true;
            all.remove(this);
            thread.interrupt();
        }
    }
}
