package io.erniegateway.gateway.inbox;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.gateway.conversation.Arrival;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One bounded mailbox per conversation; each that holds something is worked on by one virtual thread. */
public final class Mailboxes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Mailboxes.class);

    /** Conversations worked on at once. Beyond it nothing is taken from the platforms, which then deliver again. */
    static final int MOST_AT_WORK = 20_000;

    private static final int PLACES_FOR_CUTTING = 4;

    /** Answers an arrival; blocks for a whole turn. */
    @FunctionalInterface
    public interface Handler {
        void handle(Arrival arrival) throws InterruptedException;
    }

    private final int waitingPerChat;
    private final Handler handler;
    private final InboxStore store;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final Map<ChatId, Queue<Arrival>> boxes = new HashMap<>();
    private final Set<Thread> workers = new HashSet<>();
    private boolean closed;

    /**
     * Empty mailboxes.
     *
     * @param waitingPerChat how many arrivals may wait behind the one that is being answered
     */
    public Mailboxes(int waitingPerChat, Handler handler, InboxStore store) {
        this.waitingPerChat = waitingPerChat;
        this.handler = handler;
        this.store = store;
    }

    /**
     * Whether one more may wait in this chat.
     *
     * @param cuts whether it cuts the running answer: for such there are a few more places, or nobody could stop what
     *     fills the others
     * @throws IllegalStateException if the gateway as a whole has too much to do, or is stopping: nothing may be
     *     acknowledged then
     */
    public boolean hasRoom(ChatId chat, boolean cuts) {
        lock.lock();
        try {
            Queue<Arrival> box = boxes.get(chat);
            if (closed || (box == null && boxes.size() >= MOST_AT_WORK)) {
                throw new IllegalStateException(closed ? "the gateway is stopping" : "too many conversations at once");
            }
            return box == null || box.size() < waitingPerChat + (cuts ? PLACES_FOR_CUTTING : 0);
        } finally {
            lock.unlock();
        }
    }

    /** Whether an arrival of this chat is being answered, or was taken to be. */
    public boolean isAtWork(ChatId chat) {
        lock.lock();
        try {
            return boxes.containsKey(chat);
        } finally {
            lock.unlock();
        }
    }

    /** Puts an arrival behind the others of its chat. After {@link #close} it stays in the store for the next start. */
    public void put(Arrival arrival) {
        ChatId chat = arrival.inbound().chat();
        lock.lock();
        try {
            if (closed) {
                return;
            }
            Queue<Arrival> box = boxes.get(chat);
            if (box != null) {
                box.add(arrival);
                return;
            }
            boxes.put(chat, new ArrayDeque<>());
            Thread worker = Thread.ofVirtual().name("chat-" + chat.key()).unstarted(() -> work(arrival));
            workers.add(worker);
            worker.start();
        } finally {
            lock.unlock();
        }
    }

    private void work(Arrival first) {
        ChatId chat = first.inbound().chat();
        for (Arrival arrival = first; arrival != null; arrival = next(chat)) {
            try {
                handler.handle(arrival);
                store.done(arrival.id());
            } catch (InterruptedException e) {
                LOG.info("stopped while answering in {}; it is finished after the next start", chat.bot());
                Thread.currentThread().interrupt();
            } catch (RuntimeException | StackOverflowError e) {
                if (Thread.currentThread().isInterrupted()) {
                    LOG.info("stopped while answering in {}; it is finished after the next start", chat.bot());
                    continue;
                }
                // Not tried again: what failed by a bug would fail again, and block everything behind it.
                LOG.error("an arrival of {} could not be answered", chat.bot(), e);
                giveUp(arrival);
            }
        }
    }

    private void giveUp(Arrival arrival) {
        try {
            store.done(arrival.id());
        } catch (RuntimeException e) {
            LOG.error("the store does not take that an arrival is done; it will be answered again after a restart", e);
        }
    }

    private @Nullable Arrival next(ChatId chat) {
        lock.lock();
        try {
            Queue<Arrival> box = boxes.get(chat);
            Arrival next = box == null || closed ? null : box.poll();
            if (next == null) {
                boxes.remove(chat);
                workers.remove(Thread.currentThread());
                idle.signalAll();
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more, lets running turns end within {@code grace}, then cuts them. The store keeps the rest. */
    public void close(Duration grace) {
        lock.lock();
        try {
            closed = true;
            long left = grace.toNanos();
            while (!workers.isEmpty() && left > 0) {
                left = idle.awaitNanos(left);
            }
            workers.forEach(Thread::interrupt);
            left = TimeUnit.SECONDS.toNanos(1);
            while (!workers.isEmpty() && left > 0) {
                left = idle.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        close(Duration.ZERO);
    }
}
