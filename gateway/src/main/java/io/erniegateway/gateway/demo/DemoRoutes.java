package io.erniegateway.gateway.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.erniegateway.connectors.simulated.SimulatedChats.Change;
import io.erniegateway.connectors.simulated.SimulatedChats.Seen;
import io.erniegateway.connectors.simulated.SimulatedChats.Watch;
import io.erniegateway.connectors.web.EventStream;
import io.erniegateway.connectors.web.JsonCalls;
import io.erniegateway.connectors.web.JsonCalls.Refused;
import io.erniegateway.connectors.web.PageFiles;
import io.erniegateway.connectors.web.WebChat;
import io.undertow.Handlers;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The demo page at {@code /}, one stream of events for all its simulated windows, and the posts of those who type in
 * them. The web chat on the page speaks to its own routes, like anywhere else.
 */
public final class DemoRoutes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DemoRoutes.class);

    private static final List<String> FILES =
            List.of("index.html", "demo.css", "demo.js", "window.js", "demo-words.js");
    /** As much as Telegram lets a person write at once. UTF-16 units. */
    private static final int MAX_TEXT = 4_096;
    /** One UTF-16 unit takes at most six bytes in JSON. */
    private static final int MAX_BODY_BYTES = MAX_TEXT * 6 + 512;
    /** A demo for one person and a few who look over the shoulder. */
    private static final int MAX_READERS = 50;
    /** Numbers that change faster cannot be read. */
    private static final Duration METER_TICK = Duration.ofMillis(300);

    /**
     * A small link at the foot of the page.
     *
     * @param path a path of this server
     */
    public record Link(String label, String path) {}

    private final List<DemoWindow> windows;
    private final WebChat chat;
    private final List<Link> links;
    private final PageFiles files;
    private final MeterBoard board;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<EventStream> readers = new ArrayList<>();
    private final List<Watch> watches = new ArrayList<>();
    private final Thread ticker;

    /**
     * Begins to watch the windows at once.
     *
     * @param windows the simulated chats, from left to right
     * @param chat the web chat that stands before them; its routes are added by its connector
     * @param links what the foot of the page points to
     */
    public DemoRoutes(List<DemoWindow> windows, WebChat chat, List<Link> links) {
        this.windows = List.copyOf(windows);
        this.chat = chat;
        this.links = List.copyOf(links);
        this.files =
                new PageFiles(DemoRoutes.class, "/demo", FILES, Map.of("chat", chat.path(), "title", chat.title()));
        List<String> bots = Stream.concat(
                        Stream.of(chat.name()), windows.stream().map(DemoWindow::bot))
                .toList();
        this.board = new MeterBoard(bots, System::currentTimeMillis);
        for (DemoWindow window : windows) {
            board.metered(window.bot(), window.chats().meter());
            watches.add(window.chats().watch(change -> changed(window, change)));
        }
        this.ticker = Thread.ofVirtual().name("demo-meters").start(this::tick);
    }

    /** Where the gateway reports what its bots do. */
    public LagMeter meter() {
        return board;
    }

    /** Adds {@code /} and everything below {@code /demo}. */
    public void addTo(RoutingHandler routes) {
        routes.get("/", files.file("index.html"));
        routes.get("/demo/page/{file}", files.byName());
        routes.get("/demo/events", this::events);
        routes.post("/demo/{window}/messages", JsonCalls.handler(MAX_BODY_BYTES, this::message));
    }

    @Override
    public void close() {
        ticker.interrupt();
        watches.forEach(Watch::close);
        tell(EventStream::close);
    }

    private void events(HttpServerExchange exchange) throws Exception {
        if (readerCount() >= MAX_READERS) {
            exchange.setStatusCode(StatusCodes.SERVICE_UNAVAILABLE).endExchange();
            return;
        }
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
        Handlers.serverSentEvents((connection, lastEventId) -> {
                    EventStream reader = new EventStream(connection);
                    Thread.startVirtualThread(() -> enter(reader));
                })
                .handleRequest(exchange);
    }

    private int readerCount() {
        lock.lock();
        try {
            return readers.size();
        } finally {
            lock.unlock();
        }
    }

    /** A change between the picture and the first event is told twice, never missed; the page knows revisions. */
    private void enter(EventStream reader) {
        lock.lock();
        try {
            reader.event("history", history());
            readers.add(reader);
        } finally {
            lock.unlock();
        }
        // It may be called inside a call that holds the lock.
        reader.onClose(() -> Thread.startVirtualThread(() -> leave(reader)));
        if (!reader.isOpen()) {
            leave(reader);
        }
    }

    private void leave(EventStream reader) {
        lock.lock();
        try {
            readers.remove(reader);
        } finally {
            lock.unlock();
        }
    }

    private ObjectNode history() {
        ObjectNode data = JsonCalls.object();
        data.set("web", JsonCalls.object().put("bot", chat.name()));
        ArrayNode all = data.putArray("windows");
        for (DemoWindow window : windows) {
            ObjectNode one = all.addObject()
                    .put("id", window.id())
                    .put("title", window.title())
                    .put("look", window.look().name().toLowerCase(Locale.ROOT))
                    .put("bot", window.bot())
                    .put("threads", window.threads());
            ArrayNode messages = one.putArray("messages");
            for (Seen seen : window.chats().messages(window.room())) {
                messages.add(fields(window, seen).put("html", seen.html()));
            }
        }
        ArrayNode foot = data.putArray("links");
        links.forEach(link -> foot.addObject().put("label", link.label()).put("path", link.path()));
        ArrayNode meters = data.putArray("meters");
        meters.add(board.json(chat.name()));
        windows.forEach(window -> meters.add(board.json(window.bot())));
        return data;
    }

    private static ObjectNode fields(DemoWindow window, Seen seen) {
        return JsonCalls.object()
                .put("window", window.id())
                .put("id", seen.id())
                .put("thread", seen.thread())
                .put("author", seen.author())
                .put("bot", seen.fromBot())
                .put("revision", seen.revision());
    }

    private void changed(DemoWindow window, Change change) {
        switch (change) {
            case Change.Shown shown -> show(window, shown.message());
            case Change.Edited edited -> show(window, edited.message());
            case Change.Deleted deleted -> {
                if (deleted.room().equals(window.room())) {
                    ObjectNode data =
                            JsonCalls.object().put("window", window.id()).put("id", deleted.id());
                    tell(reader -> reader.event("deleted", data));
                }
            }
            case Change.Busy busy -> {
                if (busy.room().equals(window.room())) {
                    sign(window, busy.thread(), "busy", busy.millis());
                }
            }
            case Change.Idle idle -> {
                if (idle.room().equals(window.room())) {
                    sign(window, idle.thread(), "idle", 0);
                }
            }
            case Change.Metered metered -> board.metered(window.bot(), metered.meter());
        }
    }

    private void show(DemoWindow window, Seen seen) {
        if (seen.room().equals(window.room())) {
            ObjectNode data = fields(window, seen);
            tell(reader -> reader.text(window.id() + ":" + seen.id(), "message", data, seen.html()));
        }
    }

    private void sign(DemoWindow window, String thread, String name, long millis) {
        ObjectNode data = JsonCalls.object()
                .put("window", window.id())
                .put("thread", thread)
                .put("millis", millis);
        tell(reader -> reader.state("sign:" + window.id() + ":" + thread, name, data));
    }

    private void tell(Consumer<EventStream> message) {
        lock.lock();
        try {
            List.copyOf(readers).forEach(message);
        } finally {
            lock.unlock();
        }
    }

    private void tick() {
        try {
            while (true) {
                Thread.sleep(METER_TICK);
                for (String bot : board.takeChanged()) {
                    ObjectNode data = board.json(bot);
                    tell(reader -> reader.state("meter:" + bot, "meter", data));
                }
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private ObjectNode message(HttpServerExchange exchange, JsonNode body) throws Refused {
        String id = JsonCalls.parameter(exchange, "window");
        Optional<DemoWindow> window =
                windows.stream().filter(w -> w.id().equals(id)).findFirst();
        String text = body.path("text").asText("").strip();
        if (window.isEmpty()) {
            throw new Refused(404, "other", "There is no such window.");
        }
        if (text.isBlank()) {
            throw new Refused(400, "blank", "The message is empty.");
        }
        if (text.length() > MAX_TEXT) {
            throw new Refused(413, "too_long", "The message is longer than " + MAX_TEXT + " characters.");
        }
        String thread = window.get().threads() ? body.path("thread").asText("") : "";
        try {
            window.get().chats().write(window.get().room(), thread, window.get().person(), text);
        } catch (RuntimeException e) {
            LOG.warn("demo: the simulated platform {} did not take a message", id, e);
            throw new Refused(503, "down", "The simulator did not take it; send it again.");
        }
        return JsonCalls.object().put("ok", true);
    }
}
