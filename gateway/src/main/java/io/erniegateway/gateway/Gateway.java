package io.erniegateway.gateway;

import io.erniegateway.config.Mode;
import io.erniegateway.config.Settings;
import io.erniegateway.connectors.Connector;
import io.erniegateway.connectors.ServesHttp;
import io.erniegateway.connectors.web.Transcript;
import io.erniegateway.gateway.conversation.Conversations;
import io.erniegateway.gateway.delivery.BotDelivery;
import io.erniegateway.gateway.delivery.Native;
import io.erniegateway.gateway.delivery.Pace;
import io.erniegateway.gateway.delivery.Ticker;
import io.erniegateway.gateway.events.Events;
import io.erniegateway.gateway.events.GatewayEvent;
import io.erniegateway.gateway.inbox.DurableInbox;
import io.erniegateway.gateway.inbox.Mailboxes;
import io.erniegateway.gateway.metrics.Metrics;
import io.erniegateway.gateway.model.Model;
import io.erniegateway.gateway.store.Database;
import io.undertow.server.RoutingHandler;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole gateway, in one process. Assembled, started, and closed in that order. */
final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    /** As long as the connectors wait for an answer. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(30);

    private final Duration shutdownGrace;
    private final Health health;
    private final Database store;
    private final List<Connector> connectors;
    private final List<Model> models;
    private final List<BotDelivery> deliveries;
    private final Mailboxes mailboxes;
    private final DurableInbox inbox;
    private final BotStarter starter;
    private final WebServer server;
    private final Metrics metrics;
    private final ExecutorService calls;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Puts the parts together; nothing runs yet.
     *
     * @param watcher is told what happens, besides the metrics
     * @param pages adds pages of its own to the web server
     * @throws StartException if the settings cannot work; the text says what to mend
     */
    static Gateway assemble(Settings settings, Consumer<GatewayEvent> watcher, Consumer<RoutingHandler> pages) {
        return assemble(settings, transcript -> Bots.from(settings, transcript), watcher, pages);
    }

    /** The same with bots of another making than the settings'. */
    static Gateway assemble(
            Settings settings,
            Function<Transcript, List<Bots.Wired>> bots,
            Consumer<GatewayEvent> watcher,
            Consumer<RoutingHandler> pages) {
        return new Gateway(settings, bots, watcher, pages);
    }

    private Gateway(
            Settings settings,
            Function<Transcript, List<Bots.Wired>> making,
            Consumer<GatewayEvent> watcher,
            Consumer<RoutingHandler> pages) {
        Metrics figures = new Metrics();
        Events events = new Events();
        events.listen(figures);
        events.listen(watcher);

        this.metrics = figures;
        this.shutdownGrace = settings.server().shutdownGrace();
        this.health = new Health();
        this.calls = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("call-", 0).factory());
        this.store = Database.open(settings.store().file(), Clock.systemUTC());
        List<Bots.Wired> bots = making.apply(store.transcript());
        Map<String, Model> byName =
                Models.from(settings, bots.stream().map(Bots.Wired::model).collect(Collectors.toSet()));
        this.models = List.copyOf(byName.values());
        this.connectors = bots.stream().map(Bots.Wired::connector).toList();
        Pace pace = new Pace(
                settings.delivery().firstTextHold(), settings.delivery().firstTextCharacters());
        Map<String, Conversations.Bot> answering = new LinkedHashMap<>();
        for (Bots.Wired bot : bots) {
            BotDelivery delivery = new BotDelivery(
                    bot.connector(),
                    new BotDelivery.Setting(
                            pace,
                            nativeUse(bot.mode()),
                            store.journal(),
                            store.limits(),
                            events,
                            Ticker.SYSTEM,
                            Clock.systemUTC(),
                            calls));
            answering.put(
                    bot.connector().bot(),
                    new Conversations.Bot(
                            delivery,
                            modelOf(byName, bot.model()),
                            bot.connector().commandPrefix()));
        }
        this.deliveries =
                answering.values().stream().map(Conversations.Bot::delivery).toList();
        Conversations conversations = new Conversations(answering, store.conversations(), manners(settings), events);
        this.mailboxes = new Mailboxes(settings.conversation().waitingPerChat(), conversations::handle, store.inbox());
        this.inbox = new DurableInbox(store.inbox(), mailboxes, conversations, events);
        this.starter = new BotStarter(health, inbox);
        this.server = new WebServer(settings.server().host(), settings.server().port());
        serve(pages);
    }

    private static Native nativeUse(Mode mode) {
        return switch (mode) {
            case AUTO -> Native.AUTO;
            case EDIT -> Native.EDIT;
            case NATIVE -> Native.NATIVE;
        };
    }

    private static Model modelOf(Map<String, Model> models, String name) {
        Model model = models.get(name);
        if (model == null) {
            throw new StartException("A bot uses the model '" + name + "', which is not configured under models.");
        }
        return model;
    }

    private static Conversations.Manners manners(Settings settings) {
        io.erniegateway.config.Conversation talk = settings.conversation();
        return new Conversations.Manners(
                talk.persona(),
                talk.historyTurns(),
                talk.historyCharacters(),
                talk.maxQuestionCharacters(),
                settings.delivery().signAfter());
    }

    private void serve(Consumer<RoutingHandler> pages) {
        for (Connector connector : connectors) {
            if (connector instanceof ServesHttp http) {
                http.addRoutes(server.routes());
            }
        }
        server.page("/health/live", "text/plain; charset=utf-8", () -> new WebServer.Reply(200, "live\n"));
        server.page(
                "/health/ready",
                "application/json",
                () -> new WebServer.Reply(health.isReady() ? 200 : 503, health.asJson()));
        server.page(
                "/metrics",
                "text/plain; version=0.0.4; charset=utf-8",
                () -> new WebServer.Reply(200, metrics.scrape()));
        pages.accept(server.routes());
    }

    /**
     * Starts everything: the port first, which a second gateway would not get; then what delivers, then what was left
     * undone, then what receives.
     *
     * @return the web server's port
     */
    int start() {
        int port = server.start();
        deliveries.forEach(BotDelivery::start);
        int left = inbox.recover();
        if (left > 0) {
            LOG.info("{} messages of the last run are answered first", left);
        }
        connectors.forEach(starter::start);
        return port;
    }

    /** A post whose answer is still on its way must get into the journal, or it would be posted again. */
    private void awaitCalls() {
        calls.shutdown();
        try {
            if (!calls.awaitTermination(LONGEST_CALL.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn(
                        "a platform has not answered for {} s; what it does with the last call is not known",
                        LONGEST_CALL.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Health health() {
        return health;
    }

    /** Takes nothing more, lets running answers end within the grace, and leaves the rest in the store. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        health.stops();
        starter.close();
        connectors.forEach(Connector::close);
        mailboxes.close(shutdownGrace);
        deliveries.forEach(BotDelivery::close);
        awaitCalls();
        models.forEach(Model::close);
        server.close();
        store.close();
        metrics.close();
        LOG.info("stopped");
    }
}
