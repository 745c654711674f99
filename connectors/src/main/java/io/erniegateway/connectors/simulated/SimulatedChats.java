package io.erniegateway.connectors.simulated;

import java.net.URI;
import java.util.List;
import java.util.function.Consumer;

/** The person's side of a simulated platform: what somebody with the platform's app can do and see. */
public interface SimulatedChats extends AutoCloseable {

    /** Where a connector points instead of the real service, for example {@code http://127.0.0.1:41234}. */
    URI apiBase();

    /**
     * A person types and sends a text. It reaches the bot as an update over the wire.
     *
     * @param room the platform's chat or channel id, one that the simulator knows
     * @param thread thread to write in, empty for none
     * @param person the writer's id, one that the simulator knows
     */
    void write(String room, String thread, String person, String text);

    /** The messages a person sees in a room, oldest first, those in its threads included. */
    List<Seen> messages(String room);

    /** Told of everything that changes, in order, on one thread at a time. Close the handle to stop. */
    Watch watch(Consumer<Change> listener);

    /** The bot's use of its limits since the start. */
    Meter meter();

    @Override
    void close();

    interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * A message as it is seen now.
     *
     * @param id the platform's message id; {@link #DRAFT} and a number for what the bot shows as a preview only, which
     *     comes, changes and goes like a message until a real one takes its place
     * @param thread the thread it stands in, empty for none
     * @param author who wrote it
     * @param text the visible characters
     * @param html the formatted message as safe HTML, the way the platform's app would show it
     * @param revision 0 when posted, one more for each edit that changed it
     * @param source the characters as the bot sent them, with the marks of Markdown where the platform itself renders it;
     *     else the same as {@code text}
     */
    record Seen(
            String room,
            String thread,
            String id,
            String author,
            boolean fromBot,
            String text,
            String html,
            int revision,
            String source) {

        /** A message of which everything that was sent is visible. */
        public Seen(
                String room,
                String thread,
                String id,
                String author,
                boolean fromBot,
                String text,
                String html,
                int revision) {
            this(room, thread, id, author, fromBot, text, html, revision, text);
        }

        /** How the id of a preview begins. */
        public static final String DRAFT = "draft:";

        /** Whether this is a preview and not a message. */
        public boolean isDraft() {
            return id.startsWith(DRAFT);
        }
    }

    sealed interface Change {
        record Shown(Seen message) implements Change {}

        record Edited(Seen message) implements Change {}

        record Deleted(String room, String id) implements Change {}

        /** The bot shows that it is busy, for about {@code millis} or until its next message. */
        record Busy(String room, String thread, long millis) implements Change {}

        /** The bot's busy sign went away without a message. */
        record Idle(String room, String thread) implements Change {}

        /** The meter moved. */
        record Metered(Meter meter) implements Change {}
    }

    /**
     * How much the bot used of what it may.
     *
     * @param used counted calls in the present window
     * @param allowed calls allowed in that window
     * @param window a short name of the window, for example {@code "per minute"}
     * @param calls all counted calls since the start
     * @param refused calls answered with a refusal since the start, of whatever kind
     */
    record Meter(int used, int allowed, String window, long calls, long refused) {}
}
