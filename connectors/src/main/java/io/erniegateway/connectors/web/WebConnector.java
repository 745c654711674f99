package io.erniegateway.connectors.web;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Connector;
import io.erniegateway.connectors.EditOutcome;
import io.erniegateway.connectors.Inbox;
import io.erniegateway.connectors.Limits;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.PostOutcome;
import io.erniegateway.connectors.Refusal;
import io.erniegateway.connectors.Rendered;
import io.erniegateway.connectors.ServesHttp;
import io.erniegateway.connectors.Typing;
import io.erniegateway.connectors.web.Transcript.Line;
import io.undertow.server.RoutingHandler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;

/** The built-in web chat as a connector. One browser session is one private chat. */
public final class WebConnector implements Connector, Typing, ServesHttp {

    /** About forty pages of Chinese; a browser still lays it out in a blink. Visible UTF-16 units. */
    static final int MAX_SIZE = 100_000;
    /** A long e-mail or a source file fits; more is a document and no message. UTF-16 units. */
    static final int MAX_INBOUND = 16_000;

    private static final Limits LIMITS = new Limits(
            MAX_SIZE,
            MAX_INBOUND,
            List.of(
                    // The page's typewriter smooths what lies between; more frames only cost battery.
                    new Limits.Budget(
                            "screen",
                            Limits.Scope.ROOM,
                            Set.of(Limits.Call.EDIT),
                            new Limits.Rule.Bucket(2, Duration.ofMillis(50))),
                    // Nothing counts posts but a runaway of our own.
                    new Limits.Budget(
                            "posts",
                            Limits.Scope.ROOM,
                            Set.of(Limits.Call.POST),
                            new Limits.Rule.Window(20, Duration.ofSeconds(1))),
                    new Limits.Budget(
                            "typing",
                            Limits.Scope.ROOM,
                            Set.of(Limits.Call.TYPING),
                            new Limits.Rule.Bucket(3, Duration.ofSeconds(1)))),
            Duration.ofSeconds(6));

    private final WebChat chat;
    private final Transcript transcript;
    private final LongSupplier millis;
    private final Rooms rooms;
    private final ChatEndpoints endpoints;

    public WebConnector(WebChat chat, Transcript transcript) {
        this(chat, transcript, System::currentTimeMillis);
    }

    WebConnector(WebChat chat, Transcript transcript, LongSupplier millis) {
        this.chat = chat;
        this.transcript = transcript;
        this.millis = millis;
        this.rooms = new Rooms(millis);
        this.endpoints = new ChatEndpoints(chat, transcript, rooms, millis);
    }

    @Override
    public String bot() {
        return chat.name();
    }

    @Override
    public Limits limits() {
        return LIMITS;
    }

    @Override
    public Rendered render(String markdown) {
        return WebMarkup.render(markdown);
    }

    @Override
    public void addRoutes(RoutingHandler routes) {
        endpoints.addTo(routes);
    }

    @Override
    public void start(Inbox inbox) {
        endpoints.deliverTo(inbox);
    }

    @Override
    public PostOutcome post(ChatId to, Rendered text) {
        Optional<Refusal> refusal = unfit(text);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Line line =
                new Line(UUID.randomUUID().toString(), true, text.text(), WebMarkup.html(text), millis.getAsLong(), 0);
        return rooms.in(to.room(), () -> {
            transcript.put(to.room(), line);
            rooms.busy(to.room(), 0);
            rooms.tell(to.room(), reader -> reader.text(line.id(), "message", ChatEndpoints.fields(line), line.html()));
            return new PostOutcome.Posted(new MessageRef(to, line.id()));
        });
    }

    @Override
    public EditOutcome edit(MessageRef message, Rendered text) {
        Optional<Refusal> refusal = unfit(text);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        String room = message.chat().room();
        return rooms.in(room, () -> {
            Optional<Line> old = transcript.line(room, message.id());
            if (old.isEmpty()) {
                return new Refusal.Gone("the reader cleared the chat");
            }
            String html = WebMarkup.html(text);
            if (old.get().html().equals(html)) {
                return new EditOutcome.Unchanged();
            }
            return replace(room, old.get(), text.text(), html);
        });
    }

    private EditOutcome replace(String room, Line old, String text, String html) {
        Line line = new Line(old.id(), true, text, html, old.at(), old.revision() + 1);
        if (!transcript.update(room, line)) {
            return new Refusal.Gone("the message is no longer kept");
        }
        rooms.tell(room, reader -> reader.text(line.id(), "edit", ChatEndpoints.fields(line), line.html()));
        return new EditOutcome.Applied();
    }

    @Override
    public Optional<Refusal> typing(ChatId in) {
        return rooms.in(in.room(), () -> {
            rooms.busy(in.room(), LIMITS.typingLasts().toMillis());
            return Optional.empty();
        });
    }

    @Override
    public void close() {
        endpoints.deliverTo(null);
        rooms.close();
    }

    private static Optional<Refusal> unfit(Rendered text) {
        if (text.isBlank()) {
            return Optional.of(new Refusal.Rejected("there is nothing to see in it"));
        }
        return text.size() > MAX_SIZE
                ? Optional.of(new Refusal.Rejected("it is longer than " + MAX_SIZE + " characters"))
                : Optional.empty();
    }
}
