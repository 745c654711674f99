package io.erniegateway.connectors.slack;

import static io.erniegateway.connectors.simulated.slack.SlackSimulator.ALICE;
import static io.erniegateway.connectors.simulated.slack.SlackSimulator.DIRECT;

import io.erniegateway.connectors.ConnectorContract;
import io.erniegateway.connectors.Inbox;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.simulated.SimulatedChats.Seen;
import io.erniegateway.connectors.simulated.slack.SlackFault;
import io.erniegateway.connectors.simulated.slack.SlackSimulator;
import io.erniegateway.connectors.simulated.slack.SlackTimes;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.RoutingHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Slack app and its workspace, in either way of receiving, with deliveries a good deal faster than Slack's. */
final class SlackStage implements ConnectorContract.Stage {

    /** Half a second for an acknowledgement, retries at once, after half a second and after two. */
    static final SlackTimes FAST = new SlackTimes(
            Duration.ofMillis(500),
            List.of(Duration.ZERO, Duration.ofMillis(500), Duration.ofSeconds(2)),
            Duration.ofMinutes(1),
            Duration.ofSeconds(2),
            Duration.ofMillis(500),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(2),
            Duration.ofHours(1));

    static final SocketPace BRISK = new SocketPace(
            Duration.ofMillis(50),
            Duration.ofMillis(400),
            Duration.ZERO,
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2));

    final SlackSimulator slack;
    final SlackConnector connector;
    private final @Nullable Undertow web;

    private SlackStage(SlackSimulator slack, SlackConnector connector, @Nullable Undertow web) {
        this.slack = slack;
        this.connector = connector;
        this.web = web;
    }

    static SlackStage socket() {
        SlackSimulator slack = new SlackSimulator(SlackSimulator.Setup.usual().with(FAST));
        SlackApp app = SlackApp.socket(
                        "ernie", slack.setup().botToken(), slack.setup().appToken())
                .at(slack.apiBase());
        return new SlackStage(slack, new SlackConnector(app, BRISK, Clock.systemUTC()), null);
    }

    static SlackStage http() {
        SlackSimulator slack = new SlackSimulator(SlackSimulator.Setup.usual().with(FAST));
        SlackApp app = SlackApp.http(
                        "ernie", slack.setup().botToken(), slack.setup().signingSecret())
                .at(slack.apiBase());
        SlackConnector connector = new SlackConnector(app, BRISK, Clock.systemUTC());
        RoutingHandler routes = Handlers.routing();
        connector.addRoutes(routes);
        Undertow web = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setIoThreads(2)
                .setHandler(routes)
                .build();
        web.start();
        SlackStage stage = new SlackStage(slack, connector, web);
        slack.sendEventsTo(stage.webBase());
        return stage;
    }

    SlackStage started(Inbox inbox) {
        connector.start(inbox);
        return this;
    }

    /** Where the connector's own routes are, in HTTP mode. */
    URI webBase() {
        if (web == null) {
            throw new IllegalStateException("this stage is in Socket Mode");
        }
        int port = ((InetSocketAddress) web.getListenerInfo().getFirst().getAddress()).getPort();
        return URI.create("http://127.0.0.1:" + port + "/slack/ernie");
    }

    @Override
    public SlackConnector connector() {
        return connector;
    }

    @Override
    public void personWrites(String text) {
        slack.write(DIRECT, "", ALICE, text);
    }

    @Override
    public List<String> botMessages() {
        return slack.messages(DIRECT).stream()
                .filter(Seen::fromBot)
                .map(Seen::text)
                .toList();
    }

    @Override
    public void messageVanishes(MessageRef message) {
        slack.delete(message.chat().room(), message.id());
    }

    @Override
    public boolean refuseNext(Duration retryAfter) {
        slack.failNext("chat.update", new SlackFault.TooMany(retryAfter));
        return true;
    }

    @Override
    public boolean failNext() {
        slack.failNext("chat.update", new SlackFault.Broken(503));
        return true;
    }

    @Override
    public void close() {
        connector.close();
        if (web != null) {
            web.stop();
        }
        slack.close();
    }
}
