package io.erniegateway.connectors.slack;

import static com.slack.api.methods.RequestFormBuilder.toForm;

import com.fasterxml.jackson.databind.JsonNode;
import com.slack.api.methods.Methods;
import com.slack.api.methods.request.auth.AuthTestRequest;
import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Connector;
import io.erniegateway.connectors.ConnectorException;
import io.erniegateway.connectors.Doubts;
import io.erniegateway.connectors.EditOutcome;
import io.erniegateway.connectors.Inbox;
import io.erniegateway.connectors.Limits;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.Person;
import io.erniegateway.connectors.PostOutcome;
import io.erniegateway.connectors.Refusal;
import io.erniegateway.connectors.Rendered;
import io.erniegateway.connectors.ServesHttp;
import io.erniegateway.connectors.Streams;
import io.erniegateway.connectors.Typing;
import io.erniegateway.connectors.slack.SlackApp.Receive;
import io.erniegateway.connectors.slack.SlackCalls.Answer;
import io.undertow.server.RoutingHandler;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import okhttp3.Dispatcher;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Slack app as a bot. See the package for how it works. */
public final class SlackConnector implements Connector, Streams, Typing, Doubts, ServesHttp {
    private static final Logger log = LoggerFactory.getLogger(SlackConnector.class);

    /** A call that hangs blocks one chat; Slack answers within a second or not at all. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration CALL_PATIENCE = Duration.ofSeconds(20);
    /** Sockets are asynchronous calls to OkHttp: never let them wait for each other. */
    private static final int MAX_SOCKETS = 64;

    private final SlackApp app;
    private final SocketPace pace;
    private final Clock clock;
    private final OkHttpClient client;
    private final SlackCalls calls;
    private final SlackRecipients recipients = new SlackRecipients();
    private final SlackMessages messages;
    private final SlackStreams streams;
    private final SlackStatus status;
    private final SlackDoubts doubts;
    private final @Nullable SlackRoutes routes;
    private @Nullable SlackSockets sockets;

    public SlackConnector(SlackApp app) {
        this(app, SocketPace.REAL, Clock.systemUTC());
    }

    /**
     * Without a network, for simulations: {@code wire} answers every call of the Web API, on the thread that makes it,
     * and throws where a connection would break. It may take its own time; only the read time-out of {@code chain} is
     * to be kept.
     */
    public SlackConnector(SlackApp app, Interceptor wire) {
        this(app, SocketPace.REAL, Clock.systemUTC(), inProcess(app.name(), wire));
    }

    SlackConnector(SlackApp app, SocketPace pace, Clock clock) {
        this(app, pace, clock, client(app.name()).build());
    }

    private SlackConnector(SlackApp app, SocketPace pace, Clock clock, OkHttpClient client) {
        this.app = app;
        this.pace = pace;
        this.clock = clock;
        this.client = client;
        this.calls = new SlackCalls(client, app.apiBase(), app.botToken());
        this.messages = new SlackMessages(calls);
        this.streams = new SlackStreams(calls, recipients, app.streams());
        this.status = new SlackStatus(calls);
        this.doubts = new SlackDoubts(calls);
        this.routes = app.receive() instanceof Receive.Http http
                ? new SlackRoutes(app.name(), new SlackSignature(http.signingSecret(), clock))
                : null;
    }

    private static OkHttpClient inProcess(String bot, Interceptor wire) {
        // Simulated time stands still while the machine is slow: no time-out by the machine's clock.
        return SlackCalls.alwaysSent(client(bot))
                .addInterceptor(wire)
                .callTimeout(Duration.ZERO)
                .build();
    }

    private static OkHttpClient.Builder client(String bot) {
        Dispatcher dispatcher = new Dispatcher(Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("slack-" + bot + "-socket-", 0).factory()));
        dispatcher.setMaxRequests(MAX_SOCKETS);
        dispatcher.setMaxRequestsPerHost(MAX_SOCKETS);
        return SlackCalls.tellingWhetherSent(new OkHttpClient.Builder())
                .dispatcher(dispatcher)
                .connectTimeout(PATIENCE)
                .readTimeout(PATIENCE)
                .writeTimeout(PATIENCE)
                .callTimeout(CALL_PATIENCE)
                // A post repeated behind our back would be seen twice; a redirect would carry the token elsewhere.
                .retryOnConnectionFailure(false)
                .followRedirects(false);
    }

    @Override
    public String bot() {
        return app.name();
    }

    @Override
    public String commandPrefix() {
        return "!";
    }

    @Override
    public Limits limits() {
        return SlackLimits.LIMITS;
    }

    @Override
    public Rendered render(String markdown) {
        return SlackRenderer.render(markdown);
    }

    @Override
    public void addRoutes(RoutingHandler routing) {
        if (routes != null) {
            routes.addTo(routing);
        }
    }

    @Override
    public void start(Inbox inbox) {
        SlackIdentity self = identity();
        doubts.signedIn(self);
        SlackIntake intake = new SlackIntake(app.name(), new SlackUpdates(app, self), inbox, clock, recipients, doubts);
        switch (app.receive()) {
            case Receive.Http ignored -> {
                if (routes != null) {
                    routes.openTo(intake);
                }
            }
            case Receive.Socket(String appToken) -> {
                SlackCalls appCalls = new SlackCalls(client, app.apiBase(), appToken);
                sockets = new SlackSockets(
                        app.name(), appCalls, client, pace, (type, payload) -> envelope(intake, type, payload));
                sockets.start();
            }
        }
    }

    private SlackIdentity identity() {
        Answer answer =
                calls.call(Methods.AUTH_TEST, toForm(AuthTestRequest.builder().build()));
        return switch (answer) {
            case Answer.Done me -> {
                log.info(
                        "bot {}: signed in to the Slack workspace {} as {}",
                        app.name(),
                        me.word("team"),
                        me.word("user"));
                yield new SlackIdentity(
                        known(me.word("user_id"), "user_id"),
                        known(me.word("bot_id"), "bot_id"),
                        known(me.word("team_id"), "team_id"));
            }
            case Answer.Refused(Refusal refusal, String code) -> {
                String sentence = SlackErrors.isFatal(code)
                        ? "Slack does not accept the bot token of bot '" + app.name() + "' (" + code
                                + "): copy the Bot User OAuth Token (xoxb-…) from the page OAuth & Permissions"
                        : "Slack cannot be reached for bot '" + app.name() + "' at "
                                + app.apiBase().getHost() + " (" + refusal.why()
                                + "): check the network and the API address";
                throw new ConnectorException(sentence);
            }
        };
    }

    private String known(String id, String what) {
        if (id.isEmpty()) {
            throw new ConnectorException("Slack names no " + what + " for the token of bot '" + app.name()
                    + "': use the Bot User OAuth Token (xoxb-…), not a user token");
        }
        return id;
    }

    private static void envelope(SlackIntake intake, String type, JsonNode payload) {
        switch (type) {
            case "events_api" -> intake.event(payload);
            case "slash_commands" -> intake.command(payload);
            // "interactive" and whatever comes to be: acknowledged, so that nobody waits for us.
            default -> log.debug("an envelope of another type");
        }
    }

    @Override
    public PostOutcome post(ChatId chat, Rendered text) {
        return posted(chat, text, () -> messages.post(chat, text));
    }

    @Override
    public EditOutcome edit(MessageRef message, Rendered text) {
        doubts.stands(message);
        return messages.edit(message, text);
    }

    @Override
    public boolean streamsIn(ChatId chat) {
        return streams.isOpenIn(chat);
    }

    @Override
    public int maxStreamSize() {
        return SlackLimits.MAX_STREAM_SIZE;
    }

    @Override
    public Duration streamLasts() {
        return SlackLimits.STREAM_LASTS;
    }

    /**
     * The Markdown itself, with mentions parted by a zero-width space and without blanks at its end. Its size is in UTF-8
     * bytes, as {@link #maxStreamSize()}. {@link #post} and {@link #edit} take it up to 12,000 characters, its {@linkplain
     * Rendered#plain() characters alone} up to {@link Limits#maxSize()} bytes, escaped; what is longer is rejected.
     */
    @Override
    public Rendered streamed(String markdown) {
        return SlackMarkdown.streamed(markdown);
    }

    /** Does not ask {@link #streamsIn} again; where Slack refuses streams for good, that is remembered. */
    @Override
    public PostOutcome start(ChatId chat, Rendered text) {
        return posted(chat, text, () -> streams.start(chat, text));
    }

    private PostOutcome posted(ChatId chat, Rendered text, Supplier<PostOutcome> post) {
        String since = doubts.since(chat);
        PostOutcome outcome = post.get();
        if (outcome instanceof PostOutcome.Posted(MessageRef message) && !doubts.stands(message)) {
            // The same words in the same chat at the same time: the look has taken this message for the other one.
            return new Refusal.Unreachable("a look for another message has taken this one", false);
        }
        if (outcome instanceof Refusal.Unreachable(String ignored, boolean mayHaveActed) && mayHaveActed) {
            doubts.lost(chat, text, since);
        }
        return outcome;
    }

    /**
     * Reads what was written since. What is found may be a stream that is open: {@link #edit} then says {@link
     * EditOutcome.StreamOpen}.
     */
    @Override
    public Look look(ChatId chat, Rendered text, int attempt) {
        return doubts.look(chat, text, attempt);
    }

    @Override
    public EditOutcome append(MessageRef message, String piece) {
        return streams.append(message, piece);
    }

    @Override
    public EditOutcome stop(MessageRef message, String piece) {
        return streams.stop(message, piece);
    }

    /**
     * Notes who asked last in a chat, as every message from Slack does; a stream outside direct messages is addressed to
     * that person. For whoever brings messages by another way, as simulations do.
     *
     * @param team {@code T…}, the person's workspace
     */
    public void asked(ChatId chat, Person person, String team) {
        recipients.remember(chat, person.id(), team);
    }

    @Override
    public Optional<Refusal> typing(ChatId chat) {
        return status.show(chat);
    }

    @Override
    public Optional<Refusal> typingEnds(ChatId chat) {
        return status.clear(chat);
    }

    @Override
    public void close() {
        if (routes != null) {
            routes.shut();
        }
        if (sockets != null) {
            sockets.close();
        }
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
