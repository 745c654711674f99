package io.erniegateway.connectors;

import java.time.Instant;

/** What a platform tells the gateway. */
public sealed interface Inbound {

    /**
     * Keys under which the platform may deliver the same thing again; the inbox drops what it knows by either.
     *
     * @param update the platform's delivery id ({@code update_id}, {@code event_id}), unique per bot
     * @param message the id of the message it is about, for platforms that announce one message by several updates
     *     (Slack: {@code channel + ts}); equal to {@code update} where there is no such thing
     */
    record Keys(String update, String message) {
        public static Keys of(String update) {
            return new Keys(update, update);
        }
    }

    Keys keys();

    ChatId chat();

    Person from();

    /**
     * A person wrote a text.
     *
     * @param text what the person typed, as plain text or Markdown, mentions of the bot removed; commands of the
     *     platform in the form {@code /name arguments}
     * @param address whether it is meant for the bot
     * @param at when, by the platform's clock
     */
    record Written(Keys keys, ChatId chat, Person from, String text, Address address, Instant at) implements Inbound {}

    /** A person pressed the platform's own Stop control: the running answer in this chat is to be cut. */
    record Stopped(Keys keys, ChatId chat, Person from) implements Inbound {}

    /** A person sent something the gateway cannot read; it deserves a kind sentence, not silence. */
    record Unreadable(Keys keys, ChatId chat, Person from, Address address, Why why) implements Inbound {
        public enum Why {
            /** A photo, voice, sticker or file without a text. */
            NOT_TEXT,
            /** Longer than {@link Limits#maxInbound()}. */
            TOO_LONG
        }
    }

    /** How the bot is addressed. */
    enum Address {
        /** In a private chat. */
        DIRECT,
        /** Mentioned by name, by a command, or by a reply to one of its messages. */
        CALLED,
        /** In a thread of a group, without a mention: meant for the bot only if it takes part in that thread. */
        THREAD,
        /** Overheard in a group. */
        OVERHEARD
    }
}
