package io.erniegateway.connectors.simulated.telegram;

import io.erniegateway.connectors.simulated.SimulatedChats.Change;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * "The status is set for 5 seconds or less": a sign goes away after that, or with the bot's next message. Guarded by its
 * {@link Rooms}.
 */
final class TypingSigns {
    private static final Duration LASTS = Duration.ofSeconds(5);

    private record Place(String room, String thread) {}

    private final Watchers watchers;
    private final Fading fading;

    /** Until when each is shown. */
    private final Map<Place, Long> shown = new HashMap<>();

    TypingSigns(Watchers watchers, Fading fading) {
        this.watchers = watchers;
        this.fading = fading;
    }

    void show(String room, String thread) {
        Place place = new Place(room, thread);
        long until = fading.now() + LASTS.toNanos();
        if (shown.put(place, until) == null) {
            fading.at(until, () -> fade(place, until));
        }
        watchers.tell(() -> new Change.Busy(room, thread, LASTS.toMillis()));
    }

    private void fade(Place place, long at) {
        Long until = shown.get(place);
        if (until == null) {
            return;
        }
        if (until > at) {
            fading.at(until, () -> fade(place, until));
            return;
        }
        shown.remove(place);
        watchers.tell(() -> new Change.Idle(place.room(), place.thread()));
    }

    void messageIn(String room, String thread) {
        shown.remove(new Place(room, thread));
    }
}
