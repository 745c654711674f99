package io.erniegateway.connectors.simulated.telegram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.erniegateway.connectors.simulated.SimulatedChats.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** All chats, and what the bot may do in them. Thread-safe. */
final class Rooms {
    private static final int GENERAL_TOPIC = 1;

    /** How late a sign or a draft may fade where somebody watches. */
    private static final long FADE_TICK = Duration.ofMillis(100).toNanos();

    private final Map<Long, Room> rooms = new HashMap<>();
    private final Room.Ids account = new Room.Ids();
    private final Watchers watchers;
    private final Fading fading;
    private final TypingSigns signs;
    private final ShownDrafts drafts;
    private final ObjectNode bot;

    Rooms(TelegramWorld world, Watchers watchers) {
        this.watchers = watchers;
        this.fading = new Fading(world.time());
        this.signs = new TypingSigns(watchers, fading);
        this.drafts = new ShownDrafts(watchers, fading);
        this.bot = ApiReply.MAPPER
                .createObjectNode()
                .put("id", world.botId())
                .put("is_bot", true)
                .put("first_name", Room.BOT_NAME)
                .put("username", world.username());
    }

    ObjectNode bot() {
        return bot.deepCopy();
    }

    synchronized Room add(long id, Room.Type type, String title, boolean forum) {
        Room room = new Room(id, type, title, forum, account);
        rooms.put(id, room);
        return room;
    }

    /** A room a test or a person names. */
    synchronized Room known(String id) {
        Room room = id.matches("-?[0-9]{1,18}") ? rooms.get(Long.parseLong(id)) : null;
        if (room == null) {
            throw new IllegalArgumentException("the simulated Telegram has no room " + id);
        }
        return room;
    }

    synchronized List<Seen> seen(String room) {
        fading.settle();
        return known(room).seen();
    }

    /** The room a bot names, if the bot may write there. */
    synchronized Room writable(Parameters parameters) {
        if (parameters.text("chat_id").isEmpty()) {
            throw ApiRefusal.badRequest("chat_id is empty");
        }
        Room room = rooms.get(parameters.number("chat_id"));
        if (room == null) {
            throw ApiRefusal.badRequest("chat not found");
        }
        if (room.movedTo != 0) {
            throw new ApiRefusal(ApiReply.migrated(room.movedTo));
        }
        if (room.shut != null) {
            throw ApiRefusal.forbidden(room.shut);
        }
        return room;
    }

    /** The topic a bot names, 0 if it names none. */
    synchronized int topic(Room room, Parameters parameters) {
        if (!parameters.has("message_thread_id")) {
            return 0;
        }
        int topic = (int) parameters.number("message_thread_id");
        if (topic == GENERAL_TOPIC || !room.topics.contains(topic)) {
            throw ApiRefusal.badRequest("message thread not found");
        }
        if (room.closedTopics.contains(topic)) {
            throw ApiRefusal.badRequest("TOPIC_CLOSED");
        }
        return topic;
    }

    synchronized ObjectNode post(Room room, int topic, FormattedText text) {
        fading.settle();
        Room.Message message = room.add(topic, bot, text, 0, now());
        signs.messageIn(room.key(), Room.threadKey(topic));
        drafts.messageIn(room);
        visible(room, message);
        return room.json(message);
    }

    private void visible(Room room, Room.Message message) {
        watchers.visible(
                room,
                Integer.toString(message.id()),
                message.text().text(),
                message.revision() == 0,
                () -> room.seen(message));
    }

    /** sendMessageDraft. */
    synchronized void draft(Room room, int topic, long number, FormattedText text, Parameters parameters) {
        fading.settle();
        drafts.show(room, topic, number, text, parameters.flag("can_stop"), parameters.flag("keep_on_stop"));
    }

    /** A person presses Stop; returns what the bot is told. */
    synchronized ObjectNode stop(Room room, int topic) {
        fading.settle();
        ShownDrafts.Draft stopped = drafts.stop(room, topic);
        if (stopped == null) {
            throw new IllegalStateException("room " + room.key() + " shows no draft with a Stop button");
        }
        ObjectNode json = ApiReply.MAPPER.createObjectNode();
        json.set("chat", room.chatJson());
        if (topic != 0) {
            json.put("message_thread_id", topic);
        }
        // As text: the server writes 64-bit numbers so, whatever the documentation calls them.
        return json.put("draft_id", Long.toString(stopped.number()));
    }

    /** Lets typing signs and drafts fade in real time also while nobody looks or acts, until interrupted. */
    void fade() {
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(Math.min(settle(), FADE_TICK));
        }
    }

    private synchronized long settle() {
        fading.settle();
        return fading.left();
    }

    /** The message a bot wants to edit or delete, if it is its own. */
    synchronized Room.Message own(Room room, Parameters parameters, String what) {
        Room.Message message = room.find(parameters.number("message_id"));
        if (message == null) {
            throw ApiRefusal.badRequest("message to " + what + " not found");
        }
        if (!message.fromBot()) {
            throw ApiRefusal.badRequest("message can't be " + (what.equals("edit") ? "edited" : "deleted"));
        }
        return message;
    }

    synchronized ObjectNode edit(Room room, Parameters parameters, FormattedText text) {
        fading.settle();
        Room.Message message = own(room, parameters, "edit");
        if (message.text().equals(text)) {
            throw ApiRefusal.badRequest(
                    "message is not modified: specified new message content and reply markup are exactly"
                            + " the same as a current content and reply markup of the message");
        }
        Room.Message edited = message.edited(text);
        room.replace(edited);
        visible(room, edited);
        return room.json(edited);
    }

    synchronized void type(Room room, int topic) {
        fading.settle();
        signs.show(room.key(), Room.threadKey(topic));
    }

    synchronized boolean delete(Room room, long messageId) {
        fading.settle();
        boolean there = room.remove(messageId);
        if (there) {
            watchers.gone(room, Long.toString(messageId), fading.now());
        }
        return there;
    }

    /** A person's message; returns it as the bot would see it. */
    synchronized ObjectNode written(Room room, int topic, ObjectNode person, FormattedText text, int replyTo) {
        fading.settle();
        Room.Message message = room.add(topic, person, text, replyTo, now());
        visible(room, message);
        return room.json(message);
    }

    synchronized boolean isByBot(Room room, int messageId) {
        Room.Message message = room.find(messageId);
        return message != null && message.fromBot();
    }

    synchronized boolean isLastByBot(Room room) {
        Room.Message last = room.last();
        return last != null && last.fromBot();
    }

    synchronized void shut(Room room, @Nullable String why) {
        room.shut = why;
    }

    /** The group becomes a supergroup with a new id and an empty history of its own. */
    synchronized Room migrate(Room room, long newId) {
        Room moved = add(newId, Room.Type.SUPERGROUP, room.title, false);
        room.movedTo = newId;
        return moved;
    }

    static long now() {
        return Instant.now().getEpochSecond();
    }
}
