package io.erniegateway.connectors.simulated.slack;

import io.erniegateway.connectors.simulated.SimulatedChats.Change;
import io.erniegateway.connectors.simulated.SimulatedTime;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What goes on in the threads of the app: messages that take more, and the signs that it is busy. Under the workspace's
 * lock, like all that follows from it.
 */
final class Sessions {

    private final Workspace workspace;
    private final SimulatedTime time;
    private final SlackTimes times;
    private final BiConsumer<Duration, Runnable> alarms;
    private final BusySigns signs;
    /** The streams that are open, by room and {@code ts}. */
    private final Map<String, Post> open = new LinkedHashMap<>();

    /** @param alarms looks after that time; may do nothing where somebody looks often enough */
    Sessions(
            Workspace workspace,
            SimulatedTime time,
            SlackTimes times,
            BiConsumer<Duration, Runnable> alarms,
            Consumer<Change> bystanders) {
        this.workspace = workspace;
        this.time = time;
        this.times = times;
        this.alarms = alarms;
        this.signs = new BusySigns(bystanders);
    }

    /** The app begins a message that takes more; its thread is busy from now on. */
    Post start(String room, String thread, String markdown) {
        return workspace.locked(() -> {
            long now = time.nanos();
            Post post = workspace.stream(room, thread, Stream.begun(markdown, now));
            open.put(key(post), post);
            signs.show(room, thread, true, times.sessionLasts(), now);
            alarms.accept(times.streamLasts(), this::look);
            alarms.accept(times.streamIdles(), this::look);
            return post;
        });
    }

    /** The next piece of a message that {@linkplain Post#isStreaming() takes more}. */
    Post append(Post before, Stream stream, String piece) {
        return workspace.locked(() -> {
            alarms.accept(times.streamIdles(), this::look);
            return grown(before, stream.and(piece, time.nanos()));
        });
    }

    /** The last piece, and the end of the stream; the thread is no longer busy. */
    Post stop(Post before, Stream stream, String piece) {
        return workspace.locked(() -> {
            signs.clear(before.room(), before.thread());
            return grown(before, stream.and(piece, time.nanos()).ended(Stream.State.COMPLETED));
        });
    }

    /**
     * Somebody pressed Stop: the streams of the thread take no more. The app has to say itself that it is no longer busy.
     *
     * @return their {@code ts}
     */
    List<String> stopped(String room, String thread) {
        List<Post> running = open.values().stream()
                .filter(post -> post.room().equals(room) && post.thread().equals(thread))
                .toList();
        running.forEach(post -> end(post, Stream.State.STOPPED));
        return running.stream().map(Post::ts).toList();
    }

    /** Shows or, if empty, takes away the status line of a thread. */
    void status(String room, String thread, String text) {
        workspace.locked(() -> {
            if (text.isEmpty()) {
                signs.clear(room, thread);
            } else {
                signs.show(room, thread, false, times.statusLasts(), time.nanos());
                alarms.accept(times.statusLasts(), this::look);
            }
            return text;
        });
    }

    /** Whether the app seems busy in this thread. */
    boolean isBusy(String room, String thread) {
        return workspace.locked(() -> signs.isShown(room, thread));
    }

    /** The app posted a whole message in this thread. */
    void posted(String room, String thread) {
        signs.posted(room, thread, time.nanos());
    }

    /** A message became this one. */
    void changed(Post after) {
        if (after.isStreaming()) {
            open.put(key(after), after);
        } else {
            open.remove(key(after));
        }
    }

    void deleted(Post post) {
        if (open.remove(key(post)) != null) {
            signs.clear(post.room(), post.thread());
        }
    }

    /** Slack closes a stream by itself, and takes signs away that nobody took away. */
    void settle() {
        long now = time.nanos();
        List<Post> over = open.values().stream()
                .filter(post -> post.stream() != null && post.stream().isOver(now, times))
                .toList();
        for (Post post : over) {
            end(post, Stream.State.EXPIRED);
            signs.clear(post.room(), post.thread());
        }
        signs.settle(now);
    }

    private void look() {
        workspace.locked(open::size);
    }

    private void end(Post post, Stream.State how) {
        if (post.stream() != null) {
            workspace.changed(post, post.with(post.stream().ended(how)));
        }
    }

    private Post grown(Post before, Stream stream) {
        return workspace.changed(before, before.with(stream));
    }

    private static String key(Post post) {
        return post.room() + "/" + post.ts();
    }
}
