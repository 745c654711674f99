package io.erniegateway.gateway.delivery;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Connector;
import io.erniegateway.connectors.EditOutcome;
import io.erniegateway.connectors.Inbox;
import io.erniegateway.connectors.Limits;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.PostOutcome;
import io.erniegateway.connectors.Refusal;
import io.erniegateway.connectors.Rendered;
import io.erniegateway.connectors.Typing;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/** A platform of a test: keeps what it is shown, and refuses what the test tells it to refuse. */
class ScriptedConnector implements Connector, Typing {
    private final Limits limits;
    final VirtualTime time;
    private final Duration latency;
    final Map<String, String> messages = new LinkedHashMap<>();
    /** What happens while a call is on its way. */
    Runnable during = () -> {};

    final List<String> calls = new ArrayList<>();
    final Queue<Optional<Refusal>> refusals = new ArrayDeque<>();

    ScriptedConnector(Limits limits, VirtualTime time, Duration latency) {
        this.limits = limits;
        this.time = time;
        this.latency = latency;
    }

    /** The next calls are refused like this; an empty one is let through. */
    void refuse(Refusal... next) {
        for (Refusal refusal : next) {
            refusals.add(Optional.of(refusal));
        }
    }

    void letThrough() {
        refusals.add(Optional.empty());
    }

    List<String> visible() {
        return List.copyOf(messages.values());
    }

    @Override
    public String bot() {
        return "bot";
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public Rendered render(String markdown) {
        return new Rendered(markdown.strip(), "formatted", markdown.length());
    }

    @Override
    public void start(Inbox inbox) {
        throw new UnsupportedOperationException("nobody writes here");
    }

    @Override
    public PostOutcome post(ChatId chat, Rendered text) {
        called("post", text);
        Optional<Refusal> refusal = nextRefusal();
        if (refusal.isPresent()) {
            return refusal.get();
        }
        String id = chat.room() + "-" + messages.size();
        messages.put(id, text.text());
        return new PostOutcome.Posted(new MessageRef(chat, id));
    }

    @Override
    public EditOutcome edit(MessageRef message, Rendered text) {
        called("edit", text);
        Optional<Refusal> refusal = nextRefusal();
        if (refusal.isPresent()) {
            return refusal.get();
        }
        messages.put(message.id(), text.text());
        return new EditOutcome.Applied();
    }

    @Override
    public Optional<Refusal> typing(ChatId chat) {
        calls.add(time.millis() + " typing " + chat.room());
        return Optional.empty();
    }

    final void called(String what, Rendered text) {
        calls.add(time.millis() + " " + what + (text.markup().isEmpty() ? " plain " : " ") + text.text());
        time.pass(latency);
        during.run();
    }

    final Optional<Refusal> nextRefusal() {
        Optional<Refusal> next = refusals.poll();
        return next == null ? Optional.empty() : next;
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
