package io.erniegateway.connectors.simulated.telegram;

import io.erniegateway.connectors.simulated.SimulatedChats.Seen;
import io.erniegateway.connectors.simulated.SimulatedTime;

/**
 * Sees all that becomes visible, at the simulated moment it does. For tests that measure: unlike a {@linkplain
 * TelegramSimulator#watch watcher} it is told on the thread that makes the change and under the simulator's lock, so it
 * must be quick and must not wait for another thread.
 *
 * <p>Ids of previews begin with {@link Seen#DRAFT}. Moments are those of {@link SimulatedTime#nanos()} and never go
 * back; that a preview faded is told when somebody next looks or acts, with the moment it faded.
 */
public interface Witness {

    /** From now on this text stands there, under an id that is new or had another text. */
    void sees(String room, String id, String text, long nanos);

    /** It no longer stands there. */
    void loses(String room, String id, long nanos);
}
