package io.erniegateway.gateway;

import io.erniegateway.config.Settings;
import io.erniegateway.connectors.simulated.slack.SlackSimulator;
import io.erniegateway.connectors.simulated.telegram.TelegramSimulator;
import io.erniegateway.connectors.web.WebChat;
import io.erniegateway.ernie.simulated.SimulatorOptions;
import io.erniegateway.gateway.demo.DemoRoutes;
import io.erniegateway.gateway.demo.DemoWindow;
import io.erniegateway.gateway.demo.DemoWindow.Look;
import io.erniegateway.gateway.events.GatewayEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The gateway as shipped, with simulators where the services would be, and a page that shows all three chats. */
final class Demo implements AutoCloseable {
    /** A person who stops the demo does not want to wait for a scripted answer. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final DemoPlatforms platforms;
    private final DemoRoutes routes;
    private final Gateway gateway;

    /**
     * Everything but the start.
     *
     * @param port the web server's, 0 for any
     * @param database a file that is made if it is not there
     * @param model what the simulated ERNIE is like
     */
    Demo(int port, Path database, SimulatorOptions model) {
        this.platforms = new DemoPlatforms(model);
        Settings settings = platforms.settings(port, database, GRACE);
        this.routes = new DemoRoutes(
                List.of(
                        new DemoWindow(
                                "telegram",
                                "Telegram",
                                Look.TELEGRAM,
                                settings.telegram().getFirst().name(),
                                platforms.telegram(),
                                TelegramSimulator.WEI,
                                TelegramSimulator.WEI,
                                false),
                        new DemoWindow(
                                "slack",
                                "Slack",
                                Look.SLACK,
                                settings.slack().getFirst().name(),
                                platforms.slack(),
                                SlackSimulator.DIRECT,
                                SlackSimulator.ALICE,
                                true)),
                new WebChat(settings.web().name(), settings.web().title()),
                List.of(new DemoRoutes.Link("Health", "/health/ready"), new DemoRoutes.Link("Metrics", "/metrics")));
        this.gateway = Gateway.assemble(settings, this::watch, routes::addTo);
    }

    private void watch(GatewayEvent event) {
        switch (event) {
            case GatewayEvent.TextShown shown ->
                routes.meter().shown(shown.bot(), shown.lag().toMillis());
            case GatewayEvent.Called called ->
                routes.meter().call(called.bot(), called.result() == GatewayEvent.Called.Result.SLOW_DOWN);
            case GatewayEvent.Arrived arrived -> {}
            case GatewayEvent.PostInDoubt doubt -> {}
            case GatewayEvent.LimitLearned learned -> {}
            case GatewayEvent.AnswerLost lost -> {}
            case GatewayEvent.ModelStarted started -> {}
            case GatewayEvent.TurnEnded ended -> {}
            case GatewayEvent.ModelFailed failed -> {}
        }
    }

    int start() {
        return gateway.start();
    }

    /** Waits until every bot runs, or the time is over. */
    void awaitBots(Duration longest) throws InterruptedException {
        gateway.health().awaitAll(longest);
    }

    Health health() {
        return gateway.health();
    }

    DemoPlatforms platforms() {
        return platforms;
    }

    @Override
    public void close() {
        routes.close();
        gateway.close();
        platforms.close();
    }
}
