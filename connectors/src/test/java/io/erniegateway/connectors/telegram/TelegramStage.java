package io.erniegateway.connectors.telegram;

import io.erniegateway.connectors.Connector;
import io.erniegateway.connectors.ConnectorContract;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.simulated.SimulatedChats.Seen;
import io.erniegateway.connectors.simulated.telegram.Faults.Fault;
import io.erniegateway.connectors.simulated.telegram.FloodRules;
import io.erniegateway.connectors.simulated.telegram.TelegramSimulator;
import io.erniegateway.connectors.simulated.telegram.TelegramWorld;
import io.undertow.Undertow;
import io.undertow.server.RoutingHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import okhttp3.Interceptor;

/** A simulated Telegram and a connector that speaks to it. */
final class TelegramStage implements ConnectorContract.Stage {

    /** Tests are about something else than waiting. */
    static final FloodRules ROOMY = new FloodRules(
            1000,
            Duration.ofMillis(1),
            1000,
            Duration.ofSeconds(1),
            1000,
            Duration.ofSeconds(1),
            Duration.ZERO,
            Duration.ZERO);

    static final TelegramWorld WORLD = TelegramWorld.DEFAULT.withFlood(ROOMY).withWebhookPause(Duration.ofMillis(20));

    static final UpdateLoop.Pace BRISK = new UpdateLoop.Pace(
            Duration.ofSeconds(20), Duration.ofMillis(20), Duration.ofMillis(200), Duration.ofMillis(100));

    /** What a call in process takes to arrive, and its answer. */
    static final Duration ONE_WAY = Duration.ofMillis(1);

    static final String SECRET = "a-Secret_1";

    final TelegramSimulator telegram;
    final TelegramConnector connector;
    private final Runnable closing;

    private TelegramStage(TelegramSimulator telegram, TelegramConnector connector, Runnable closing) {
        this.telegram = telegram;
        this.connector = connector;
        this.closing = closing;
    }

    static TelegramStage polling() {
        return polling(WORLD);
    }

    static TelegramStage polling(TelegramWorld world) {
        TelegramSimulator telegram = TelegramSimulator.start(world);
        return new TelegramStage(telegram, new TelegramConnector(bot(telegram), BRISK), telegram::close);
    }

    /** With drafts, over HTTP. */
    static TelegramStage drafting(TelegramWorld world) {
        TelegramSimulator telegram = TelegramSimulator.start(world);
        return new TelegramStage(telegram, new TelegramConnector(bot(telegram).withDrafts(), BRISK), telegram::close);
    }

    /** With drafts, without a network. */
    static TelegramStage inProcess(TelegramWorld world) {
        TelegramSimulator telegram = TelegramSimulator.inProcess(world);
        Interceptor wire = telegram.wire(ONE_WAY, ONE_WAY);
        return new TelegramStage(
                telegram, new TelegramConnector(bot(telegram).withDrafts(), BRISK, wire), telegram::close);
    }

    private static TelegramBot bot(TelegramSimulator telegram) {
        return TelegramBot.polling("bot", telegram.apiBase(), telegram.token());
    }

    static TelegramStage webhook() {
        return webhook(WORLD);
    }

    static TelegramStage webhook(TelegramWorld world) {
        TelegramSimulator telegram = TelegramSimulator.start(world);
        RoutingHandler routes = new RoutingHandler();
        Undertow server =
                Undertow.builder().addHttpListener(0, "127.0.0.1", routes).build();
        server.start();
        TelegramBot bot = TelegramBot.webhook("bot", telegram.apiBase(), telegram.token(), address(server), SECRET)
                .withDrafts();
        TelegramConnector connector = new TelegramConnector(bot, BRISK);
        connector.addRoutes(routes);
        return new TelegramStage(telegram, connector, () -> {
            telegram.close();
            server.stop();
        });
    }

    static URI address(Undertow server) {
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().getFirst().getAddress();
        return URI.create("http://127.0.0.1:" + address.getPort());
    }

    @Override
    public Connector connector() {
        return connector;
    }

    @Override
    public void personWrites(String text) {
        telegram.write(TelegramSimulator.WEI, "", TelegramSimulator.WEI, text);
    }

    @Override
    public List<String> botMessages() {
        return telegram.messages(TelegramSimulator.WEI).stream()
                .filter(Seen::fromBot)
                .map(Seen::text)
                .toList();
    }

    @Override
    public void messageVanishes(MessageRef message) {
        telegram.delete(message.chat().room(), message.id());
    }

    @Override
    public boolean refuseNext(Duration retryAfter) {
        telegram.faults().next(new Fault.TooManyRequests(retryAfter));
        return true;
    }

    @Override
    public boolean failNext() {
        telegram.faults().next(new Fault.ServerError(502, false));
        return true;
    }

    @Override
    public void close() {
        closing.run();
    }
}
