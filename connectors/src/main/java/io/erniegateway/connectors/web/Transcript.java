package io.erniegateway.connectors.web;

import java.util.List;
import java.util.Optional;

/**
 * What the readers of each chat see, kept so that a reload shows it again.
 *
 * <p>Thread-safe. Calls about one chat come one at a time and in order. An answer that is being written is updated many
 * times a second; an implementation may write such updates late, as long as {@link #lines} tells the newest.
 */
public interface Transcript {

    /** Adds a line at the end. The oldest lines may be dropped. */
    void put(String chat, Line line);

    /**
     * Replaces the line with the same id.
     *
     * @return false if there is none, then nothing is changed
     */
    boolean update(String chat, Line line);

    /** One line, if it is still kept. Asked before every update. */
    Optional<Line> line(String chat, String id);

    /** The lines, oldest first; empty for a chat that is not known. */
    List<Line> lines(String chat);

    /** Forgets all lines of a chat. */
    void clear(String chat);

    /**
     * One message.
     *
     * @param id unique in its chat
     * @param fromBot whether the bot wrote it
     * @param text the visible characters
     * @param html the formatted form, safe to put into a page; empty for a person's text, which is shown as it is
     * @param at when it was first written, in milliseconds since 1970
     * @param revision 0 when posted, one more for each edit
     */
    record Line(String id, boolean fromBot, String text, String html, long at, int revision) {}
}
