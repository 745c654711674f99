package io.erniegateway.gateway.conversation;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Connector;
import io.erniegateway.connectors.EditOutcome;
import io.erniegateway.connectors.Inbox;
import io.erniegateway.connectors.Limits;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.PostOutcome;
import io.erniegateway.connectors.Rendered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A platform without limits that shows text as it is, and remembers every form a message ever had. */
final class Screen implements Connector {
    static final String BOT = "bot";

    private final Map<String, Message> messages = new LinkedHashMap<>();

    /** What every post does before it is carried out. */
    volatile Runnable beforePosting = () -> {};

    private record Message(ChatId chat, List<String> forms) {}

    /** What is to be read in a chat, oldest message first. */
    synchronized List<String> texts(ChatId chat) {
        return messages.values().stream()
                .filter(message -> message.chat().equals(chat))
                .map(message -> message.forms().getLast())
                .toList();
    }

    /** Every text that the newest message of a chat ever showed, oldest first. */
    synchronized List<String> forms(ChatId chat) {
        return messages.values().stream()
                .filter(message -> message.chat().equals(chat))
                .map(message -> List.copyOf(message.forms()))
                .toList()
                .getLast();
    }

    @Override
    public String bot() {
        return BOT;
    }

    @Override
    public Limits limits() {
        return new Limits(100_000, 100_000, List.of(), Duration.ofSeconds(5));
    }

    @Override
    public Rendered render(String markdown) {
        return new Rendered(markdown, "", markdown.length());
    }

    @Override
    public void start(Inbox inbox) {
        throw new UnsupportedOperationException("nobody writes here");
    }

    @Override
    public PostOutcome post(ChatId chat, Rendered text) {
        beforePosting.run();
        synchronized (this) {
            String id = String.valueOf(messages.size());
            messages.put(id, new Message(chat, new ArrayList<>(List.of(text.text()))));
            return new PostOutcome.Posted(new MessageRef(chat, id));
        }
    }

    @Override
    public synchronized EditOutcome edit(MessageRef message, Rendered text) {
        Message edited = messages.get(message.id());
        if (edited == null) {
            throw new IllegalArgumentException("no message " + message.id());
        }
        edited.forms().add(text.text());
        return new EditOutcome.Applied();
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
