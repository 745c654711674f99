package io.erniegateway.connectors;

/**
 * Where one conversation takes place: the place an answer is posted to, and the unit in which order is kept.
 *
 * <p>The gateway may compare and store it, and may group calls by {@link #room()}; it never looks into the parts.
 *
 * @param bot the {@linkplain Connector#bot() bot} that talks here
 * @param room the platform's chat or channel, the scope of its per-chat limits
 * @param thread the thread or topic inside the room, empty if there is none
 * @param group whether more than one person may be listening
 */
public record ChatId(String bot, String room, String thread, boolean group) {

    /** A private chat without threads. */
    public static ChatId direct(String bot, String room) {
        return new ChatId(bot, room, "", false);
    }

    /** A stable text form, usable as a database key. */
    public String key() {
        return bot + "/" + room + (thread.isEmpty() ? "" : "/" + thread);
    }
}
