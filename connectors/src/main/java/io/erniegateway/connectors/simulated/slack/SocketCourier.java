package io.erniegateway.connectors.simulated.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertow.Handlers;
import io.undertow.server.HttpHandler;
import io.undertow.util.StatusCodes;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import io.undertow.websockets.spi.WebSocketHttpExchange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.xnio.IoUtils;

/**
 * Socket Mode (docs.slack.dev {@code apis/events-api/using-socket-mode}): up to ten sockets, each payload to exactly one
 * of them, and again if it is not acknowledged in time.
 *
 * <p>While no socket is open a delivery waits for one as long as for an acknowledgement, then it has failed; how Slack
 * does that is not published.
 */
final class SocketCourier implements Courier {

    private static final int MAX_SOCKETS = 10;
    /** More than that waits only if the app is dead; Slack would have dropped them long ago. */
    private static final int MAX_WAITING = 10_000;

    private static final int NORMAL_CLOSURE = 1000;
    private static final Duration GLANCE = Duration.ofMillis(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Parcel(String type, JsonNode payload, int attempt) {
        Parcel again() {
            return new Parcel(type, payload, attempt + 1);
        }
    }

    private final SlackTimes times;
    private final Alarms alarms;
    private final BlockingQueue<Parcel> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
    private final Map<String, Parcel> unacknowledged = new ConcurrentHashMap<>();
    private final Map<String, Long> tickets = new ConcurrentHashMap<>();
    private final List<WebSocketChannel> sockets = new CopyOnWriteArrayList<>();
    /** Nothing may overtake the greeting of a socket. */
    private final ReentrantLock handingOut = new ReentrantLock();

    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();
    private final Thread worker;

    SocketCourier(SlackTimes times, Alarms alarms) {
        this.times = times;
        this.alarms = alarms;
        this.worker = Thread.ofVirtual().name("simulated-slack-sockets").start(this::work);
    }

    @Override
    public void event(ObjectNode payload) {
        waiting.offer(new Parcel("events_api", payload.deepCopy(), 0));
    }

    @Override
    public void command(Map<String, String> form) {
        waiting.offer(new Parcel("slash_commands", JSON.valueToTree(form), 0));
    }

    /** An address part that opens one socket, soon. */
    String ticket() {
        String ticket = UUID.randomUUID().toString();
        tickets.put(ticket, System.nanoTime() + times.ticket().toNanos());
        return ticket;
    }

    /** The end of the wire. */
    HttpHandler endpoint() {
        HttpHandler upgrade = Handlers.websocket(this::connected);
        return exchange -> {
            var given = exchange.getQueryParameters().get("ticket");
            Long until = given == null ? null : tickets.remove(given.getFirst());
            if (until == null || until < System.nanoTime()) {
                exchange.setStatusCode(StatusCodes.FORBIDDEN).endExchange();
            } else {
                upgrade.handleRequest(exchange);
            }
        };
    }

    int count() {
        return sockets.size();
    }

    /** How many sockets were ever opened. */
    int opened() {
        return opened.get();
    }

    /** Tells every open socket that it will end, and ends it {@code after}. */
    void disconnect(String reason, Duration after) {
        for (WebSocketChannel socket : sockets) {
            send(
                    socket,
                    JSON.createObjectNode()
                            .put("type", "disconnect")
                            .put("reason", reason)
                            .toString());
            alarms.in(after, () -> leave(socket));
        }
    }

    /** Cuts every socket without a word. */
    void cut() {
        sockets.forEach(IoUtils::safeClose);
    }

    /** Sends a frame as it is. */
    void raw(String frame) {
        sockets.forEach(socket -> send(socket, frame));
    }

    @Override
    public void close() {
        worker.interrupt();
        cut();
        sockets.clear();
    }

    private void connected(WebSocketHttpExchange exchange, WebSocketChannel socket) {
        handingOut.lock();
        try {
            if (sockets.size() >= MAX_SOCKETS) {
                send(socket, "{\"type\":\"disconnect\",\"reason\":\"too_many_websockets\"}");
                WebSockets.sendClose(NORMAL_CLOSURE, "", socket, null);
                return;
            }
            socket.getReceiveSetter().set(new Acknowledgements());
            socket.addCloseTask(sockets::remove);
            sockets.add(socket);
            opened.incrementAndGet();
            send(socket, hello());
        } finally {
            handingOut.unlock();
        }
        socket.resumeReceives();
    }

    private String hello() {
        ObjectNode hello = JSON.createObjectNode().put("type", "hello").put("num_connections", sockets.size());
        hello.putObject("connection_info").put("app_id", Workspace.APP);
        hello.putObject("debug_info").put("host", "simulated").put("approximate_connection_time", 18_060);
        return hello.toString();
    }

    private void leave(WebSocketChannel socket) {
        sockets.remove(socket);
        WebSockets.sendClose(NORMAL_CLOSURE, "", socket, null);
    }

    private static void send(WebSocketChannel socket, String frame) {
        WebSockets.sendText(frame, socket, null);
    }

    private void work() {
        try {
            while (true) {
                bring(waiting.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void bring(Parcel parcel) throws InterruptedException {
        long patience = System.nanoTime() + times.ackWithin().toNanos();
        while (sockets.isEmpty() && System.nanoTime() < patience) {
            Thread.sleep(GLANCE);
        }
        handingOut.lock();
        try {
            List<WebSocketChannel> open = List.copyOf(sockets);
            if (open.isEmpty()) {
                failed(parcel);
                return;
            }
            String id = UUID.randomUUID().toString();
            unacknowledged.put(id, parcel);
            alarms.in(times.ackWithin(), () -> overdue(id));
            send(open.get(Math.floorMod(turn.getAndIncrement(), open.size())), envelope(id, parcel));
        } finally {
            handingOut.unlock();
        }
    }

    private static String envelope(String id, Parcel parcel) {
        ObjectNode envelope = JSON.createObjectNode().put("envelope_id", id).put("type", parcel.type());
        envelope.put("accepts_response_payload", parcel.type().equals("slash_commands"));
        if (parcel.type().equals("events_api")) {
            envelope.put("retry_attempt", parcel.attempt());
            envelope.put("retry_reason", parcel.attempt() == 0 ? "" : "timeout");
        }
        envelope.set("payload", parcel.payload());
        return envelope.toString();
    }

    private void overdue(String id) {
        Parcel parcel = unacknowledged.remove(id);
        if (parcel != null) {
            failed(parcel);
        }
    }

    private void failed(Parcel parcel) {
        if (parcel.type().equals("events_api")
                && parcel.attempt() < times.retries().size()) {
            alarms.in(times.retries().get(parcel.attempt()), () -> waiting.offer(parcel.again()));
        }
    }

    private final class Acknowledgements extends AbstractReceiveListener {
        @Override
        protected void onFullTextMessage(WebSocketChannel socket, BufferedTextMessage message) {
            try {
                unacknowledged.remove(
                        JSON.readTree(message.getData()).path("envelope_id").asText());
            } catch (JsonProcessingException e) {
                IoUtils.safeClose(socket);
            }
        }
    }
}
