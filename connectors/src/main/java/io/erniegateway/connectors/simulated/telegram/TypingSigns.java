package io.erniegateway.connectors.simulated.telegram;

import io.erniegateway.connectors.simulated.SimulatedChats.Change;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** "The status is set for 5 seconds or less": a sign goes away after that, or with the bot's next message. */
final class TypingSigns {
    private static final Duration LASTS = Duration.ofSeconds(5);

    private record Place(String room, String thread) {}

    private final Watchers watchers;
    private final Map<Place, Long> shown = new HashMap<>();
    private long number;

    TypingSigns(Watchers watchers) {
        this.watchers = watchers;
    }

    synchronized void show(String room, String thread) {
        Place place = new Place(room, thread);
        long sign = ++number;
        shown.put(place, sign);
        watchers.tell(new Change.Busy(room, thread, LASTS.toMillis()));
        Thread.ofVirtual().name("simulated-telegram-typing").start(() -> {
            SimulatedTime.real().sleep(LASTS);
            expire(place, sign);
        });
    }

    private synchronized void expire(Place place, long sign) {
        if (shown.remove(place, sign)) {
            watchers.tell(new Change.Idle(place.room(), place.thread()));
        }
    }

    synchronized void messageIn(String room, String thread) {
        shown.remove(new Place(room, thread));
    }
}
