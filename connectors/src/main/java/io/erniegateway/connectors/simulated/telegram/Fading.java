package io.erniegateway.connectors.simulated.telegram;

import io.erniegateway.connectors.simulated.SimulatedTime;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * What goes away by itself: typing signs, drafts. Nothing happens between two looks, so whoever looks or acts lets it
 * happen first, in the order of its moments. Guarded by its {@link Rooms}.
 */
final class Fading {

    private record Due(long at, long order, Runnable end) {}

    private final SimulatedTime time;
    private final Queue<Due> dues =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
    private long order;

    Fading(SimulatedTime time) {
        this.time = time;
    }

    long now() {
        return time.nanos();
    }

    /** Runs this at a moment; it may ask for a later one again. */
    void at(long nanos, Runnable end) {
        dues.add(new Due(nanos, order++, end));
    }

    /** Lets everything happen that is due. */
    void settle() {
        while (left() == 0) {
            dues.remove().end().run();
        }
    }

    /** Nanoseconds until the next one, {@link Long#MAX_VALUE} if there is none. */
    long left() {
        Due next = dues.peek();
        return next == null ? Long.MAX_VALUE : Math.max(0, next.at() - time.nanos());
    }
}
