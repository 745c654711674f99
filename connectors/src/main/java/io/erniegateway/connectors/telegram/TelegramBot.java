package io.erniegateway.connectors.telegram;

import io.erniegateway.connectors.ConnectorException;
import io.erniegateway.connectors.Limits;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * What the operator sets for one Telegram bot.
 *
 * @param name the bot's name in this gateway, for logs, keys and the webhook's path
 * @param apiBase where the Bot API is: {@link #CLOUD}, a local Bot API server, a reverse proxy with a path, or a simulator
 * @param token the token from BotFather; never shown by {@link #toString()}
 * @param receive how updates arrive
 * @param limits the limits the gateway plans with; {@link TelegramLimits#DEFAULT} unless the operator knows better
 * @param drafts whether answers in private chats may be shown as drafts while they are written (sendMessageDraft). Not by
 *     itself: Telegram's Android app locks the reader's own input as long as a draft is shown
 */
public record TelegramBot(String name, URI apiBase, String token, Receive receive, Limits limits, boolean drafts) {

    /** Telegram's own servers. */
    public static final URI CLOUD = URI.create("https://api.telegram.org");

    /** It becomes a path segment, so nothing that could change the path may be in it. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_:-]{1,256}");

    private static final Pattern PATH_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** Checks the settings: a {@link ConnectorException} tells the operator which of them cannot work, and why. */
    public TelegramBot {
        if (name.isBlank()) {
            throw new ConnectorException("a Telegram bot has no name: give it one");
        }
        if (!TOKEN.matcher(token).matches()) {
            throw new ConnectorException(
                    "bot '" + name + "': the Telegram token is empty or has characters that no token"
                            + " has; copy it from @BotFather, it looks like 123456789:AbC-dEf");
        }
        if (!isWeb(apiBase) || apiBase.getRawQuery() != null || apiBase.getRawFragment() != null) {
            throw new ConnectorException("bot '" + name
                    + "': the Telegram API base must be an http or https URL without" + " query, for example " + CLOUD);
        }
        if (receive instanceof Receive.Webhook webhook) {
            check(name, webhook);
        }
    }

    /** A bot that asks for its updates, with the default limits. */
    public static TelegramBot polling(String name, URI apiBase, String token) {
        return new TelegramBot(name, apiBase, token, new Receive.Polling(), TelegramLimits.DEFAULT, false);
    }

    /** A bot that Telegram calls, with the default limits. */
    public static TelegramBot webhook(String name, URI apiBase, String token, URI publicUrl, String secret) {
        return new TelegramBot(
                name, apiBase, token, new Receive.Webhook(publicUrl, secret), TelegramLimits.DEFAULT, false);
    }

    /** The same bot with other limits. */
    public TelegramBot withLimits(Limits other) {
        return new TelegramBot(name, apiBase, token, receive, other, drafts);
    }

    /** The same bot, which may show drafts. */
    public TelegramBot withDrafts() {
        return new TelegramBot(name, apiBase, token, receive, limits, true);
    }

    @Override
    public String toString() {
        return "TelegramBot[name=" + name + ", apiBase=" + apiBase.getScheme() + "://" + apiBase.getHost()
                + ", token=***," + " receive=" + receive + "]";
    }

    /** How updates arrive. */
    public sealed interface Receive {

        /** The gateway asks Telegram (getUpdates). Needs no public address; only one gateway may ask. */
        record Polling() implements Receive {}

        /**
         * Telegram calls the gateway.
         *
         * @param publicUrl where the gateway's web server is seen from outside; {@code /telegram/<bot name>} is appended.
         *     Telegram takes HTTPS on ports 443, 80, 88 and 8443; a local Bot API server takes anything
         * @param secret sent back by Telegram in a header with each update: 1 to 256 of {@code A-Z a-z 0-9 _ -}
         */
        record Webhook(URI publicUrl, String secret) implements Receive {

            /** setWebhook's own rule for {@code secret_token}. */
            private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{1,256}");

            @Override
            public String toString() {
                return "Webhook[publicUrl=" + publicUrl + ", secret=***]";
            }
        }
    }

    private static void check(String name, Receive.Webhook webhook) {
        if (!PATH_NAME.matcher(name).matches()) {
            throw new ConnectorException(
                    "bot '" + name + "': with a webhook the name is part of a URL; use letters, digits,"
                            + " dot, dash and underscore only");
        }
        if (!isWeb(webhook.publicUrl())) {
            throw new ConnectorException("bot '" + name
                    + "': the webhook's public URL must begin with https:// (http:// for a local server)");
        }
        if (!Receive.Webhook.SECRET.matcher(webhook.secret()).matches()) {
            throw new ConnectorException(
                    "bot '" + name + "': the webhook's secret must have 1 to 256 of the characters A-Z a-z 0-9 _ -");
        }
    }

    private static boolean isWeb(URI uri) {
        return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme())) && uri.getHost() != null;
    }
}
