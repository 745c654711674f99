package io.erniegateway.connectors.telegram;

import java.util.LinkedHashMap;
import java.util.Map;

/** Groups that became supergroups, and so have a new id. Thread-safe. */
final class Migrations {

    /** A group migrates once in its life; this many at once are remembered, the oldest are told again by Telegram. */
    private static final int REMEMBERED = 10_000;

    private final Map<String, String> rooms = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    synchronized void remember(String from, String to) {
        rooms.put(from, to);
    }

    /** The id to use for a room today. */
    synchronized String now(String room) {
        return rooms.getOrDefault(room, room);
    }
}
