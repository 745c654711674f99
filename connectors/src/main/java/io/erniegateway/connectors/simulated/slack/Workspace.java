package io.erniegateway.connectors.simulated.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.erniegateway.connectors.simulated.SimulatedChats.Change;
import io.erniegateway.connectors.simulated.SimulatedChats.Seen;
import io.erniegateway.connectors.simulated.SimulatedTime;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Rooms, people and messages. One lock guards all of it, and everything that follows from a change (the event for the
 * app, the word to the watchers) is queued under it, so nobody sees two changes in the wrong order.
 */
final class Workspace {

    static final String TEAM = "T0SIM";
    static final String APP = "A0SIM";
    static final String BOT_USER = "U0ERNIE";
    static final String BOT_ID = "B0ERNIE";

    private final Clock clock;
    private final Consumer<Supplier<ObjectNode>> app;
    private final Consumer<Change> bystanders;
    private final ReentrantLock lock = new ReentrantLock();
    private final Mrkdwn mrkdwn = new Mrkdwn();
    private final ReaderView view = new ReaderView(mrkdwn);
    private final Events events;
    private final Sessions sessions;
    private final Map<String, Room> rooms = new LinkedHashMap<>();
    private final Map<String, Map<String, Post>> posts = new HashMap<>();
    private long lastMicros;
    private boolean mentionFirst;

    /**
     * @param clock the time that messages and events carry
     * @param time the time that streams and signs are over by; what is over is settled when somebody looks
     * @param alarms looks after that time; may do nothing where somebody looks often enough
     * @param app takes the payload of an event, at once or not at all, without blocking
     * @param bystanders are told under the lock, in order, and do not block
     */
    Workspace(
            Clock clock,
            SimulatedTime time,
            SlackTimes times,
            BiConsumer<Duration, Runnable> alarms,
            Consumer<Supplier<ObjectNode>> app,
            Consumer<Change> bystanders) {
        this.clock = clock;
        this.app = app;
        this.bystanders = bystanders;
        this.events = new Events(clock);
        this.sessions = new Sessions(this, time, times, alarms, bystanders);
        mrkdwn.person(BOT_USER, "ernie");
    }

    Sessions sessions() {
        return sessions;
    }

    Events events() {
        return events;
    }

    void addPerson(String id, String name) {
        mrkdwn.person(id, name);
    }

    void add(Room room) {
        rooms.put(room.id, room);
        posts.put(room.id, new LinkedHashMap<>());
        mrkdwn.channel(room.id, room.name);
    }

    /** Runs alone, on a workspace in which nothing is overdue. */
    <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            if (lock.getHoldCount() == 1) {
                sessions.settle();
            }
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    Optional<Room> room(String id) {
        return locked(() -> Optional.ofNullable(rooms.get(id)));
    }

    /** The direct message between the app and this person. */
    Optional<Room> directMessage(String user) {
        return locked(() -> rooms.values().stream()
                .filter(room -> room.kind == Room.Kind.IM && room.members.contains(user))
                .findFirst());
    }

    Optional<Post> find(String room, String ts) {
        return locked(() -> Optional.ofNullable(postsOf(room).get(ts)));
    }

    List<Post> thread(String room, String root) {
        return locked(() -> postsOf(room).values().stream()
                .filter(post -> post.ts().equals(root) || post.thread().equals(root))
                .toList());
    }

    List<Post> topLevel(String room) {
        return locked(() -> postsOf(room).values().stream()
                .filter(post -> post.thread().isEmpty())
                .toList());
    }

    List<Seen> seen(String room) {
        return locked(() -> postsOf(room).values().stream().map(view::seen).toList());
    }

    /** A person of the room writes; {@code file} for something other than a text. */
    Post write(String roomId, String thread, String person, String typed, boolean file) {
        return locked(() -> {
            Room room = memberRoom(roomId, person);
            requireThread(roomId, thread);
            Post post = Post.whole(roomId, ts(), thread, person, false, mrkdwn.typed(typed), null, null);
            show(post);
            if (room.hasBot) {
                announce(room, post, file);
            }
            return post;
        });
    }

    /** The app writes; what it may is the caller's to check. */
    Post post(String roomId, String thread, String text, @Nullable String markdown, @Nullable ArrayNode blocks) {
        return locked(() -> {
            Room room = roomOf(roomId);
            Post post = Post.whole(roomId, ts(), thread, BOT_USER, true, text, markdown, blocks);
            show(post);
            sessions.posted(roomId, thread);
            app.accept(() -> events.message(room, post));
            return post;
        });
    }

    /** Somebody edits a message of their own. */
    Post edit(String roomId, String ts, String text, @Nullable String markdown, @Nullable ArrayNode blocks) {
        return locked(() -> {
            Post before = existing(roomId, ts);
            return changed(before, before.edited(text, markdown, blocks));
        });
    }

    void delete(String roomId, String ts) {
        locked(() -> {
            Room room = roomOf(roomId);
            Post post = existing(roomId, ts);
            postsOf(roomId).remove(ts);
            sessions.deleted(post);
            bystanders.accept(new Change.Deleted(roomId, ts));
            if (room.hasBot) {
                app.accept(() -> events.deleted(room, post, ts()));
            }
            return post;
        });
    }

    /** The app begins a message that takes more; what it may is the caller's to check. */
    Post stream(String roomId, String thread, Stream stream) {
        return locked(() -> {
            Post post = Post.streamed(roomId, ts(), thread, stream);
            show(post);
            app.accept(() -> events.message(roomOf(roomId), post));
            return post;
        });
    }

    /** Somebody presses the Stop button of an agent session. */
    void stop(String roomId, String thread, String person) {
        locked(() -> {
            Room room = memberRoom(roomId, person);
            requireThread(roomId, thread);
            List<String> running = sessions.stopped(roomId, thread);
            app.accept(() -> events.stopped(room, thread, person, running, ts()));
            return room;
        });
    }

    boolean isPerson(String id) {
        return locked(() -> !id.equals(BOT_USER) && mrkdwn.knows(id));
    }

    /** What a person typed, as Slack's client sends it. */
    String typed(String text) {
        return mrkdwn.typed(text);
    }

    String name(String person) {
        return mrkdwn.name(person);
    }

    /** Everything that follows when a message becomes another. */
    Post changed(Post before, Post after) {
        Room room = roomOf(after.room());
        postsOf(after.room()).put(after.ts(), after);
        sessions.changed(after);
        if (after.revision() != before.revision()) {
            bystanders.accept(new Change.Edited(view.seen(after)));
        }
        if (room.hasBot) {
            app.accept(() -> events.changed(room, before, after, ts()));
        }
        return after;
    }

    private void announce(Room room, Post post, boolean file) {
        Supplier<ObjectNode> message = () -> file ? events.fileShare(room, post) : events.message(room, post);
        boolean mention = room.kind != Room.Kind.IM && post.text().contains("<@" + BOT_USER + ">");
        if (!mention) {
            app.accept(message);
            return;
        }
        // Slack promises no order between the two: every other time the other way round.
        mentionFirst = !mentionFirst;
        Supplier<ObjectNode> called = () -> events.mention(room, post);
        app.accept(mentionFirst ? called : message);
        app.accept(mentionFirst ? message : called);
    }

    private void show(Post post) {
        postsOf(post.room()).put(post.ts(), post);
        bystanders.accept(new Change.Shown(view.seen(post)));
    }

    private Room roomOf(String id) {
        Room room = rooms.get(id);
        if (room == null) {
            throw new IllegalArgumentException("the simulated workspace has no room " + id);
        }
        return room;
    }

    private Room memberRoom(String id, String person) {
        Room room = roomOf(id);
        if (!room.members.contains(person)) {
            throw new IllegalArgumentException(person + " is not in room " + id);
        }
        return room;
    }

    private void requireThread(String roomId, String thread) {
        if (!thread.isEmpty()) {
            existing(roomId, thread);
        }
    }

    private Post existing(String roomId, String ts) {
        Post post = postsOf(roomId).get(ts);
        if (post == null) {
            throw new IllegalArgumentException("room " + roomId + " has no message " + ts);
        }
        return post;
    }

    private Map<String, Post> postsOf(String room) {
        return posts.computeIfAbsent(room, id -> new LinkedHashMap<>());
    }

    /** Unique, growing, and never to be read as a number. */
    private String ts() {
        lastMicros = Math.max(lastMicros + 1, clock.millis() * 1_000);
        return "%d.%06d".formatted(lastMicros / 1_000_000, lastMicros % 1_000_000);
    }
}
