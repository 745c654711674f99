package io.erniegateway.connectors.simulated.slack;

import io.erniegateway.connectors.simulated.SimulatedChats.Change;
import io.erniegateway.connectors.simulated.SimulatedChats.Seen;
import io.erniegateway.connectors.simulated.SimulatedTime;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Interceptor;

/**
 * The same Slack as {@link SlackSimulator} without sockets and without threads, in a time that a simulation turns by
 * hand: the real connector's OkHttp client gets {@link #wire()}, and every call is carried out on its own thread.
 *
 * <p>It tells the app no events; what a person would do is a method here, and what it leads to in the gateway is the
 * simulation's own affair. Thread-safe; no lock is held while {@link SimulatedTime#sleep} runs.
 */
public final class SlackInProcess {

    /** The team of everybody, the {@code recipient_team_id} of a stream. */
    public static final String TEAM = Workspace.TEAM;

    /** When the simulated time began, by the clock on the wall; any moment would do. */
    private static final Instant BEGINNING = Instant.parse("2026-01-05T08:00:00Z");

    /** Told of every message of the app that looks different from now on. Called under a lock: does not call back. */
    @FunctionalInterface
    public interface Reader {

        /**
         * A message has another text.
         *
         * @param message its {@code ts}, unique in the room
         * @param text all of it, empty if it was deleted; of Markdown the source, as the app sent it
         * @param nanos when, by {@link SimulatedTime#nanos()}
         */
        void sees(String room, String message, String text, long nanos);
    }

    private final SlackSimulator.Setup setup;
    private final SimulatedTime time;
    private final Workspace workspace;
    private final WebMethods methods;
    private final Interceptor wire;
    private final List<Reader> readers = new CopyOnWriteArrayList<>();
    private final AtomicInteger ids = new AtomicInteger();

    /** @param oneWay how long a request is under way, and an answer again */
    public SlackInProcess(SimulatedTime time, Duration oneWay) {
        this(time, oneWay, SlackTimes.real());
    }

    public SlackInProcess(SimulatedTime time, Duration oneWay, SlackTimes times) {
        this.time = time;
        this.setup = SlackSimulator.Setup.usual().with(times);
        this.workspace = new Workspace(
                new TurnedClock(time, time.nanos()),
                time,
                times,
                (wait, work) -> {}, // every call looks at the time
                event -> {},
                this::changed);
        Tiers tiers = new Tiers(() -> Duration.ofNanos(time.nanos()).toMillis(), times.minute());
        this.methods = new WebMethods(
                setup.botToken(), setup.appToken(), new ChatMethods(workspace), tiers, () -> "", () -> {});
        this.wire = new InProcessWire(methods, time, oneWay);
    }

    /** What stands in for the network; the last interceptor of a client. */
    public Interceptor wire() {
        return wire;
    }

    /** An address that nobody ever connects to. */
    public URI apiBase() {
        return URI.create("http://slack.invalid/api/");
    }

    /** The secrets, to give to the app. */
    public SlackSimulator.Setup setup() {
        return setup;
    }

    /** A person who has never been here; returns the id. */
    public String person() {
        String id = "U0SIM" + ids.incrementAndGet();
        workspace.locked(() -> {
            workspace.addPerson(id, id);
            return id;
        });
        return id;
    }

    /** The direct message between a person and the app; returns its id. */
    public String directMessage(String person) {
        return room(new Room("D0SIM" + ids.incrementAndGet(), person, Room.Kind.IM, Set.of(person)));
    }

    /** A channel of these people and the app; returns its id. */
    public String channel(Set<String> people) {
        String id = "C0SIM" + ids.incrementAndGet();
        return room(new Room(id, id, Room.Kind.CHANNEL, people));
    }

    private String room(Room room) {
        workspace.locked(() -> {
            workspace.add(room);
            return room;
        });
        return room.id;
    }

    /** A person asks something at top level; returns the {@code ts}, which is the thread that an answer belongs to. */
    public String ask(String room, String person, String text) {
        return workspace.write(room, "", person, text, false).ts();
    }

    /** A person presses the Stop button: the streams of the thread take no more. */
    public void stop(String room, String thread, String person) {
        workspace.stop(room, thread, person);
    }

    /** Somebody deletes a message. */
    public void delete(String room, String message) {
        workspace.delete(room, message);
    }

    /** The next call of a Web API method meets this fault; several are met one after the other. */
    public void failNext(String method, SlackFault fault) {
        methods.fail(method, fault);
    }

    /** From now on, so many calls of a method in any minute, instead of what is published. */
    public void allow(String method, int perMinute) {
        methods.allow(method, perMinute);
    }

    /** What became of the calls of a method so far. */
    public CallCount calls(String method) {
        return methods.count(method);
    }

    /** The messages of a room as they are now, oldest first, those in its threads included. */
    public List<Seen> messages(String room) {
        return workspace.seen(room);
    }

    /** Whether the app seems busy in a thread: a status line, or a session that is {@code processing}. */
    public boolean isBusy(String room, String thread) {
        return workspace.sessions().isBusy(room, thread);
    }

    /** Tells this reader, too. */
    public void addReader(Reader reader) {
        readers.add(reader);
    }

    private void changed(Change change) {
        switch (change) {
            case Change.Shown(Seen message) -> seen(message);
            case Change.Edited(Seen message) -> seen(message);
            case Change.Deleted(String room, String id) -> tell(room, id, "");
            case Change.Busy ignored -> {}
            case Change.Idle ignored -> {}
            case Change.Metered ignored -> {}
        }
    }

    private void seen(Seen message) {
        if (message.fromBot()) {
            tell(message.room(), message.id(), message.source());
        }
    }

    private void tell(String room, String message, String text) {
        long now = time.nanos();
        readers.forEach(reader -> reader.sees(room, message, text, now));
    }

    /** The clock on the wall, moved by the simulated time. */
    private static final class TurnedClock extends Clock {
        private final SimulatedTime time;
        private final long start;

        TurnedClock(SimulatedTime time, long start) {
            this.time = time;
            this.start = start;
        }

        @Override
        public Instant instant() {
            return BEGINNING.plusNanos(time.nanos() - start);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
