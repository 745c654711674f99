package io.erniegateway.connectors.simulated.slack;

import io.erniegateway.connectors.simulated.SimulatedChats.Change;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What stands under a thread while the app works: the status line of {@code assistant.threads.setStatus}, which the next
 * message takes away, or the {@code processing} of an agent session, which no message does. Guarded by the workspace's
 * lock.
 */
final class BusySigns {

    private record Sign(String room, String thread, boolean session, long until) {}

    private final Consumer<Change> bystanders;
    private final Map<String, Sign> signs = new LinkedHashMap<>();

    BusySigns(Consumer<Change> bystanders) {
        this.bystanders = bystanders;
    }

    /** A status line over a session's sign changes its words alone. */
    void show(String room, String thread, boolean session, Duration lasts, long now) {
        Sign before = signs.get(key(room, thread));
        Sign sign = before != null && before.session() && !session
                ? before
                : new Sign(room, thread, session, now + lasts.toNanos());
        signs.put(key(room, thread), sign);
        tell(sign, now);
    }

    void clear(String room, String thread) {
        if (signs.remove(key(room, thread)) != null) {
            bystanders.accept(new Change.Idle(room, thread));
        }
    }

    boolean isShown(String room, String thread) {
        return signs.containsKey(key(room, thread));
    }

    /** A message was shown in the thread. Whoever watches takes a sign away then, so a session's is told again. */
    void posted(String room, String thread, long now) {
        Sign sign = signs.get(key(room, thread));
        if (sign != null && sign.session()) {
            tell(sign, now);
        } else {
            signs.remove(key(room, thread));
        }
    }

    /** Takes away what nobody took away in time. */
    void settle(long now) {
        List<Sign> over =
                signs.values().stream().filter(sign -> now >= sign.until()).toList();
        over.forEach(sign -> clear(sign.room(), sign.thread()));
    }

    private void tell(Sign sign, long now) {
        long millis = Duration.ofNanos(sign.until() - now).toMillis();
        bystanders.accept(new Change.Busy(sign.room(), sign.thread(), millis));
    }

    private static String key(String room, String thread) {
        return room + "/" + thread;
    }
}
