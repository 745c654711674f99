package io.erniegateway.gateway;

import io.erniegateway.config.Settings;
import io.erniegateway.config.SettingsFile;
import io.erniegateway.config.Telegram;
import io.erniegateway.connectors.Limits;
import io.erniegateway.connectors.Limits.Budget;
import io.erniegateway.connectors.Limits.Rule;
import io.erniegateway.connectors.Limits.Scope;
import io.erniegateway.connectors.telegram.TelegramBot;
import io.erniegateway.connectors.telegram.TelegramConnector;
import io.erniegateway.connectors.telegram.TelegramLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The gateway as {@code serve} runs it, but for a Telegram without a limit for the whole bot. For the benchmark: what is
 * measured there is the gateway, not how it waits for Telegram.
 */
public final class UnlimitedGateway {
    private UnlimitedGateway() {}

    /** Arguments: the settings file, and the milliseconds between two edits of one chat. */
    public static void main(String[] arguments) throws InterruptedException {
        Settings settings = SettingsFile.load(Path.of(arguments[0]), System.getenv());
        Limits limits = limits(Duration.ofMillis(Long.parseLong(arguments[1])));
        Telegram bot = settings.telegram().getFirst();
        Gateway gateway = Gateway.assemble(
                settings,
                transcript -> List.of(new Bots.Wired(
                        new TelegramConnector(TelegramBot.polling(
                                        bot.name(), bot.baseUrl(), bot.token().value())
                                .withLimits(limits)),
                        bot.model(),
                        bot.mode())),
                event -> {},
                Pages::redirectToChat);
        gateway.start();
        gateway.health().awaitAll(Duration.ofMinutes(1));
        Main.say("ready");
        Main.waitForTheEnd(gateway);
    }

    private static Limits limits(Duration refill) {
        Limits usual = TelegramLimits.DEFAULT;
        List<Budget> budgets = usual.budgets().stream()
                .filter(budget -> budget.scope() != Scope.BOT)
                .map(budget -> budget.scope() == Scope.PRIVATE_ROOM
                        ? new Budget(budget.name(), budget.scope(), budget.kinds(), new Rule.Bucket(3, refill))
                        : budget)
                .toList();
        return new Limits(usual.maxSize(), usual.maxInbound(), budgets, usual.typingLasts());
    }
}
