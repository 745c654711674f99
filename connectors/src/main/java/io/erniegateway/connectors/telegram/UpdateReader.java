package io.erniegateway.connectors.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Inbound;
import io.erniegateway.connectors.Inbound.Address;
import io.erniegateway.connectors.Inbound.Keys;
import io.erniegateway.connectors.Inbound.Unreadable.Why;
import io.erniegateway.connectors.Person;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.meta.api.objects.MessageEntity;
import org.telegram.telegrambots.meta.api.objects.User;
import org.telegram.telegrambots.meta.api.objects.chat.Chat;
import org.telegram.telegrambots.meta.api.objects.message.Message;

/** Reads one update. Pure and total: whatever arrives is a {@link Reading}, nothing is thrown. */
final class UpdateReader {

    /** What is asked for in getUpdates and setWebhook; everything else would only be thrown away. */
    static final List<String> ALLOWED_UPDATES = List.of("message", "stopped_message_generation");

    /** "At most one field besides update_id" (Bot API, Update). */
    private static final String UPDATE_ID = "update_id";

    /**
     * The parts of a message that are looked at. Only these reach telegrambots' types: those refuse kinds of attachment,
     * origin or markup that are newer than they are, and a text must not be lost for something beside it.
     */
    private static final Set<String> READ = Set.of(
            "message_id",
            "message_thread_id",
            "is_topic_message",
            "from",
            "sender_chat",
            "chat",
            "date",
            "text",
            "entities",
            "caption",
            "caption_entities",
            "media_group_id");

    /** Contents that a person sends on purpose. What is neither a text nor one of these is a service message. */
    private static final Set<String> MEDIA = Set.of(
            "photo",
            "live_photo",
            "voice",
            "audio",
            "video",
            "video_note",
            "animation",
            "document",
            "sticker",
            "paid_media",
            "story",
            "location",
            "venue",
            "contact",
            "poll",
            "dice",
            "game",
            "checklist",
            "rich_message");

    /** The General topic of a forum; it must be sent to without a thread id, so it is no thread here. */
    private static final int GENERAL_TOPIC = 1;

    private final String bot;
    private final BotIdentity self;
    private final int maxInbound;

    UpdateReader(String bot, BotIdentity self, int maxInbound) {
        this.bot = bot;
        this.self = self;
        this.maxInbound = maxInbound;
    }

    Reading read(JsonNode update) {
        JsonNode id = update.path(UPDATE_ID);
        if (!id.isIntegralNumber() || !id.canConvertToInt() || id.asInt() < 0 || id.asInt() == Integer.MAX_VALUE) {
            // The server keeps them in 32 bits (tdlib, TQueue); an offset beyond could not be asked for.
            return new Reading.Malformed(Reading.NO_ID, "an update without a usable update_id");
        }
        try {
            return read(id.asLong(), update);
        } catch (JsonMappingException e) {
            return new Reading.Malformed(id.asLong(), "a field has the wrong form: " + path(e));
        } catch (JsonProcessingException | RuntimeException e) {
            // Texts of exceptions quote what a person wrote, so only the kind is told.
            return new Reading.Malformed(
                    id.asLong(), "unreadable: " + e.getClass().getSimpleName());
        }
    }

    private Reading read(long update, JsonNode node) throws JsonProcessingException {
        String kind = kind(node);
        return switch (kind) {
            case "message" -> message(update, node.get("message"));
            case "stopped_message_generation" -> stopped(update, node.get(kind));
            default -> new Reading.Ignored(update, kind);
        };
    }

    private static String kind(JsonNode update) {
        for (Iterator<String> names = update.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!name.equals(UPDATE_ID)) {
                return name;
            }
        }
        return "empty update";
    }

    private Reading message(long update, JsonNode node) throws JsonProcessingException {
        if (node.has("migrate_to_chat_id")) {
            return new Reading.Migrated(
                    update,
                    node.path("chat").path("id").asText(),
                    node.path("migrate_to_chat_id").asText());
        }
        if (!node.path("chat").path("id").isIntegralNumber()) {
            return new Reading.Malformed(update, "a message without a chat");
        }
        Message message = typed(node);
        Person from = person(message);
        if (from == null || node.path("is_automatic_forward").asBoolean(false)) {
            return new Reading.Ignored(update, "message of a bot or a channel");
        }
        ChatId chat = chat(message);
        String text = message.getText() != null ? message.getText() : message.getCaption();
        if (text == null || text.isBlank()) {
            return withoutText(update, node, message, chat, from);
        }
        List<MessageEntity> entities = message.getText() != null ? message.getEntities() : message.getCaptionEntities();
        AddressedText addressed = AddressedText.of(text, entities == null ? List.of() : entities, self);
        Address address = address(chat, addressed, repliesToSelf(node));
        Keys keys = Keys.of(Long.toString(update));
        if (addressed.text().length() > maxInbound) {
            return new Reading.Arrived(update, new Inbound.Unreadable(keys, chat, from, address, Why.TOO_LONG));
        }
        Instant at = Instant.ofEpochSecond(message.getDate());
        return new Reading.Arrived(update, new Inbound.Written(keys, chat, from, addressed.text(), address, at));
    }

    /** Of an album, each picture is a message; the group id as message key makes them one for the inbox. */
    private Reading withoutText(long update, JsonNode node, Message message, ChatId chat, Person from) {
        if (MEDIA.stream().noneMatch(node::has)) {
            return new Reading.Ignored(update, "service message");
        }
        String album = message.getMediaGroupId();
        Keys keys = album == null
                ? Keys.of(Long.toString(update))
                : new Keys(Long.toString(update), "album " + chat.room() + " " + album);
        Address address = address(chat, new AddressedText("", false, false), repliesToSelf(node));
        return new Reading.Arrived(update, new Inbound.Unreadable(keys, chat, from, address, Why.NOT_TEXT));
    }

    /** Drafts exist in private chats only, and the update names no person: there the chat is the person. */
    private Reading stopped(long update, JsonNode node) throws JsonProcessingException {
        Chat chat = TelegramJson.MAPPER.treeToValue(node.path("chat"), Chat.class);
        int thread = node.path("message_thread_id").asInt(0);
        String room = Long.toString(chat.getId());
        ChatId where = new ChatId(bot, room, thread > GENERAL_TOPIC ? Integer.toString(thread) : "", isGroup(chat));
        Person person = new Person(room, name(chat.getFirstName(), chat.getLastName()), "");
        return new Reading.Arrived(update, new Inbound.Stopped(Keys.of(Long.toString(update)), where, person));
    }

    private static Message typed(JsonNode node) throws JsonProcessingException {
        ObjectNode read = ((ObjectNode) node).deepCopy();
        read.retain(READ);
        return Objects.requireNonNull(TelegramJson.MAPPER.treeToValue(read, Message.class));
    }

    /**
     * Who wrote, or null for a bot: two bots that answer each other never stop. Who writes in the name of a chat
     * (anonymous administrators, channels) has a stand-in bot as {@code from}, and is a person all the same.
     */
    private static @Nullable Person person(Message message) {
        Chat sender = message.getSenderChat();
        if (sender != null) {
            return new Person(Long.toString(sender.getId()), Objects.requireNonNullElse(sender.getTitle(), ""), "");
        }
        User from = message.getFrom();
        if (from == null || Boolean.TRUE.equals(from.getIsBot())) {
            return null;
        }
        return new Person(
                Long.toString(from.getId()),
                name(from.getFirstName(), from.getLastName()),
                Objects.requireNonNullElse(from.getLanguageCode(), ""));
    }

    private static String name(@Nullable String first, @Nullable String last) {
        return (Objects.requireNonNullElse(first, "") + " " + Objects.requireNonNullElse(last, "")).strip();
    }

    /** Reply threads of ordinary groups carry a thread id too, but cannot be written to by it: only topics count. */
    private ChatId chat(Message message) {
        Chat chat = message.getChat();
        Integer thread = message.getMessageThreadId();
        boolean topic = Boolean.TRUE.equals(message.getIsTopicMessage()) && thread != null && thread > GENERAL_TOPIC;
        return new ChatId(bot, Long.toString(chat.getId()), topic ? Integer.toString(thread) : "", isGroup(chat));
    }

    private static boolean isGroup(Chat chat) {
        return !"private".equals(chat.getType());
    }

    private static Address address(ChatId chat, AddressedText text, boolean reply) {
        if (!chat.group()) {
            return Address.DIRECT;
        }
        if (text.forOther()) {
            return Address.OVERHEARD;
        }
        if (text.called() || reply) {
            return Address.CALLED;
        }
        return chat.thread().isEmpty() ? Address.OVERHEARD : Address.THREAD;
    }

    /** In a topic every message "replies" to the service message that opened it; that is no call. */
    private boolean repliesToSelf(JsonNode message) {
        JsonNode reply = message.path("reply_to_message");
        return reply.path("from").path("id").asLong(0) == self.id() && !reply.has("forum_topic_created");
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
    }
}
