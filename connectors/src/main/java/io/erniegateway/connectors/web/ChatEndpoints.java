package io.erniegateway.connectors.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Inbound;
import io.erniegateway.connectors.Inbox;
import io.erniegateway.connectors.Person;
import io.erniegateway.connectors.web.JsonCalls.Refused;
import io.undertow.Handlers;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a browser can ask of the web chat. */
final class ChatEndpoints {
    private static final Logger LOG = LoggerFactory.getLogger(ChatEndpoints.class);

    private static final List<String> FILES = List.of(
            "index.html",
            "chat.css",
            "chat.js",
            "conversation.js",
            "composer.js",
            "typewriter.js",
            "reveal.js",
            "wire.js",
            "words.js",
            "elements.js",
            "scroller.js",
            "icon.svg");
    /** The page's own id of a message, a UUID in practice. */
    private static final Pattern MESSAGE_ID = Pattern.compile("[A-Za-z0-9-]{8,64}");
    /** One UTF-16 unit takes at most six bytes in JSON; the id and the field names take the rest. */
    private static final int MAX_BODY_BYTES = WebConnector.MAX_INBOUND * 6 + 512;
    /** Calls without content. */
    private static final int MAX_SIGNAL_BYTES = 512;
    /** Tells the common reverse proxy not to collect events before it passes them on. */
    private static final HttpString ACCEL_BUFFERING = new HttpString("X-Accel-Buffering");

    private final WebChat chat;
    private final Transcript transcript;
    private final Rooms rooms;
    private final LongSupplier millis;
    private final PageFiles files;
    private volatile @Nullable Inbox inbox;

    ChatEndpoints(WebChat chat, Transcript transcript, Rooms rooms, LongSupplier millis) {
        this.chat = chat;
        this.transcript = transcript;
        this.rooms = rooms;
        this.millis = millis;
        this.files =
                new PageFiles(ChatEndpoints.class, "page", FILES, Map.of("title", chat.title(), "path", chat.path()));
    }

    /** Where messages go from now on; null when nothing is taken any more. */
    void deliverTo(@Nullable Inbox inbox) {
        this.inbox = inbox;
    }

    void addTo(RoutingHandler routes) {
        // The page sets no cookie: a strict one is not sent with a click on another site's link, so a known reader
        // would
        // look new here. The page's own request for events always carries it.
        routes.get(chat.path(), files.file("index.html"));
        routes.get(chat.path() + "/page/{file}", files.byName());
        routes.get(chat.path() + "/events", new BlockingHandler(this::events));
        routes.post(chat.path() + "/messages", JsonCalls.handler(MAX_BODY_BYTES, this::message));
        routes.post(chat.path() + "/stop", JsonCalls.handler(MAX_SIGNAL_BYTES, this::stop));
        routes.post(chat.path() + "/clear", JsonCalls.handler(MAX_SIGNAL_BYTES, this::clear));
        routes.post(chat.path() + "/retry", JsonCalls.handler(MAX_SIGNAL_BYTES, this::retry));
    }

    private void events(HttpServerExchange exchange) throws Exception {
        if (inbox == null || rooms.isFull()) {
            exchange.getResponseHeaders().put(Headers.RETRY_AFTER, "5");
            exchange.setStatusCode(StatusCodes.SERVICE_UNAVAILABLE).endExchange();
            return;
        }
        String room = Session.begin(exchange, chat).room();
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
        exchange.getResponseHeaders().put(ACCEL_BUFFERING, "no");
        Handlers.serverSentEvents((connection, lastEventId) -> {
                    EventStream reader = new EventStream(connection);
                    // The transcript may be on a disk, and this is an I/O thread.
                    Thread.startVirtualThread(() ->
                            rooms.enter(room, reader, busy -> reader.event("history", history(room, busy))));
                })
                .handleRequest(exchange);
    }

    private ObjectNode history(String room, long busyMillis) {
        ObjectNode data = JsonCalls.object()
                .put("title", chat.title())
                .put("maxLength", WebConnector.MAX_INBOUND)
                .put("busy", busyMillis);
        ArrayNode lines = data.putArray("lines");
        for (Transcript.Line line : transcript.lines(room)) {
            ObjectNode fields = fields(line);
            lines.add(line.fromBot() ? fields.put("html", line.html()) : fields);
        }
        return data;
    }

    /** A line for the page; a bot's HTML is added by whoever sends it. */
    static ObjectNode fields(Transcript.Line line) {
        ObjectNode fields = JsonCalls.object()
                .put("id", line.id())
                .put("bot", line.fromBot())
                .put("at", line.at())
                .put("revision", line.revision());
        return line.fromBot() ? fields : fields.put("text", line.text());
    }

    private ObjectNode message(HttpServerExchange exchange, JsonNode body) throws Refused {
        String id = body.path("id").asText("");
        String text = body.path("text").asText("").strip();
        if (!MESSAGE_ID.matcher(id).matches()) {
            throw new Refused(400, "malformed", "The field id is not 8 to 64 letters, digits or hyphens.");
        }
        if (text.isBlank()) {
            throw new Refused(400, "blank", "The message is empty.");
        }
        if (text.length() > WebConnector.MAX_INBOUND) {
            throw new Refused(
                    413, "too_long", "The message is longer than " + WebConnector.MAX_INBOUND + " characters.");
        }
        if (text.equals("/new")) {
            return clear(exchange, body);
        }
        Session session = session(exchange);
        return orRefused(inOrder(session, () -> {
            Outcome outcome = accept(written(session, id, text));
            if (outcome == Outcome.TAKEN) {
                Transcript.Line line = new Transcript.Line(id, false, text, "", millis.getAsLong(), 0);
                transcript.put(session.room(), line);
                rooms.tell(session.room(), reader -> reader.event("message", fields(line)));
            }
            return outcome;
        }));
    }

    private ObjectNode clear(HttpServerExchange exchange, JsonNode body) throws Refused {
        Session session = session(exchange);
        return orRefused(inOrder(session, () -> {
            Outcome outcome = accept(written(session, randomId(), "/new"));
            if (outcome == Outcome.TAKEN) {
                transcript.clear(session.room());
                rooms.tell(session.room(), reader -> {
                    reader.forget();
                    reader.event("cleared", JsonCalls.object());
                });
            }
            return outcome;
        }));
    }

    private ObjectNode retry(HttpServerExchange exchange, JsonNode body) throws Refused {
        Session session = session(exchange);
        return orRefused(inOrder(session, () -> accept(written(session, randomId(), "/retry"))));
    }

    private ObjectNode stop(HttpServerExchange exchange, JsonNode body) throws Refused {
        Session session = session(exchange);
        Inbound.Stopped stopped = new Inbound.Stopped(keys(session, randomId()), chatId(session), person(session));
        return orRefused(inOrder(session, () -> accept(stopped)));
    }

    private Session session(HttpServerExchange exchange) throws Refused {
        return Session.of(exchange, chat)
                .orElseThrow(
                        () -> new Refused(401, "no_session", "The chat's cookie is missing; load the page again."));
    }

    private Inbound.Written written(Session session, String id, String text) {
        return new Inbound.Written(
                keys(session, id),
                chatId(session),
                person(session),
                text,
                Inbound.Address.DIRECT,
                Instant.ofEpochMilli(millis.getAsLong()));
    }

    /** The id comes from a browser, so it counts within its own chat only. */
    private static Inbound.Keys keys(Session session, String id) {
        return Inbound.Keys.of(session.room() + ":" + id);
    }

    private ChatId chatId(Session session) {
        return ChatId.direct(chat.name(), session.room());
    }

    private static Person person(Session session) {
        return new Person(session.room(), "", session.language());
    }

    private static String randomId() {
        return UUID.randomUUID().toString();
    }

    private enum Outcome {
        TAKEN,
        KNOWN,
        NOT_FOR_US,
        TOO_MUCH,
        DOWN
    }

    private Outcome accept(Inbound inbound) {
        Inbox open = inbox;
        if (open == null) {
            return Outcome.DOWN;
        }
        return switch (open.accept(inbound)) {
            case STORED -> Outcome.TAKEN;
            case DUPLICATE -> Outcome.KNOWN;
            case IGNORED -> Outcome.NOT_FOR_US;
            case FULL -> Outcome.TOO_MUCH;
        };
    }

    /** Inbox and transcript are databases in general, and either may fail. */
    private Outcome inOrder(Session session, Supplier<Outcome> work) {
        try {
            return rooms.in(session.room(), work);
        } catch (RuntimeException e) {
            LOG.error(
                    "{}: a message could not be stored; the reader was asked to send it again",
                    chat.name(),
                    withoutMessages(e));
            return Outcome.DOWN;
        }
    }

    /** Kinds and stacks alone: a database's messages repeat what it was given, and that is what somebody wrote. */
    private static Throwable withoutMessages(Throwable failure) {
        Throwable cause = failure.getCause();
        Throwable told = new Throwable(failure.getClass().getName(), cause == null ? null : withoutMessages(cause));
        told.setStackTrace(failure.getStackTrace());
        return told;
    }

    private static ObjectNode orRefused(Outcome outcome) throws Refused {
        return switch (outcome) {
            case TAKEN, KNOWN -> JsonCalls.object().put("ok", true);
            case NOT_FOR_US -> throw new Refused(403, "not_allowed", "This bot does not answer you.");
            case TOO_MUCH ->
                throw new Refused(429, "too_much", "Too much is waiting in this chat; send it again later.");
            case DOWN -> throw new Refused(503, "down", "The message could not be kept; send it again in a moment.");
        };
    }
}
