package io.erniegateway.connectors.simulated.telegram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.erniegateway.connectors.simulated.SimulatedChats.Seen;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One chat as Telegram keeps it. Guarded by its {@link Rooms}. */
final class Room {

    /** Old messages are forgotten, so that a demo may run for weeks. */
    private static final int KEPT_MESSAGES = 5_000;

    /** The bot's own first name. */
    static final String BOT_NAME = "Ernie";

    enum Type {
        PRIVATE,
        GROUP,
        SUPERGROUP
    }

    /** A sequence of message ids. Guarded by the {@link Rooms}. */
    static final class Ids {
        private int last;

        int next() {
            return ++last;
        }
    }

    /** A message as it is now. {@code thread} 0 is none, {@code replyTo} 0 nothing. */
    record Message(int id, int thread, ObjectNode from, FormattedText text, int replyTo, long date, int revision) {

        boolean fromBot() {
            return from.path("is_bot").asBoolean();
        }

        Message edited(FormattedText other) {
            return new Message(id, thread, from, other, replyTo, date, revision + 1);
        }
    }

    final long id;
    final Type type;
    final String title;
    final boolean forum;
    final Set<Integer> topics = new HashSet<>();
    final Set<Integer> closedTopics = new HashSet<>();

    /** Why the bot may not write here; null if it may. The text of a 403. */
    @Nullable
    String shut;

    /** The supergroup this group has become, 0 if it has not. */
    long movedTo;

    /** What the bot shows as being written, by topic. */
    final TreeMap<Integer, ShownDrafts.Draft> drafts = new TreeMap<>();

    private final String key;
    private final TreeMap<Integer, Message> messages = new TreeMap<>();
    private final Ids ids;

    /** @param account the ids of all private chats and basic groups; a supergroup has its own */
    Room(long id, Type type, String title, boolean forum, Ids account) {
        this.ids = type == Type.SUPERGROUP ? new Ids() : account;
        this.id = id;
        this.key = Long.toString(id);
        this.type = type;
        this.title = title;
        this.forum = forum;
    }

    String key() {
        return key;
    }

    boolean isGroup() {
        return type != Type.PRIVATE;
    }

    /** A new message, of a person or of the bot. */
    Message add(int thread, ObjectNode from, FormattedText text, int replyTo, long date) {
        Message message = new Message(ids.next(), thread, from, text, replyTo, date, 0);
        messages.put(message.id(), message);
        if (messages.size() > KEPT_MESSAGES) {
            messages.pollFirstEntry();
        }
        return message;
    }

    void replace(Message message) {
        messages.put(message.id(), message);
    }

    @Nullable
    Message find(long messageId) {
        return messages.get((int) messageId);
    }

    boolean remove(long messageId) {
        return messages.remove((int) messageId) != null;
    }

    @Nullable
    Message last() {
        Map.Entry<Integer, Message> last = messages.lastEntry();
        return last == null ? null : last.getValue();
    }

    List<Seen> seen() {
        return Stream.concat(
                        messages.values().stream().map(this::seen),
                        drafts.values().stream().map(this::seen))
                .toList();
    }

    Seen seen(ShownDrafts.Draft draft) {
        return new Seen(
                key,
                threadKey(draft.thread()),
                draft.id(),
                BOT_NAME,
                true,
                draft.text().text(),
                EntityHtml.of(draft.text()),
                draft.revision());
    }

    Seen seen(Message message) {
        return new Seen(
                key,
                threadKey(message.thread()),
                Integer.toString(message.id()),
                message.from().path("first_name").asText(),
                message.fromBot(),
                message.text().text(),
                EntityHtml.of(message.text()),
                message.revision());
    }

    static String threadKey(int topic) {
        return topic == 0 ? "" : Integer.toString(topic);
    }

    ObjectNode chatJson() {
        ObjectNode chat = ApiReply.MAPPER.createObjectNode().put("id", id);
        chat.put(type == Type.PRIVATE ? "first_name" : "title", title);
        chat.put("type", type.name().toLowerCase(Locale.ROOT));
        if (forum) {
            chat.put("is_forum", true);
        }
        return chat;
    }

    /** The message as the Bot API shows it. */
    ObjectNode json(Message message) {
        ObjectNode json = bareJson(message);
        Message replied = message.replyTo() == 0 ? null : find(message.replyTo());
        if (replied != null) {
            json.set("reply_to_message", bareJson(replied));
        } else if (message.thread() != 0) {
            // In a topic every message is a reply to the service message that opened it.
            ObjectNode opening = ApiReply.MAPPER.createObjectNode().put("message_id", message.thread());
            opening.set("from", message.from());
            opening.set("chat", chatJson());
            opening.put("date", message.date())
                    .put("message_thread_id", message.thread())
                    .put("is_topic_message", true);
            opening.putObject("forum_topic_created").put("name", "Topic").put("icon_color", 7322096);
            json.set("reply_to_message", opening);
        }
        return json;
    }

    private ObjectNode bareJson(Message message) {
        ObjectNode json = ApiReply.MAPPER.createObjectNode().put("message_id", message.id());
        json.set("from", message.from());
        json.set("chat", chatJson());
        json.put("date", message.date());
        if (message.thread() != 0) {
            json.put("message_thread_id", message.thread()).put("is_topic_message", true);
        }
        json.put("text", message.text().text());
        if (!message.text().entities().isEmpty()) {
            json.set("entities", message.text().entitiesJson());
        }
        if (message.revision() > 0) {
            json.put("edit_date", message.date());
        }
        return json;
    }
}
