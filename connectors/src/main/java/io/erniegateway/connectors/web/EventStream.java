package io.erniegateway.connectors.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertow.server.handlers.sse.ServerSentEventConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One reader's connection: server-sent events, written one at a time.
 *
 * <p>What waits for the connection stands in slots; a newer event of the same slot replaces the waiting one, so a slow
 * reader sees fewer steps of an answer and never an old one. Of a text that grows only the changed end is sent: {@code
 * keep} is the number of UTF-16 units of the last {@code html} of the same slot that stay, {@code html} is what follows.
 *
 * <p>A reader that takes nothing for {@link #PATIENCE}, or for whom {@link #MAX_WAITING} different things wait, is
 * dropped; a browser then connects again by itself and is told everything afresh.
 */
public final class EventStream implements AutoCloseable {

    /** A connection that took not one event in this time is dead or useless; a heartbeat is due in between. */
    static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Different lines and signals, not versions of one: nobody is behind by so many and still reading. */
    static final int MAX_WAITING = 256;
    /** Proxies cut connections that are silent for a minute, some after half of one. */
    static final Duration HEARTBEAT = Duration.ofSeconds(20);
    /** Texts of which the reader's copy is remembered: an answer grows in one or two messages at a time. */
    private static final int REMEMBERED_TEXTS = 4;
    /** How long the browser waits before it connects again, in milliseconds. */
    private static final long RETRY_MILLIS = 1_500;

    private record Event(
            String slot,
            String name,
            ObjectNode data,
            @Nullable String html) {}

    private final ServerSentEventConnection connection;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Event> waiting = new LinkedHashMap<>();
    private final Map<String, String> told = new LinkedHashMap<>();
    private boolean writing;
    private long writingSince;
    private long unnamed;
    private long sent;

    public EventStream(ServerSentEventConnection connection) {
        this(connection, System::nanoTime);
    }

    EventStream(ServerSentEventConnection connection, LongSupplier nanos) {
        this.connection = connection;
        this.nanos = nanos;
        connection.setKeepAliveTime(HEARTBEAT.toMillis());
        connection.sendRetry(RETRY_MILLIS);
    }

    /** An event that must not be skipped. */
    public void event(String name, ObjectNode data) {
        offer(() -> waiting.put("\u0000" + unnamed++, new Event("", name, data, null)));
    }

    /** An event that makes a waiting one of the same slot superfluous, and takes its place at the end. */
    public void state(String slot, String name, ObjectNode data) {
        offer(() -> {
            waiting.remove(slot);
            waiting.put(slot, new Event(slot, name, data, null));
        });
    }

    /** A text that may grow: {@code data} with the fields {@code keep} and {@code html} added. */
    public void text(String slot, String name, ObjectNode data, String html) {
        offer(() -> {
            Event old = waiting.get(slot);
            // The first announcement keeps its name: an edit of a message that was never told of is a message.
            waiting.put(slot, new Event(slot, old == null ? name : old.name(), data, html));
        });
    }

    /** Forgets everything that waits and everything told, because the reader is about to begin with an empty page. */
    public void forget() {
        lock.lock();
        try {
            waiting.clear();
            told.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Called when the connection goes; not called if it has gone already. */
    public void onClose(Runnable task) {
        connection.addCloseTask(closed -> task.run());
    }

    public boolean isOpen() {
        return connection.isOpen();
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException e) {
            // The other side was faster.
        }
    }

    private void offer(Runnable put) {
        boolean useless;
        Optional<Event> next = Optional.empty();
        lock.lock();
        try {
            put.run();
            useless =
                    waiting.size() > MAX_WAITING || (writing && nanos.getAsLong() - writingSince > PATIENCE.toNanos());
            if (!useless && !writing) {
                next = next();
            }
        } finally {
            lock.unlock();
        }
        if (useless) {
            close();
        }
        next.ifPresent(this::write);
    }

    /** Takes the event whose turn it is; whoever gets one has to write it. */
    private Optional<Event> next() {
        var first = waiting.values().iterator();
        writing = first.hasNext();
        if (!writing) {
            return Optional.empty();
        }
        writingSince = nanos.getAsLong();
        Event event = first.next();
        first.remove();
        return Optional.of(event);
    }

    /** Never under our lock: the connection calls back under its own. */
    private void write(Event event) {
        try {
            connection.send(json(event), event.name(), Long.toString(++sent), new Written());
        } catch (RejectedExecutionException e) {
            // The server is stopping.
            close();
        }
    }

    private String json(Event event) {
        String html = event.html();
        if (html == null) {
            return event.data().toString();
        }
        int keep = commonStart(told(event.slot(), html), html);
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.setAll(event.data());
        return data.put("keep", keep).put("html", html.substring(keep)).toString();
    }

    /** What the reader has of this text; from now on the new one. */
    private String told(String slot, String html) {
        lock.lock();
        try {
            String old = told.remove(slot);
            told.put(slot, html);
            if (told.size() > REMEMBERED_TEXTS) {
                told.remove(told.keySet().iterator().next());
            }
            return old == null ? "" : old;
        } finally {
            lock.unlock();
        }
    }

    /** In UTF-16 units, and never in the middle of a character. */
    static int commonStart(String a, String b) {
        int end = Math.min(a.length(), b.length());
        int i = 0;
        while (i < end && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        return i > 0 && Character.isHighSurrogate(b.charAt(i - 1)) ? i - 1 : i;
    }

    private final class Written implements ServerSentEventConnection.EventCallback {
        @Override
        public void done(ServerSentEventConnection c, String data, String event, String id) {
            Optional<Event> next;
            lock.lock();
            try {
                next = next();
            } finally {
                lock.unlock();
            }
            next.ifPresent(EventStream.this::write);
        }

        @Override
        public void failed(ServerSentEventConnection c, String data, String event, String id, IOException e) {
            close();
        }
    }
}
