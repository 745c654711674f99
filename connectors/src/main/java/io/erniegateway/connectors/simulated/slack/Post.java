package io.erniegateway.connectors.simulated.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One message.
 *
 * @param ts its id in the room
 * @param thread the {@code ts} of the message it replies to, empty for none
 * @param user the writer's id
 * @param text {@code mrkdwn}, as it is on the wire
 * @param markdown what was sent as {@code markdown_text}, null if something else was; then {@code text} is the same,
 *     sign for sign
 * @param blocks null if there are none
 * @param edited whether "(edited)" stands beside it: an edit without blocks does that
 * @param stream null if it was posted whole
 */
record Post(
        String room,
        String ts,
        String thread,
        String user,
        boolean fromBot,
        String text,
        @Nullable String markdown,
        @Nullable ArrayNode blocks,
        int revision,
        boolean edited,
        @Nullable Stream stream) {

    /** A message as it is posted. */
    static Post whole(
            String room,
            String ts,
            String thread,
            String user,
            boolean fromBot,
            String text,
            @Nullable String markdown,
            @Nullable ArrayNode blocks) {
        return new Post(room, ts, thread, user, fromBot, text, markdown, blocks, 0, false, null);
    }

    /** A message of the app that is only begun. */
    static Post streamed(String room, String ts, String thread, Stream stream) {
        String text = Mrkdwn.ofMarkdown(stream.markdown());
        return new Post(room, ts, thread, Workspace.BOT_USER, true, text, stream.markdown(), null, 0, false, stream);
    }

    boolean isStreaming() {
        return stream != null && stream.isOpen();
    }

    /** The same message after a piece of its stream, or its end; that is no edit. */
    Post with(Stream next) {
        boolean same = next.markdown().equals(markdown);
        return new Post(
                room,
                ts,
                thread,
                user,
                fromBot,
                same ? text : Mrkdwn.ofMarkdown(next.markdown()),
                next.markdown(),
                blocks,
                same ? revision : revision + 1,
                edited,
                next);
    }

    Post edited(String newText, @Nullable String newMarkdown, @Nullable ArrayNode newBlocks) {
        boolean same =
                newText.equals(text) && Objects.equals(newMarkdown, markdown) && Objects.equals(newBlocks, blocks);
        return new Post(
                room,
                ts,
                thread,
                user,
                fromBot,
                newText,
                newMarkdown,
                newBlocks,
                same ? revision : revision + 1,
                edited || (!same && newBlocks == null),
                stream);
    }
}
