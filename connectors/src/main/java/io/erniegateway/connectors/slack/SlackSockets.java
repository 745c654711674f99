package io.erniegateway.connectors.slack;

import static com.slack.api.methods.RequestFormBuilder.toForm;

import com.slack.api.methods.Methods;
import com.slack.api.methods.request.apps.connections.AppsConnectionsOpenRequest;
import io.erniegateway.connectors.ConnectorException;
import io.erniegateway.connectors.Refusal;
import io.erniegateway.connectors.slack.SlackCalls.Answer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one good WebSocket to Slack.
 *
 * <p>When Slack announces that it will take a socket down, the next one is opened at once and the old one is read to its
 * end, so no event falls between them. A socket that broke is replaced at once too, unless it was young: then the waits
 * double, so that a Slack in trouble is not hammered.
 */
final class SlackSockets implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SlackSockets.class);

    private static final Duration JOIN = Duration.ofSeconds(5);

    private final String bot;
    private final SlackCalls calls;
    private final OkHttpClient client;
    private final SocketPace pace;
    private final SlackSocket.Handler handler;
    private final Set<SlackSocket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private volatile @Nullable Thread keeper;

    /** @param calls with the app-level token */
    SlackSockets(String bot, SlackCalls calls, OkHttpClient client, SocketPace pace, SlackSocket.Handler handler) {
        this.bot = bot;
        this.calls = calls;
        this.client = client.newBuilder().pingInterval(pace.ping()).build();
        this.pace = pace;
        this.handler = handler;
    }

    /**
     * Opens the first socket and stays at it. Returns when Slack has greeted us, or has let us wait.
     *
     * @throws ConnectorException if Slack does not take the app-level token
     */
    void start() {
        Opening first = open();
        if (first.fatal()) {
            throw new ConnectorException("Slack does not accept the app-level token of bot '" + bot + "' ("
                    + first.why() + "): create one with the scope connections:write under Basic Information,"
                    + " App-Level Tokens, and switch on Socket Mode");
        }
        keeper = Thread.ofVirtual().name("slack-" + bot + "-keeper").start(() -> keep(first.socket()));
    }

    @Override
    public void close() {
        closed = true;
        Thread running = keeper;
        if (running != null) {
            running.interrupt();
        }
        open.forEach(SlackSocket::close);
        if (running != null) {
            join(running);
        }
        // The keeper may have opened one more before it saw the end.
        open.forEach(SlackSocket::close);
    }

    /** How many sockets are open; more than one only while one replaces another. */
    int count() {
        return open.size();
    }

    private static void join(Thread running) {
        try {
            running.join(JOIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One attempt to get a socket that has been greeted. */
    private record Opening(@Nullable SlackSocket socket, boolean fatal, String why) {}

    private Opening open() {
        Answer answer = calls.call(
                Methods.APPS_CONNECTIONS_OPEN,
                toForm(AppsConnectionsOpenRequest.builder().build()));
        return switch (answer) {
            case Answer.Refused(Refusal refusal, String code) ->
                new Opening(null, SlackErrors.isFatal(code), refusal.why());
            case Answer.Done done -> greeted(done.word("url"));
        };
    }

    private Opening greeted(String url) {
        if (url.isEmpty() || closed) {
            return new Opening(null, false, "no address for a socket");
        }
        SlackSocket socket;
        try {
            socket = new SlackSocket(bot, client, url, handler);
        } catch (IllegalArgumentException e) {
            // The exception would quote the address.
            return new Opening(null, false, "an unusable address for a socket");
        }
        open.add(socket);
        try {
            if (socket.greeted(pace.hello())) {
                return new Opening(socket, false, "");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        socket.close();
        open.remove(socket);
        return new Opening(null, false, "a socket that said no hello");
    }

    private void keep(@Nullable SlackSocket first) {
        SlackSocket socket = first;
        int failures = 0;
        try {
            while (!closed) {
                if (socket == null) {
                    pause(failures++);
                    socket = reopen();
                    continue;
                }
                SlackSocket.Ending ending = socket.awaitEnding();
                if (closed) {
                    return;
                }
                boolean good = ending != SlackSocket.Ending.LINK_DISABLED
                        && ending != SlackSocket.Ending.TOO_MANY
                        && socket.age().compareTo(pace.steady()) >= 0;
                failures = good ? 0 : failures;
                tell(ending, socket.age());
                SlackSocket old = socket;
                socket = good ? reopen() : null;
                retire(old);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable SlackSocket reopen() {
        Opening opening = open();
        if (opening.socket() == null && !closed) {
            if (opening.fatal()) {
                log.error("bot {}: Slack no longer accepts the app-level token ({})", bot, opening.why());
            } else {
                log.warn("bot {}: no socket to Slack: {}", bot, opening.why());
            }
        }
        return opening.socket();
    }

    private void retire(SlackSocket old) {
        Thread.ofVirtual().name("slack-" + bot + "-farewell").start(() -> {
            try {
                old.retire(pace.farewell());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                open.remove(old);
            }
        });
    }

    private void tell(SlackSocket.Ending ending, Duration age) {
        switch (ending) {
            case REFRESH -> log.debug("bot {}: Slack refreshes the socket after {}", bot, age);
            case BROKEN -> log.info("bot {}: the socket to Slack broke after {}", bot, age);
            case TOO_MANY -> log.warn("bot {}: Slack has more than ten sockets of this app; stop other copies", bot);
            case LINK_DISABLED ->
                log.error("bot {}: Socket Mode is switched off; switch it on in the settings of the app", bot);
        }
    }

    /** Doubles from the first wait, and spreads, so that many bots do not come back in one moment. */
    private void pause(int failures) throws InterruptedException {
        long longest = pace.longestBackOff().toMillis();
        long wait = Math.min(longest, pace.firstBackOff().toMillis() << Math.min(failures, 20));
        Thread.sleep(wait / 2 + ThreadLocalRandom.current().nextLong(wait / 2 + 1));
    }
}
