package io.erniegateway.connectors.simulated.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.erniegateway.connectors.simulated.SimulatedChats;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Telegram on this machine: one bot, some people, some groups.
 *
 * <p>A new one knows {@link #WEI} and {@link #ANNA} with their private chats (rooms of the same id), the supergroup {@link
 * #GROUP} and the forum {@link #FORUM} with the topic {@link #TOPIC}; both people are in both. As in the real one a bot
 * cannot write to a person who never wrote to it.
 */
public final class TelegramSimulator implements SimulatedChats {

    /** A person whose app is Chinese, and the room of the private chat. */
    public static final String WEI = "1001";

    /** A person whose app is English, and the room of the private chat. */
    public static final String ANNA = "1002";

    /** A supergroup. */
    public static final String GROUP = "-1001000000001";

    /** A supergroup with topics. */
    public static final String FORUM = "-1001000000002";

    /** A topic of {@link #FORUM}. */
    public static final String TOPIC = "7";

    private static final String NEVER_STARTED = "bot can't initiate conversation with a user";
    private static final String BLOCKED = "bot was blocked by the user";

    private final TelegramWorld world;
    private final Watchers watchers = new Watchers();
    private final Rooms rooms;
    private final UpdateQueue updates = new UpdateQueue();
    private final WebhookCaller webhook;
    private final UsageMeter meter;
    private final BotMethods methods;
    private final Faults faults = new Faults();
    private final Map<String, SimulatedPerson> people = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Undertow server;

    private TelegramSimulator(TelegramWorld world) {
        this.world = world;
        rooms = new Rooms(world, watchers);
        webhook = new WebhookCaller(updates, world.webhookPause());
        meter = new UsageMeter(world.flood(), world.time(), watchers);
        methods = new BotMethods(world, rooms, updates, webhook, meter);
        server = Undertow.builder()
                .addHttpListener(world.port(), "127.0.0.1", new BotWire(world.token(), methods, faults, meter, threads))
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, 2L * BotWire.MAX_BODY)
                .setIoThreads(2)
                .setWorkerThreads(1)
                .build();
    }

    /** Starts one with the official limits on a free port. */
    public static TelegramSimulator start() {
        return start(TelegramWorld.DEFAULT);
    }

    public static TelegramSimulator start(TelegramWorld world) {
        TelegramSimulator simulator = new TelegramSimulator(world);
        simulator.addPerson(new SimulatedPerson(Long.parseLong(WEI), "李伟", "zh-hans"));
        simulator.addPerson(new SimulatedPerson(Long.parseLong(ANNA), "Anna", "en"));
        simulator.rooms.add(new Room(Long.parseLong(GROUP), Room.Type.SUPERGROUP, "Test group", false));
        Room forum = new Room(Long.parseLong(FORUM), Room.Type.SUPERGROUP, "Test forum", true);
        forum.topics.add(Integer.parseInt(TOPIC));
        simulator.rooms.add(forum);
        simulator.server.start();
        return simulator;
    }

    @Override
    public URI apiBase() {
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().getFirst().getAddress();
        return URI.create("http://127.0.0.1:" + address.getPort());
    }

    /** The token the bot has to use. */
    public String token() {
        return world.token();
    }

    /** What goes wrong next. */
    public Faults faults() {
        return faults;
    }

    /** The bot's command menu in a language, empty for the default one. */
    public JsonNode commands(String language) {
        return methods.commands(language);
    }

    /** Ids of the updates that the bot has not confirmed. */
    public List<Long> unconfirmed() {
        return updates.ids();
    }

    /** A person, and the private chat with the bot, in which nothing was said yet. */
    public void addPerson(SimulatedPerson person) {
        people.put(Long.toString(person.id()), person);
        Room room = new Room(person.id(), Room.Type.PRIVATE, person.firstName(), false);
        room.shut = NEVER_STARTED;
        rooms.add(room);
    }

    /** A group that is not yet a supergroup, in which everybody and the bot are. {@code id} is negative. */
    public void addBasicGroup(long id, String title) {
        rooms.add(new Room(id, Room.Type.GROUP, title, false));
    }

    /** A topic of a forum; no longer than it exists can it be written to. */
    public void addTopic(String forum, int topic) {
        rooms.known(forum).topics.add(topic);
    }

    /** Nobody can write to it any more. */
    public void closeTopic(String forum, int topic) {
        rooms.known(forum).closedTopics.add(topic);
    }

    @Override
    public void write(String room, String thread, String person, String text) {
        write(room, thread, person, text, 0);
    }

    /** As {@link #write(String, String, String, String)}, as a reply to a message. */
    public void reply(String room, String thread, String person, String text, String toMessage) {
        write(room, thread, person, text, Integer.parseInt(toMessage));
    }

    private synchronized void write(String roomId, String thread, String personId, String text, int replyTo) {
        Room room = rooms.known(roomId);
        startedBy(room);
        int topic = thread.isEmpty() ? 0 : Integer.parseInt(thread);
        for (FormattedText piece : PersonText.pieces(text)) {
            boolean visible = isVisible(room, piece, replyTo);
            ObjectNode message = rooms.written(room, topic, personJson(personId), piece, replyTo);
            if (visible) {
                updates.add("message", room.key(), message);
            }
        }
    }

    /** Writing to a bot in private starts it, and un-blocks it. */
    private void startedBy(Room room) {
        if (!room.isGroup()) {
            rooms.shut(room, null);
        }
    }

    private boolean isVisible(Room room, FormattedText text, int replyTo) {
        return !room.isGroup()
                || world.readsAll()
                || rooms.isByBot(room, replyTo)
                || PersonText.isCommandFor(text, world.username(), rooms.isLastByBot(room));
    }

    /** A person sends something without text: {@code kind} is the field of the message, such as {@code photo}. */
    public void sendMedia(String room, String person, String kind, String caption) {
        Room to = rooms.known(room);
        startedBy(to);
        ObjectNode message =
                rooms.written(to, 0, personJson(person), FormattedText.of("[" + kind + "] " + caption, List.of()), 0);
        message.remove(List.of("text", "entities"));
        message.putArray(kind)
                .addObject()
                .put("file_id", "AgAC")
                .put("width", 90)
                .put("height", 90);
        if (!caption.isEmpty()) {
            message.put("caption", caption);
        }
        updates.add("message", room, message);
    }

    /** An update of any form at all; {@code %d} in it becomes its update_id. For faults on the wire. */
    public void deliverRaw(String room, String json) {
        updates.addRaw(room, json);
    }

    /** A person or an administrator removes a message. */
    public void delete(String room, String message) {
        rooms.delete(rooms.known(room), Long.parseLong(message));
    }

    /** The person of this private chat blocks the bot, until the next {@link #write}. */
    public void block(String person) {
        Room room = rooms.known(person);
        rooms.shut(room, BLOCKED);
        updates.add("my_chat_member", person, memberJson(room, "kicked"));
    }

    /** An administrator throws the bot out. */
    public void kick(String group) {
        Room room = rooms.known(group);
        boolean basic = room.type == Room.Type.GROUP;
        rooms.shut(room, "bot was kicked from the " + (basic ? "group" : "supergroup") + " chat");
        updates.add("my_chat_member", group, memberJson(room, "kicked"));
    }

    /** A basic group becomes a supergroup; returns its new room. */
    public String migrate(String group) {
        Room old = rooms.known(group);
        long newId = -1_002_000_000_000L + old.id;
        Room moved = rooms.migrate(old, newId);
        ObjectNode notice =
                ApiReply.MAPPER.createObjectNode().put("message_id", 1).put("date", Rooms.now());
        notice.set("chat", old.chatJson());
        notice.put("migrate_to_chat_id", newId);
        updates.add("message", group, notice);
        return moved.key();
    }

    private ObjectNode memberJson(Room room, String status) {
        ObjectNode json = ApiReply.MAPPER.createObjectNode();
        json.set("chat", room.chatJson());
        json.put("date", Rooms.now());
        json.putObject("new_chat_member").put("status", status).set("user", rooms.bot());
        return json;
    }

    private ObjectNode personJson(String id) {
        SimulatedPerson person = people.get(id);
        if (person == null) {
            throw new IllegalArgumentException("the simulated Telegram has no person " + id);
        }
        ObjectNode json = ApiReply.MAPPER
                .createObjectNode()
                .put("id", person.id())
                .put("is_bot", false)
                .put("first_name", person.firstName());
        return person.language().isEmpty() ? json : json.put("language_code", person.language());
    }

    @Override
    public List<Seen> messages(String room) {
        return rooms.seen(room);
    }

    @Override
    public Watch watch(Consumer<Change> listener) {
        return watchers.add(listener);
    }

    @Override
    public Meter meter() {
        return meter.meter();
    }

    @Override
    public void close() {
        updates.close();
        webhook.close();
        server.stop();
        threads.shutdownNow();
        watchers.close();
    }
}
