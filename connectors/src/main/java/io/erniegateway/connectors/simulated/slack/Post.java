package io.erniegateway.connectors.simulated.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import org.jspecify.annotations.Nullable;

/**
 * One message.
 *
 * @param ts its id in the room
 * @param thread the {@code ts} of the message it replies to, empty for none
 * @param user the writer's id
 * @param text {@code mrkdwn}, as it is on the wire
 * @param blocks null if there are none
 * @param edited whether "(edited)" stands beside it: an edit without blocks does that
 */
record Post(
        String room,
        String ts,
        String thread,
        String user,
        boolean fromBot,
        String text,
        @Nullable ArrayNode blocks,
        int revision,
        boolean edited) {

    Post edited(String newText, @Nullable ArrayNode newBlocks) {
        boolean same = newText.equals(text) && java.util.Objects.equals(newBlocks, blocks);
        return new Post(
                room,
                ts,
                thread,
                user,
                fromBot,
                newText,
                newBlocks,
                same ? revision : revision + 1,
                edited || (!same && newBlocks == null));
    }
}
