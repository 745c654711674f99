package io.erniegateway.connectors.simulated.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The bot's updates until they are confirmed, and the one long poll that may wait for them. Thread-safe. */
final class UpdateQueue {

    /** The official server's own bound. */
    private static final int CAPACITY = 100_000;

    private static final int MAX_BATCH = 100;
    private static final int MAX_TIMEOUT_SECONDS = 50;

    /** do_get_updates stops before this many bytes; each update costs 50 more than its size. */
    private static final int ANSWER_BYTES = 1 << 22;

    /** An offset this far beyond the queue is taken for one of another queue: everything is given again. */
    private static final int FAR_AHEAD = 10;

    /** A second conflict within this time is answered only after it. */
    private static final Duration CONFLICT_PAUSE = Duration.ofSeconds(3);

    /** How soon it is seen that somebody has hung up. */
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(20);

    private static final Set<String> ON_DEMAND = Set.of("chat_member", "message_reaction", "message_reaction_count");

    record Pending(long id, String chat, String json) {}

    private static final class Waiter {
        private @Nullable String conflict;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TreeMap<Long, Pending> pending = new TreeMap<>();
    private @Nullable Set<String> allowed;
    private @Nullable Waiter waiter;
    private @Nullable Consumer<Pending> webhook;
    private long nextConflict = System.nanoTime();
    private boolean closed;

    /** "A new queue starts at a random id"; a fixed one keeps tests the same. */
    private long nextId = 728_000_001L;

    void add(String type, String chat, JsonNode body) {
        lock.lock();
        try {
            boolean wanted = allowed == null ? !ON_DEMAND.contains(type) : allowed.contains(type);
            if (wanted && pending.size() < CAPACITY) {
                ObjectNode update = ApiReply.MAPPER.createObjectNode().put("update_id", nextId);
                update.set(type, body);
                put(new Pending(nextId++, chat, update.toString()));
            }
        } finally {
            lock.unlock();
        }
    }

    /** An update of any form, in place of {@code %d} its id. */
    void addRaw(String chat, String json) {
        lock.lock();
        try {
            put(new Pending(nextId, chat, json.replace("%d", Long.toString(nextId))));
            nextId++;
        } finally {
            lock.unlock();
        }
    }

    private void put(Pending update) {
        pending.put(update.id(), update);
        changed.signalAll();
        if (webhook != null) {
            webhook.accept(update);
        }
    }

    /** getUpdates. Blocks up to its time-out, or until the one who asks is seen to have hung up. */
    ApiReply poll(Parameters parameters, BooleanSupplier hasHungUp) {
        long timeout = Math.clamp(parameters.number("timeout"), 0, MAX_TIMEOUT_SECONDS);
        int limit = parameters.has("limit") ? Math.clamp(parameters.number("limit"), 1, MAX_BATCH) : MAX_BATCH;
        lock.lock();
        try {
            if (webhook != null) {
                return conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the"
                        + " webhook first");
            }
            allow(parameters);
            confirm(parameters.number("offset"));
            if (timeout == 0 || !pending.isEmpty()) {
                return batch(limit);
            }
            return await(limit, timeout, hasHungUp);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ApiReply.refused(500, "Internal Server Error: restart");
        } finally {
            lock.unlock();
        }
    }

    private ApiReply await(int limit, long timeoutSeconds, BooleanSupplier hasHungUp) throws InterruptedException {
        endPoll("terminated by other getUpdates request; make sure that only one bot instance is running");
        Waiter me = new Waiter();
        waiter = me;
        long left = TimeUnit.SECONDS.toNanos(timeoutSeconds);
        long until = System.nanoTime() + left;
        while (pending.isEmpty() && me.conflict == null && !closed && left > 0 && !hasHungUp.getAsBoolean()) {
            long ignored = changed.awaitNanos(Math.min(left, LOOK));
            left = until - System.nanoTime();
        }
        if (waiter == me) {
            waiter = null;
        }
        if (me.conflict != null) {
            return conflict(me.conflict);
        }
        return closed ? ApiReply.refused(500, "Internal Server Error: restart") : batch(limit);
    }

    private void endPoll(String conflict) {
        if (waiter != null) {
            waiter.conflict = conflict;
            waiter = null;
            changed.signalAll();
        }
    }

    private ApiReply conflict(String text) throws InterruptedException {
        if (System.nanoTime() < nextConflict) {
            long left = CONFLICT_PAUSE.toNanos();
            while (left > 0 && !closed) {
                left = changed.awaitNanos(left);
            }
        } else {
            nextConflict = System.nanoTime() + CONFLICT_PAUSE.toNanos();
        }
        return ApiReply.refused(409, "Conflict: " + text);
    }

    private void confirm(long offset) {
        if (offset < 0) {
            while (pending.size() > -offset) {
                pending.pollFirstEntry();
            }
        } else if (offset <= nextId + FAR_AHEAD) {
            pending.headMap(offset, false).clear();
        }
    }

    private ApiReply batch(int limit) {
        ArrayNode updates = ApiReply.MAPPER.createArrayNode();
        int left = ANSWER_BYTES;
        for (Pending update : pending.values()) {
            left -= 50 + update.json().length();
            if (updates.size() == limit || left <= 0) {
                break;
            }
            updates.addRawValue(new RawValue(update.json()));
        }
        return ApiReply.ok(updates);
    }

    /** Omitted: as before. An empty list: all but those that are only given on demand. */
    void allow(Parameters parameters) {
        JsonNode names = parameters.json("allowed_updates");
        if (!names.isArray()) {
            return;
        }
        lock.lock();
        try {
            allowed = names.isEmpty() ? null : Set.copyOf(texts(names));
        } finally {
            lock.unlock();
        }
    }

    private static Collection<String> texts(JsonNode names) {
        return names.valueStream().map(JsonNode::asText).distinct().toList();
    }

    /** From now on updates go there, those that wait first. A waiting poll ends. */
    void openWebhook(Consumer<Pending> to) {
        lock.lock();
        try {
            endPoll("terminated by setWebhook request");
            webhook = to;
            pending.values().forEach(to);
        } finally {
            lock.unlock();
        }
    }

    void closeWebhook() {
        lock.lock();
        try {
            webhook = null;
        } finally {
            lock.unlock();
        }
    }

    void delivered(long id) {
        lock.lock();
        try {
            pending.remove(id);
        } finally {
            lock.unlock();
        }
    }

    void drop() {
        lock.lock();
        try {
            pending.clear();
        } finally {
            lock.unlock();
        }
    }

    List<Long> ids() {
        lock.lock();
        try {
            return List.copyOf(pending.keySet());
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
