package io.erniegateway.connectors.simulated.telegram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.erniegateway.connectors.simulated.SimulatedChats.Change;
import io.erniegateway.connectors.simulated.SimulatedChats.Seen;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All chats, and what the bot may do in them. Thread-safe. */
final class Rooms {
    private static final int GENERAL_TOPIC = 1;

    private final Map<Long, Room> rooms = new HashMap<>();
    private final Watchers watchers;
    private final TypingSigns signs;
    private final ObjectNode bot;

    Rooms(TelegramWorld world, Watchers watchers) {
        this.watchers = watchers;
        this.signs = new TypingSigns(watchers);
        this.bot = ApiReply.MAPPER
                .createObjectNode()
                .put("id", world.botId())
                .put("is_bot", true)
                .put("first_name", "Ernie")
                .put("username", world.username());
    }

    ObjectNode bot() {
        return bot.deepCopy();
    }

    synchronized void add(Room room) {
        rooms.put(room.id, room);
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
        Room.Message message = room.add(topic, bot, text, 0, now());
        signs.messageIn(room.key(), topic == 0 ? "" : Integer.toString(topic));
        watchers.tell(new Change.Shown(room.seen(message)));
        return room.json(message);
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
        Room.Message message = own(room, parameters, "edit");
        if (message.text().equals(text)) {
            throw ApiRefusal.badRequest(
                    "message is not modified: specified new message content and reply markup are exactly"
                            + " the same as a current content and reply markup of the message");
        }
        Room.Message edited = message.edited(text);
        room.replace(edited);
        watchers.tell(new Change.Edited(room.seen(edited)));
        return room.json(edited);
    }

    synchronized void type(Room room, int topic) {
        signs.show(room.key(), topic == 0 ? "" : Integer.toString(topic));
    }

    synchronized boolean delete(Room room, long messageId) {
        boolean there = room.remove(messageId);
        if (there) {
            watchers.tell(new Change.Deleted(room.key(), Long.toString(messageId)));
        }
        return there;
    }

    /** A person's message; returns it as the bot would see it. */
    synchronized ObjectNode written(Room room, int topic, ObjectNode person, FormattedText text, int replyTo) {
        Room.Message message = room.add(topic, person, text, replyTo, now());
        watchers.tell(new Change.Shown(room.seen(message)));
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
        Room moved = new Room(newId, Room.Type.SUPERGROUP, room.title, false);
        rooms.put(newId, moved);
        room.movedTo = newId;
        return moved;
    }

    static long now() {
        return Instant.now().getEpochSecond();
    }
}
