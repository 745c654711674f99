package io.erniegateway.connectors.simulated.slack;

import io.erniegateway.connectors.simulated.SimulatedChats;
import io.erniegateway.connectors.simulated.SimulatedTime;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.BlockingHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A Slack workspace on loopback with one app in it. See the package.
 *
 * <p>There are three people, each with a direct message to the app, a channel with all of them and the app, and a channel
 * without the app.
 */
public final class SlackSimulator implements SimulatedChats {

    public static final String ALICE = "U0ALICE";
    public static final String BOB = "U0BOB";
    public static final String CHEN = "U0CHEN";
    /** The direct message between {@link #ALICE} and the app. */
    public static final String DIRECT = "D0ALICE";
    /** A channel with everybody and the app in it. */
    public static final String CHANNEL = "C0GENERAL";
    /** A channel without the app. */
    public static final String FOREIGN_CHANNEL = "C0RANDOM";
    /** How to call the app in a channel. */
    public static final String MENTION = "@ernie";

    /**
     * What the workspace is to be like.
     *
     * @param port on loopback, 0 for any
     * @param signingSecret for {@link #sendEventsTo}
     */
    public record Setup(
            int port, String botToken, String appToken, String signingSecret, SlackTimes times, Clock clock) {

        /** Any port, made-up secrets, Slack's own times. */
        public static Setup usual() {
            return new Setup(
                    0,
                    "xoxb-simulated-bot-token",
                    "xapp-simulated-app-token",
                    "simulated-signing-secret",
                    SlackTimes.real(),
                    Clock.systemUTC());
        }

        public Setup on(int otherPort) {
            return new Setup(otherPort, botToken, appToken, signingSecret, times, clock);
        }

        public Setup with(SlackTimes otherTimes) {
            return new Setup(port, botToken, appToken, signingSecret, otherTimes, clock);
        }

        public Setup with(Clock otherClock) {
            return new Setup(port, botToken, appToken, signingSecret, times, otherClock);
        }

        @Override
        public String toString() {
            return "Setup[port=" + port + ", secrets=***, times=" + times + "]";
        }
    }

    private final Setup setup;
    private final Alarms alarms = new Alarms();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Bystanders bystanders = new Bystanders();
    private final AtomicLong triggers = new AtomicLong();
    private final SocketCourier sockets;
    private volatile Courier courier;
    private final Workspace workspace;
    private final WebMethods methods;
    private final Undertow server;

    public SlackSimulator() {
        this(Setup.usual());
    }

    public SlackSimulator(Setup setup) {
        this.setup = setup;
        this.sockets = new SocketCourier(setup.times(), alarms);
        this.courier = sockets;
        this.workspace = new Workspace(
                setup.clock(),
                SimulatedTime.real(),
                setup.times(),
                alarms::in,
                payload -> courier.event(payload.get()),
                bystanders::tell);
        people();
        Tiers tiers = new Tiers(setup.clock()::millis, setup.times().minute());
        this.methods = new WebMethods(
                setup.botToken(), setup.appToken(), new ChatMethods(workspace), tiers, this::socketUrl, this::metered);
        this.server = server();
        server.start();
    }

    private void people() {
        Set<String> all = Set.of(ALICE, BOB, CHEN);
        workspace.addPerson(ALICE, "Alice");
        workspace.addPerson(BOB, "Bob");
        workspace.addPerson(CHEN, "陈晨");
        workspace.add(new Room(DIRECT, "alice", Room.Kind.IM, Set.of(ALICE)));
        workspace.add(new Room("D0BOB", "bob", Room.Kind.IM, Set.of(BOB)));
        workspace.add(new Room("D0CHEN", "chen", Room.Kind.IM, Set.of(CHEN)));
        workspace.add(new Room(CHANNEL, "general", Room.Kind.CHANNEL, all));
        Room foreign = new Room(FOREIGN_CHANNEL, "random", Room.Kind.CHANNEL, all);
        foreign.hasBot = false;
        workspace.add(foreign);
    }

    private Undertow server() {
        BlockingHandler blocking = new BlockingHandler(new WebApi(methods));
        HttpHandler onVirtualThread = exchange -> exchange.dispatch(workers, blocking);
        return Undertow.builder()
                .addHttpListener(setup.port(), "127.0.0.1")
                .setIoThreads(2)
                .setWorkerThreads(2)
                .setHandler(Handlers.path()
                        .addPrefixPath("/api", onVirtualThread)
                        .addExactPath("/link", sockets.endpoint()))
                .build();
    }

    /** Where the app's Web API client points. */
    @Override
    public URI apiBase() {
        return URI.create("http://127.0.0.1:" + port() + "/api/");
    }

    /** The secrets, to give to the app. */
    public Setup setup() {
        return setup;
    }

    /**
     * Turns from Socket Mode to signed requests.
     *
     * @param base the gateway's address of the bot, {@code http://127.0.0.1:8080/slack/<bot>}
     * @throws IllegalStateException if the address does not answer the challenge, as the page of the app would say
     */
    public void sendEventsTo(URI base) {
        String prefix = base.toString().replaceFirst("/$", "");
        HttpCourier http = new HttpCourier(
                URI.create(prefix + "/events"),
                URI.create(prefix + "/commands"),
                setup.signingSecret(),
                setup.times(),
                setup.clock(),
                alarms);
        if (!http.isVerified()) {
            http.close();
            throw new IllegalStateException("Your URL didn't respond with the value of the challenge parameter.");
        }
        Courier before = courier;
        courier = http;
        if (before != sockets) {
            before.close();
        }
    }

    @Override
    public void write(String room, String thread, String person, String text) {
        workspace.write(room, thread, person, text, false);
    }

    /** As {@link #write}, and returns the message's id. */
    public String say(String room, String thread, String person, String text) {
        return workspace.write(room, thread, person, text, false).ts();
    }

    /** A person shares a picture, with or without words. */
    public void shareFile(String room, String thread, String person, String text) {
        workspace.write(room, thread, person, text, true);
    }

    /** A person calls the app's slash command, for example {@code /ernie new}; not possible in threads. */
    public void command(String room, String person, String text) {
        String[] words = text.split(" ", 2);
        Map<String, String> form = new LinkedHashMap<>();
        form.put("token", "simulated");
        form.put("team_id", Workspace.TEAM);
        form.put("channel_id", room);
        form.put("user_id", person);
        form.put("user_name", workspace.name(person));
        form.put("command", words[0]);
        form.put("text", words.length > 1 ? workspace.typed(words[1]) : "");
        form.put("api_app_id", Workspace.APP);
        form.put("is_enterprise_install", "false");
        form.put("response_url", apiBase() + "response/" + room);
        form.put("trigger_id", "trigger." + triggers.incrementAndGet());
        courier.command(form);
    }

    /**
     * A person presses the Stop button of an agent session: its streams take no more, and the app hears of it, as it has
     * subscribed to {@code agent_session_stopped}.
     */
    public void stop(String room, String thread, String person) {
        workspace.stop(room, thread, person);
    }

    /** A person edits a message. */
    public void edit(String room, String message, String text) {
        workspace.edit(room, message, workspace.typed(text), null, null);
    }

    /** Somebody deletes a message. */
    public void delete(String room, String message) {
        workspace.delete(room, message);
    }

    /** Somebody takes the app out of a channel. */
    public void removeApp(String room) {
        workspace.locked(() -> workspace.room(room).orElseThrow().hasBot = false);
    }

    /** Somebody archives a channel. */
    public void archive(String room) {
        workspace.locked(() -> workspace.room(room).orElseThrow().archived = true);
    }

    /** The next call of a Web API method meets this fault; several are met one after the other. */
    public void failNext(String method, SlackFault fault) {
        methods.fail(method, fault);
    }

    /** From now on, so many calls of a Web API method in any minute, instead of what is published. */
    public void allow(String method, int perMinute) {
        methods.allow(method, perMinute);
    }

    /** What became of the calls of a Web API method so far. */
    public CallCount calls(String method) {
        return methods.count(method);
    }

    /** Whether the app seems busy in a thread: a status line, or a session that is {@code processing}. */
    public boolean isBusy(String room, String thread) {
        return workspace.sessions().isBusy(room, thread);
    }

    /** How many sockets are open. */
    public int sockets() {
        return sockets.count();
    }

    /** How many sockets were ever opened. */
    public int socketsOpened() {
        return sockets.opened();
    }

    /** Slack announces that it will refresh its sockets, and does so when the warning is over. */
    public void warnSockets() {
        sockets.disconnect("warning", setup.times().warning());
    }

    /** Slack refreshes its sockets at once, for this reason: {@code refresh_requested}, {@code link_disabled}, … */
    public void disconnectSockets(String reason) {
        sockets.disconnect(reason, Duration.ZERO);
    }

    /** The network cuts all sockets. */
    public void cutSockets() {
        sockets.cut();
    }

    /** A frame as it is, to all sockets. */
    public void sendFrame(String frame) {
        sockets.raw(frame);
    }

    @Override
    public List<Seen> messages(String room) {
        return workspace.seen(room);
    }

    @Override
    public Watch watch(Consumer<Change> listener) {
        return bystanders.add(listener);
    }

    @Override
    public Meter meter() {
        return methods.meter();
    }

    @Override
    public void close() {
        courier.close();
        sockets.close();
        server.stop();
        bystanders.close();
        alarms.close();
        workers.shutdownNow();
    }

    private void metered() {
        bystanders.tell(new Change.Metered(methods.meter()));
    }

    private String socketUrl() {
        return "ws://127.0.0.1:" + port() + "/link?ticket=" + sockets.ticket() + "&app_id=" + Workspace.APP;
    }

    private int port() {
        return ((InetSocketAddress) server.getListenerInfo().getFirst().getAddress()).getPort();
    }
}
