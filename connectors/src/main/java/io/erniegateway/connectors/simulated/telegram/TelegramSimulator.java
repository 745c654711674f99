package io.erniegateway.connectors.simulated.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.erniegateway.connectors.simulated.SimulatedChats;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import okhttp3.Interceptor;
import org.jspecify.annotations.Nullable;

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
    private final Watchers watchers;
    private final Rooms rooms;
    private final UpdateQueue updates = new UpdateQueue();
    private final WebhookCaller webhook;
    private final UsageMeter meter;
    private final BotMethods methods;
    private final Faults faults = new Faults();
    private final People people = new People();
    private final BotDesk desk;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** Null in process. */
    private @Nullable Undertow server;

    private TelegramSimulator(TelegramWorld world) {
        this.world = world;
        watchers = new Watchers(world.time());
        rooms = new Rooms(world, watchers);
        webhook = new WebhookCaller(updates, world.webhookPause());
        meter = new UsageMeter(world.flood(), world.time(), watchers);
        methods = new BotMethods(world, rooms, updates, webhook, meter);
        desk = new BotDesk(world, methods, faults, meter);
        addPerson(new SimulatedPerson(Long.parseLong(WEI), "李伟", "zh-hans"));
        addPerson(new SimulatedPerson(Long.parseLong(ANNA), "Anna", "en"));
        rooms.add(Long.parseLong(GROUP), Room.Type.SUPERGROUP, "Test group", false);
        Room forum = rooms.add(Long.parseLong(FORUM), Room.Type.SUPERGROUP, "Test forum", true);
        forum.topics.add(Integer.parseInt(TOPIC));
    }

    /** Starts one with the official limits on a free port. */
    public static TelegramSimulator start() {
        return start(TelegramWorld.DEFAULT);
    }

    public static TelegramSimulator start(TelegramWorld world) {
        TelegramSimulator simulator = new TelegramSimulator(world);
        simulator.listen();
        return simulator;
    }

    private void listen() {
        server = Undertow.builder()
                .addHttpListener(world.port(), "127.0.0.1", new BotWire(desk, threads))
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, 2L * BotWire.MAX_BODY)
                .setIoThreads(2)
                .setWorkerThreads(1)
                .build();
        server.start();
        threads.execute(rooms::fade);
    }

    /**
     * One without a network and without threads, which only {@link #wire} reaches: whoever calls carries the call out
     * on its own thread, and all waiting is sleeping in the {@linkplain TelegramWorld#time() world's time}. With a time of
     * the test's own an hour takes no longer than its calls.
     */
    public static TelegramSimulator inProcess(TelegramWorld world) {
        return new TelegramSimulator(world);
    }

    /** As {@link #wire(Supplier, Supplier)}, always as far away. */
    public Interceptor wire(Duration there, Duration back) {
        return wire(() -> there, () -> back);
    }

    /**
     * What answers an OkHttp client's calls in place of the network: the same answers, headers, faults and time-outs as
     * over HTTP.
     *
     * @param there how long the next call takes to arrive, slept in the world's time before anything is done
     * @param back how long its answer takes, slept after
     */
    public Interceptor wire(Supplier<Duration> there, Supplier<Duration> back) {
        return new InProcessWire(desk, world.time(), there, back);
    }

    /** Where a connector points; in process a name that leads nowhere. */
    @Override
    public URI apiBase() {
        if (server == null) {
            return URI.create("http://telegram.invalid");
        }
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

    /** Other limits from now on, without a word to the bot. */
    public void enforce(FloodRules rules) {
        methods.enforce(rules);
    }

    /** What flood control has let through and refused. */
    public FloodTally tally() {
        return methods.tally();
    }

    /** Tells it of everything that becomes visible from now on. */
    public void witness(Witness witness) {
        watchers.add(witness);
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
        people.add(person);
        Room room = rooms.add(person.id(), Room.Type.PRIVATE, person.firstName(), false);
        room.shut = NEVER_STARTED;
    }

    /** A private chat to which the bot may write at once, as if the person had once written; returns the room. */
    public String addStarted(long person) {
        addPerson(new SimulatedPerson(person, "Person " + person, ""));
        Room room = rooms.known(Long.toString(person));
        startedBy(room);
        return room.key();
    }

    /** A group that is not yet a supergroup, in which everybody and the bot are. {@code id} is negative. */
    public void addBasicGroup(long id, String title) {
        rooms.add(id, Room.Type.GROUP, title, false);
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
            ObjectNode message = rooms.written(room, topic, people.json(personId), piece, replyTo);
            if (visible) {
                updates.add("message", room.key(), message);
            }
        }
    }

    /**
     * The person of a private chat presses the Stop button of the draft that is shown there.
     *
     * @param thread the topic, empty for none
     * @throws IllegalStateException if there is no draft with such a button
     */
    public void pressStop(String room, String thread) {
        Room where = rooms.known(room);
        int topic = thread.isEmpty() ? 0 : Integer.parseInt(thread);
        updates.add("stopped_message_generation", room, rooms.stop(where, topic));
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
                rooms.written(to, 0, people.json(person), FormattedText.of("[" + kind + "] " + caption, List.of()), 0);
        ServiceJson.toMedia(message, kind, caption);
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
        updates.add("my_chat_member", person, ServiceJson.member(room, rooms.bot(), "kicked"));
    }

    /** An administrator throws the bot out. */
    public void kick(String group) {
        Room room = rooms.known(group);
        boolean basic = room.type == Room.Type.GROUP;
        rooms.shut(room, "bot was kicked from the " + (basic ? "group" : "supergroup") + " chat");
        updates.add("my_chat_member", group, ServiceJson.member(room, rooms.bot(), "kicked"));
    }

    /** A basic group becomes a supergroup; returns its new room. */
    public String migrate(String group) {
        Room old = rooms.known(group);
        long newId = -1_002_000_000_000L + old.id;
        Room moved = rooms.migrate(old, newId);
        updates.add("message", group, ServiceJson.migrated(old, newId));
        return moved.key();
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
        if (server != null) {
            server.stop();
        }
        threads.shutdownNow();
        watchers.close();
    }
}
