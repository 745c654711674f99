package io.erniegateway.connectors.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket to Slack, from its opening to its end. It acknowledges an envelope on the socket it came from, and only
 * after the handler has returned.
 *
 * <pre>
 *   opening ──hello──► on duty ──disconnect frame──► relieved (still reads) ──► dead
 *                         └────────── broken ──────────────────────────────────► dead
 * </pre>
 */
final class SlackSocket {

    /** Takes the payload of an envelope; if it throws, the envelope is not acknowledged. */
    @FunctionalInterface
    interface Handler {
        void handle(String type, JsonNode payload);
    }

    /** Why a socket is no longer to be relied on. */
    enum Ending {
        /** Slack refreshes it: a new one is wanted before this one goes. */
        REFRESH,
        /** Somebody switched Socket Mode off. */
        LINK_DISABLED,
        /** More than ten connections of this app. */
        TOO_MANY,
        /** It broke. */
        BROKEN
    }

    private static final Logger log = LoggerFactory.getLogger(SlackSocket.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NORMAL_CLOSURE = 1000;
    /** How long the other side may take to say goodbye too. */
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final String bot;
    private final Handler handler;
    private final WebSocket socket;
    private final long openedAt = System.nanoTime();
    private final CountDownLatch hello = new CountDownLatch(1);
    private final CountDownLatch offDuty = new CountDownLatch(1);
    private final CountDownLatch dead = new CountDownLatch(1);
    private volatile Ending ending = Ending.BROKEN;
    private volatile boolean deaf;

    /** @param url what {@code apps.connections.open} gave: good for once, and a secret */
    SlackSocket(String bot, OkHttpClient client, String url, Handler handler) {
        this.bot = bot;
        this.handler = handler;
        this.socket = client.newWebSocket(new Request.Builder().url(url).build(), new Frames());
    }

    /** Whether Slack has greeted us within this time. */
    boolean greeted(Duration patience) throws InterruptedException {
        return hello.await(patience.toMillis(), TimeUnit.MILLISECONDS) && !isDead();
    }

    /** Waits until this socket has to be replaced. */
    Ending awaitEnding() throws InterruptedException {
        offDuty.await();
        return ending;
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - openedAt);
    }

    boolean isDead() {
        return dead.getCount() == 0;
    }

    /** Reads on until Slack closes it, at most for {@code farewell}, then closes. */
    void retire(Duration farewell) throws InterruptedException {
        if (!dead.await(farewell.toMillis(), TimeUnit.MILLISECONDS)) {
            close();
        }
    }

    /** Takes nothing more and says goodbye; what was acknowledged still goes out, if the other side is there to take it. */
    void close() {
        deaf = true;
        if (socket.close(NORMAL_CLOSURE, null)) {
            try {
                boolean unused = dead.await(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        socket.cancel();
        die();
    }

    private void die() {
        hello.countDown();
        dead.countDown();
        offDuty.countDown();
    }

    private void relieve(Ending why) {
        ending = why;
        offDuty.countDown();
    }

    private void read(String text) {
        JsonNode frame;
        try {
            frame = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            log.warn("bot {}: a frame that is no JSON, {} characters", bot, text.length());
            return;
        }
        String type = frame.path("type").asText("");
        switch (type) {
            case "hello" -> hello.countDown();
            case "disconnect" -> disconnect(frame.path("reason").asText(""));
            default -> envelope(type, frame);
        }
    }

    private void disconnect(String reason) {
        log.debug("bot {}: Slack ends a socket: {}", bot, reason.replaceAll("[^a-z_]", "?"));
        relieve(
                switch (reason) {
                    case "link_disabled" -> Ending.LINK_DISABLED;
                    case "too_many_websockets" -> Ending.TOO_MANY;
                    default -> Ending.REFRESH;
                });
    }

    private void envelope(String type, JsonNode frame) {
        String id = frame.path("envelope_id").asText("");
        if (id.isEmpty() || deaf) {
            log.debug("bot {}: a frame without an envelope id, or after the end", bot);
            return;
        }
        try {
            handler.handle(type, frame.path("payload"));
        } catch (RuntimeException e) {
            log.error("bot {}: could not store an event, so Slack will send it again", bot, e);
            return;
        }
        if (!socket.send(JSON.createObjectNode().put("envelope_id", id).toString())) {
            log.warn("bot {}: a socket closed before an event was acknowledged, so it will come again", bot);
        }
    }

    private final class Frames extends WebSocketListener {
        @Override
        public void onMessage(WebSocket webSocket, String text) {
            try {
                read(text);
            } catch (RuntimeException e) {
                // Whatever one frame holds, the next must be read.
                log.error("bot {}: a frame could not be handled", bot, e);
            }
        }

        @Override
        public void onClosing(WebSocket webSocket, int code, String reason) {
            webSocket.close(NORMAL_CLOSURE, null);
            die();
        }

        @Override
        public void onClosed(WebSocket webSocket, int code, String reason) {
            die();
        }

        @Override
        public void onFailure(WebSocket webSocket, Throwable failure, @Nullable Response response) {
            // Neither the message nor the response: both may name the address, which holds a ticket.
            log.debug("bot {}: a socket broke: {}", bot, failure.getClass().getSimpleName());
            die();
        }
    }
}
