package io.erniegateway.gateway;

import io.erniegateway.config.Model;
import io.erniegateway.config.Secret;
import io.erniegateway.config.Server;
import io.erniegateway.config.Settings;
import io.erniegateway.config.Slack;
import io.erniegateway.config.Store;
import io.erniegateway.config.Telegram;
import io.erniegateway.connectors.simulated.slack.SlackSimulator;
import io.erniegateway.connectors.simulated.telegram.TelegramSimulator;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.simulated.ErnieSimulator;
import io.erniegateway.ernie.simulated.SimulatorOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Everything the gateway speaks to in the demo: simulators on loopback, over real HTTP and WebSockets. */
final class DemoPlatforms implements AutoCloseable {
    private final ErnieSimulator ernie;
    private final TelegramSimulator telegram;
    private final SlackSimulator slack;

    DemoPlatforms(SimulatorOptions options) {
        this.ernie = ErnieSimulator.start(options);
        this.telegram = TelegramSimulator.start();
        this.slack = new SlackSimulator();
    }

    ErnieSimulator ernie() {
        return ernie;
    }

    TelegramSimulator telegram() {
        return telegram;
    }

    SlackSimulator slack() {
        return slack;
    }

    /** The shipped settings with nothing changed but where the services are, and how long a stop may take. */
    Settings settings(int port, Path database, Duration shutdownGrace) {
        Settings shipped = Settings.defaults();
        return new Settings(
                new Server(shipped.server().host(), port, shutdownGrace),
                new Store(database),
                Map.of("default", model(shipped.model("default"))),
                shipped.conversation(),
                shipped.delivery(),
                shipped.web(),
                List.of(telegram(shipped.telegram().getFirst())),
                List.of(slack(shipped.slack().getFirst())));
    }

    private Model model(Model shipped) {
        return shipped.at(
                URI.create(ernie.baseUrl(Dialect.QIANFAN_V2)),
                SimulatorOptions.DEMO_MODEL,
                new Secret(SimulatorOptions.defaults().apiKey()));
    }

    private Telegram telegram(Telegram shipped) {
        return new Telegram(
                shipped.name(),
                shipped.model(),
                new Secret(telegram.token()),
                telegram.apiBase(),
                shipped.receive(),
                shipped.publicUrl(),
                shipped.webhookSecret(),
                shipped.mode());
    }

    private Slack slack(Slack shipped) {
        return new Slack(
                shipped.name(),
                shipped.model(),
                new Secret(slack.setup().botToken()),
                new Secret(slack.setup().appToken()),
                shipped.signingSecret(),
                slack.apiBase(),
                shipped.receive(),
                shipped.threadsInDirectMessages(),
                shipped.mode());
    }

    @Override
    public void close() {
        slack.close();
        telegram.close();
        ernie.close();
    }
}
