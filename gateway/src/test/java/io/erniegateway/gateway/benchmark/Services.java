package io.erniegateway.gateway.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Telegram's Bot API for one polling bot, and ERNIE's stream, as far as the gateway asks for them. */
final class Services implements AutoCloseable {
    static final String TOKEN = "1:benchmark";
    private static final String BOT = "/bot" + TOKEN + "/";
    private static final String QUESTION = "question ";

    /** "Values between 1-100 are accepted" (getUpdates). */
    private static final int BATCH = 100;

    private static final JsonFactory JSON = new JsonFactory();

    private final Wire wire;
    private final Deque<Long> questions = new ArrayDeque<>();
    private @Nullable Connection poller;
    private @Nullable Script script;
    private @Nullable Readers readers;
    private int nextUpdate = 1;
    private int nextMessage = 1;

    Services() throws IOException {
        this.wire = new Wire(this::handle);
    }

    String address() {
        return "http://127.0.0.1:" + wire.port();
    }

    /** A round begins: one question from each of the chats. */
    void ask(Script answers, Readers chats, long first, int count) {
        wire.run(() -> {
            script = answers;
            readers = chats;
            for (long chat = first; chat < first + count; chat++) {
                questions.add(chat);
            }
            deliver();
        });
    }

    @Nullable
    Throwable fault() {
        return wire.fault();
    }

    private void handle(Connection connection, String path, byte[] body) {
        if (path.startsWith(BOT)) {
            call(connection, path.substring(BOT.length()).toLowerCase(Locale.ROOT), body);
        } else if (path.endsWith("/chat/completions")) {
            stream(connection, body);
        } else {
            throw new IllegalStateException("nobody serves " + path);
        }
    }

    // --- Telegram

    /** The Bot API does not care about the case of a method. */
    private void call(Connection connection, String method, byte[] body) {
        switch (method) {
            case "getupdates" -> {
                poller = connection;
                deliver();
            }
            case "sendmessage", "editmessagetext" -> show(connection, method.equals("sendmessage"), body);
            case "sendchataction" -> {
                current().signed();
                connection.answer("{\"ok\":true,\"result\":true}");
            }
            case "getme" ->
                connection.answer("{\"ok\":true,\"result\":{\"id\":1,\"is_bot\":true,\"first_name\":\"B\","
                        + "\"username\":\"benchmark_bot\",\"can_read_all_group_messages\":true}}");
            case "getwebhookinfo" -> connection.answer("{\"ok\":true,\"result\":{\"url\":\"\"}}");
            case "setmycommands" -> connection.answer("{\"ok\":true,\"result\":true}");
            default -> throw new IllegalStateException("nobody serves " + method);
        }
    }

    private Readers current() {
        if (readers == null) {
            throw new IllegalStateException("no round has begun");
        }
        return readers;
    }

    private void deliver() {
        if (poller == null || questions.isEmpty()) {
            return;
        }
        StringBuilder updates = new StringBuilder("{\"ok\":true,\"result\":[");
        for (int i = 0; i < BATCH && !questions.isEmpty(); i++) {
            long chat = questions.remove();
            updates.append(i == 0 ? "" : ",").append(update(chat));
        }
        poller.answer(updates.append("]}").toString());
        poller = null;
    }

    private String update(long chat) {
        String person = "\"id\":" + chat + ",\"first_name\":\"P\"";
        return "{\"update_id\":" + nextUpdate++ + ",\"message\":{\"message_id\":" + nextMessage++ + ",\"from\":{"
                + person + ",\"is_bot\":false,\"language_code\":\"zh\"},\"chat\":{" + person
                + ",\"type\":\"private\"},\"date\":1780000000,\"text\":\"" + QUESTION + chat + "\"}}";
    }

    private void show(Connection connection, boolean isNew, byte[] body) {
        long now = System.nanoTime();
        Shown shown = shown(body);
        int message = isNew ? nextMessage++ : shown.message();
        if (isNew) {
            current().posted(shown.chat(), message, shown.text(), now);
        } else {
            current().edited(shown.chat(), message, shown.text(), now);
        }
        connection.answer("{\"ok\":true,\"result\":{\"message_id\":" + message
                + ",\"from\":{\"id\":1,\"is_bot\":true,\"first_name\":\"B\",\"username\":\"benchmark_bot\"},\"chat\":{\"id\":"
                + shown.chat() + ",\"first_name\":\"P\",\"type\":\"private\"},\"date\":1780000000,\"text\":\""
                + new String(JsonStringEncoder.getInstance().quoteAsString(shown.text())) + "\"}}");
    }

    private record Shown(long chat, int message, String text) {}

    private static Shown shown(byte[] body) {
        long chat = 0;
        int message = 0;
        String text = "";
        try (JsonParser json = JSON.createParser(body)) {
            json.nextToken();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                JsonToken value = json.nextToken();
                switch (name) {
                    case "chat_id" -> chat = Long.parseLong(json.getText());
                    case "message_id" -> message = json.getIntValue();
                    case "text" -> text = json.getText();
                    default -> {
                        if (value.isStructStart()) {
                            json.skipChildren();
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a call that is no JSON", e);
        }
        return new Shown(chat, message, text);
    }

    // --- ERNIE

    private void stream(Connection connection, byte[] body) {
        if (script == null) {
            throw new IllegalStateException("no round has begun");
        }
        long chat = chat(new String(body, UTF_8));
        connection.send(script.head(chat));
        new Stream(connection, script, current(), chat).pause(System.nanoTime());
    }

    /** The question tells the chat; it is the last thing in the request that was said. */
    private static long chat(String request) {
        int from = request.lastIndexOf(QUESTION) + QUESTION.length();
        int to = from;
        while (Character.isDigit(request.charAt(to))) {
            to++;
        }
        return Long.parseLong(request.substring(from, to));
    }

    private final class Stream {
        private final Connection connection;
        private final Script script;
        private final Readers readers;
        private final long chat;
        private int sent;

        Stream(Connection connection, Script script, Readers readers, long chat) {
            this.connection = connection;
            this.script = script;
            this.readers = readers;
            this.chat = chat;
        }

        void pause(long from) {
            long due = from + script.before(sent).toNanos();
            wire.at(due, () -> say(due));
        }

        private void say(long due) {
            connection.send(script.piece(sent));
            sent++;
            if (sent < script.chunks()) {
                pause(due);
            } else {
                readers.lastChunk(chat, System.nanoTime());
                connection.send(script.end());
            }
        }
    }

    @Override
    public void close() throws Exception {
        wire.close();
    }
}
