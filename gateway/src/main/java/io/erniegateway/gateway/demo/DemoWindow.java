package io.erniegateway.gateway.demo;

import io.erniegateway.connectors.simulated.SimulatedChats;
import java.util.regex.Pattern;

/**
 * One simulated chat on the demo page.
 *
 * @param id a short word for URLs, unique on the page
 * @param title what stands above it
 * @param look in whose spirit it is drawn
 * @param bot the name of the bot that talks there, as in {@link LagMeter}
 * @param chats the simulated platform; closed by whoever made it
 * @param room the room that is shown
 * @param person who types
 * @param threads whether answers stand in threads and a person may write into one
 */
public record DemoWindow(
        String id,
        String title,
        Look look,
        String bot,
        SimulatedChats chats,
        String room,
        String person,
        boolean threads) {

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]*");

    public DemoWindow {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("id: lower-case letters, digits and hyphens only; was " + id);
        }
    }

    /** How a window is drawn. */
    public enum Look {
        TELEGRAM,
        SLACK
    }
}
