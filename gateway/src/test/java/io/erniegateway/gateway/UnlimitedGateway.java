package io.erniegateway.gateway;

import io.erniegateway.config.Settings;
import io.erniegateway.config.SettingsFile;
import io.erniegateway.config.Telegram;
import io.erniegateway.connectors.Limits;
import io.erniegateway.connectors.telegram.TelegramBot;
import io.erniegateway.connectors.telegram.TelegramConnector;
import io.erniegateway.connectors.telegram.TelegramLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The gateway as {@code serve} runs it, but for a Telegram without limits. For the benchmark: what is
 * measured there is the gateway, not how it waits for Telegram.
 */
public final class UnlimitedGateway {
    private UnlimitedGateway() {}

    /** One argument: the settings file. */
    public static void main(String[] arguments) throws InterruptedException {
        Settings settings = SettingsFile.load(Path.of(arguments[0]), System.getenv());
        Telegram bot = settings.telegram().getFirst();
        Gateway gateway = Gateway.assemble(
                settings,
                transcript -> List.of(new Bots.Wired(
                        new TelegramConnector(TelegramBot.polling(
                                        bot.name(), bot.baseUrl(), bot.token().value())
                                .withLimits(withoutLimits())),
                        bot.model(),
                        bot.mode())),
                event -> {},
                Pages::redirectToChat);
        gateway.start();
        gateway.health().awaitAll(Duration.ofMinutes(1));
        Main.say("ready");
        Main.waitForTheEnd(gateway);
    }

    private static Limits withoutLimits() {
        Limits usual = TelegramLimits.DEFAULT;
        return new Limits(usual.maxSize(), usual.maxInbound(), List.of(), usual.typingLasts());
    }
}
