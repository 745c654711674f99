package io.erniegateway.connectors.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Who reads which chat. Everything that happens in one chat happens under its lock, so that all readers, the transcript
 * and the inbox see one order. Chats share a fixed set of locks; a chat without readers takes no memory.
 */
final class Rooms {

    /** Tabs and devices of one person; the oldest gives way. */
    private static final int MAX_READERS_PER_ROOM = 8;
    /** Far below the file descriptors of a process. */
    private static final int MAX_READERS = 10_000;
    /** Enough that two busy chats seldom share one. */
    private static final int LOCKS = 64;

    private static final class Room {
        final List<EventStream> readers = new ArrayList<>();
        long busyUntil;
    }

    private final Map<String, Room> rooms = new ConcurrentHashMap<>();
    private final List<ReentrantLock> locks = new ArrayList<>();
    private final LongSupplier millis;

    Rooms(LongSupplier millis) {
        this.millis = millis;
        for (int i = 0; i < LOCKS; i++) {
            locks.add(new ReentrantLock());
        }
    }

    /** Does something in the order of this chat. */
    <T> T in(String chat, Supplier<T> work) {
        ReentrantLock lock = locks.get(Math.floorMod(chat.hashCode(), LOCKS));
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    boolean isFull() {
        return rooms.values().stream().mapToInt(room -> room.readers.size()).sum() >= MAX_READERS;
    }

    /** Takes in a reader; {@code welcome} gets how long the bot is still known to be busy, in milliseconds. */
    void enter(String chat, EventStream reader, Consumer<Long> welcome) {
        in(chat, () -> {
            Room room = rooms.computeIfAbsent(chat, c -> new Room());
            if (room.readers.size() >= MAX_READERS_PER_ROOM) {
                room.readers.removeFirst().close();
            }
            welcome.accept(Math.max(0, room.busyUntil - millis.getAsLong()));
            room.readers.add(reader);
            return room;
        });
        // A close task may run inside a call that holds this room's lock, on an I/O thread: it must not wait for it.
        reader.onClose(() -> Thread.startVirtualThread(() -> leave(chat, reader)));
        if (!reader.isOpen()) {
            leave(chat, reader);
        }
    }

    private void leave(String chat, EventStream reader) {
        in(chat, () -> {
            Room room = rooms.get(chat);
            if (room != null) {
                room.readers.remove(reader);
                if (room.readers.isEmpty()) {
                    rooms.remove(chat);
                }
            }
            return true;
        });
    }

    /** Tells every reader of a chat. Call it {@linkplain #in in the order} of the chat. */
    void tell(String chat, Consumer<EventStream> message) {
        Room room = rooms.get(chat);
        if (room != null) {
            List.copyOf(room.readers).forEach(message);
        }
    }

    /** The busy sign, for so long from now; 0 puts it out. Call it in the order of the chat. */
    void busy(String chat, long lastsMillis) {
        Room room = rooms.get(chat);
        if (room == null || (lastsMillis == 0 && room.busyUntil <= millis.getAsLong())) {
            return;
        }
        room.busyUntil = lastsMillis == 0 ? 0 : millis.getAsLong() + lastsMillis;
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        if (lastsMillis > 0) {
            data.put("millis", lastsMillis);
        }
        tell(chat, reader -> reader.state("busy", lastsMillis > 0 ? "busy" : "idle", data));
    }

    void close() {
        for (Room room : rooms.values()) {
            List.copyOf(room.readers).forEach(EventStream::close);
        }
    }
}
