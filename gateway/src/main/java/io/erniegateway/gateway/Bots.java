package io.erniegateway.gateway;

import io.erniegateway.config.Mode;
import io.erniegateway.config.Settings;
import io.erniegateway.config.Slack;
import io.erniegateway.config.Telegram;
import io.erniegateway.connectors.Connector;
import io.erniegateway.connectors.ConnectorException;
import io.erniegateway.connectors.slack.SlackApp;
import io.erniegateway.connectors.slack.SlackConnector;
import io.erniegateway.connectors.telegram.TelegramBot;
import io.erniegateway.connectors.telegram.TelegramConnector;
import io.erniegateway.connectors.web.Transcript;
import io.erniegateway.connectors.web.WebChat;
import io.erniegateway.connectors.web.WebConnector;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the connectors that the settings ask for. A platform is added by a package and a line here. */
final class Bots {
    private static final Logger LOG = LoggerFactory.getLogger(Bots.class);

    private Bots() {}

    /**
     * A bot and what answers for it.
     *
     * @param model a name of the settings' models
     * @param mode how a growing answer is shown
     */
    record Wired(Connector connector, String model, Mode mode) {}

    static List<Wired> from(Settings settings, Transcript transcript) {
        List<Wired> bots = new ArrayList<>();
        if (settings.web().enabled()) {
            WebChat chat = new WebChat(settings.web().name(), settings.web().title());
            bots.add(
                    // The page takes every character as it comes; there is nothing to choose.
                    new Wired(new WebConnector(chat, transcript), settings.web().model(), Mode.AUTO));
        }
        for (Telegram telegram : settings.telegram()) {
            if (telegram.isOn()) {
                bots.add(new Wired(telegram(telegram), telegram.model(), telegram.mode()));
            } else {
                LOG.info("Telegram bot '{}' is off: it has no token (TELEGRAM_BOT_TOKEN)", telegram.name());
            }
        }
        for (Slack slack : settings.slack()) {
            if (slack.isOn()) {
                bots.add(new Wired(slack(slack), slack.model(), slack.mode()));
            } else {
                LOG.info("Slack app '{}' is off: it has no token (SLACK_BOT_TOKEN, SLACK_APP_TOKEN)", slack.name());
            }
        }
        if (bots.isEmpty()) {
            throw new StartException("No bot is on: enable web, or give a Telegram or Slack bot its token.");
        }
        return bots;
    }

    /** The bots that would run with these settings. */
    static List<String> namesOn(Settings settings) {
        List<String> names = new ArrayList<>();
        if (settings.web().enabled()) {
            names.add(settings.web().name());
        }
        settings.telegram().stream().filter(Telegram::isOn).map(Telegram::name).forEach(names::add);
        settings.slack().stream().filter(Slack::isOn).map(Slack::name).forEach(names::add);
        return names;
    }

    private static Connector telegram(Telegram bot) {
        try {
            TelegramBot telegram = switch (bot.receive()) {
                case POLLING ->
                    TelegramBot.polling(bot.name(), bot.baseUrl(), bot.token().value());
                case WEBHOOK ->
                    TelegramBot.webhook(
                            bot.name(),
                            bot.baseUrl(),
                            bot.token().value(),
                            // The settings are checked: a webhook has its address.
                            Objects.requireNonNullElse(bot.publicUrl(), URI.create("")),
                            bot.webhookSecret().value());
            };
            return new TelegramConnector(bot.mode() == Mode.NATIVE ? telegram.withDrafts() : telegram);
        } catch (ConnectorException e) {
            throw new StartException("telegram '" + bot.name() + "': " + e.getMessage(), e);
        }
    }

    private static Connector slack(Slack app) {
        try {
            String token = app.botToken().value();
            SlackApp slackApp = switch (app.receive()) {
                case SOCKET -> SlackApp.socket(app.name(), token, app.appToken().value());
                case HTTP ->
                    SlackApp.http(app.name(), token, app.signingSecret().value());
            };
            slackApp = slackApp.at(app.baseUrl());
            slackApp = app.mode() == Mode.EDIT ? slackApp.withoutStreams() : slackApp;
            return new SlackConnector(
                    app.threadsInDirectMessages() ? slackApp : slackApp.withoutThreadsInDirectMessages());
        } catch (IllegalArgumentException e) {
            throw new StartException("slack '" + app.name() + "': " + e.getMessage(), e);
        }
    }
}
