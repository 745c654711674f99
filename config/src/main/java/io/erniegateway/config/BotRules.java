package io.erniegateway.config;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What must hold between a bot's fields, between bots, and between bots and models. */
final class BotRules {
    /** What BotFather gives: the bot's number, a colon, the key. */
    private static final Pattern TELEGRAM_TOKEN = Pattern.compile("[0-9]{1,20}:[A-Za-z0-9_-]+");

    /** Bot API, setWebhook, {@code secret_token}. */
    private static final Pattern WEBHOOK_SECRET = Pattern.compile("[A-Za-z0-9_-]{1,256}");

    /** The ports Telegram's servers call; -1 stands for the scheme's own port, 443. */
    private static final Set<Integer> TELEGRAM_PORTS = Set.of(-1, 443, 80, 88, 8443);

    private final Map<String, String> names = new HashMap<>();
    private final Map<Secret, String> tokens = new HashMap<>();
    private Set<String> models = Set.of();

    /** Which models there are; to be told before the bots. */
    void models(Set<String> known) {
        models = known;
    }

    void web(Section at, Web web) {
        common(at, web.name(), web.model());
    }

    void telegram(Section at, Telegram bot) {
        common(at, bot.name(), bot.model());
        if (bot.isOn() && !TELEGRAM_TOKEN.matcher(bot.token().value()).matches()) {
            at.fault("token", "is not a bot token; write it as BotFather gives it: a number, a colon, a key");
        }
        ownToken(at, "token", bot.token(), bot.name());
        if (bot.receive() == Telegram.Receive.WEBHOOK) {
            webhook(at, bot);
        }
    }

    private static void webhook(Section at, Telegram bot) {
        URI url = bot.publicUrl();
        if (!at.sound("public-url")) {
            // Said already.
        } else if (url == null) {
            at.fault(
                    "public-url",
                    "is missing; \"receive: webhook\" needs the https address under which Telegram"
                            + " reaches this gateway");
        } else if (!"https".equalsIgnoreCase(url.getScheme())) {
            at.fault("public-url", "is not https; Telegram calls https addresses only");
        } else if (!TELEGRAM_PORTS.contains(url.getPort())) {
            at.fault("public-url", "has port " + url.getPort() + "; Telegram calls 443, 80, 88 and 8443 only");
        }
        if (!at.sound("webhook-secret")) {
            return;
        }
        if (bot.webhookSecret().isEmpty()) {
            at.fault(
                    "webhook-secret",
                    "is missing; \"receive: webhook\" needs a secret of your own making, so that"
                            + " nobody else can post updates");
        } else if (!WEBHOOK_SECRET.matcher(bot.webhookSecret().value()).matches()) {
            at.fault(
                    "webhook-secret",
                    "holds a character Telegram does not take; write 1 to 256 of A-Z, a-z, 0-9," + " \"_\" and \"-\"");
        }
    }

    void slack(Section at, Slack bot) {
        common(at, bot.name(), bot.model());
        if (bot.botToken().value().startsWith("xapp-")) {
            at.fault(
                    "bot-token",
                    "is an app-level token; write the one that begins with xoxb- here, and this one at" + " app-token");
        }
        if (bot.appToken().value().startsWith("xoxb-")) {
            at.fault(
                    "app-token",
                    "is a bot token; write the one that begins with xapp- here, and this one at" + " bot-token");
        }
        ownToken(at, "bot-token", bot.botToken(), bot.name());
        if (!at.sound("receive", "bot-token", "app-token", "signing-secret")) {
            return;
        }
        if (bot.receive() == Slack.Receive.HTTP && bot.signingSecret().isEmpty()) {
            at.fault(
                    "signing-secret",
                    "is missing; \"receive: http\" needs it to tell Slack's calls from others:"
                            + " copy it from the app's Basic Information page");
        }
        if (bot.receive() == Slack.Receive.SOCKET
                && bot.isOn()
                && bot.appToken().isEmpty()) {
            at.fault(
                    "app-token",
                    "is missing; \"receive: socket\" needs an app-level token (xapp-…) with the scope"
                            + " connections:write");
        }
    }

    private void common(Section at, String name, String model) {
        if (at.sound("name")) {
            String other = names.putIfAbsent(name, at.path());
            if (other != null) {
                at.fault("name", "\"" + name + "\" is the name of " + other + " too; write a name of its own");
            }
        }
        if (at.sound("model") && !models.contains(model)) {
            at.fault(
                    "model",
                    Faults.quoted(model) + " is not one of the models; " + Nearest.hint(model, List.copyOf(models)));
        }
    }

    /** Two bots on one token take each other's updates away. */
    private void ownToken(Section at, String key, Secret token, String name) {
        if (token.isEmpty() || !at.sound(key)) {
            return;
        }
        String other = tokens.putIfAbsent(token, at.path());
        if (other != null) {
            at.fault(key, "is the same as that of " + other + "; write the token of \"" + name + "\", or remove one");
        }
    }
}
