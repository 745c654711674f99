package io.erniegateway.connectors.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import io.erniegateway.connectors.ConnectorException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.methods.GetMe;
import org.telegram.telegrambots.meta.api.methods.botapimethods.PartialBotApiMethod;
import org.telegram.telegrambots.meta.api.methods.commands.SetMyCommands;
import org.telegram.telegrambots.meta.api.methods.updates.DeleteWebhook;
import org.telegram.telegrambots.meta.api.methods.updates.GetWebhookInfo;
import org.telegram.telegrambots.meta.api.methods.updates.SetWebhook;
import org.telegram.telegrambots.meta.api.objects.commands.BotCommand;

/** What is said to Telegram before the first update: who am I, how do you reach me, which commands do I have. */
final class Startup {
    private static final Logger log = LoggerFactory.getLogger(Startup.class);

    /** A network that comes up a moment after the gateway must not stop it; one that stays away must be told. */
    private static final int ATTEMPTS = 3;

    /** Telegram's default for {@code max_connections}; how many chats it calls for at once. */
    private static final int WEBHOOK_CONNECTIONS = 40;

    private static final List<BotCommand> ENGLISH = List.of(
            new BotCommand("start", "Say hello"),
            new BotCommand("help", "What I can do"),
            new BotCommand("new", "Forget this conversation and begin a new one"),
            new BotCommand("stop", "Stop the running answer"),
            new BotCommand("retry", "Answer my last message again"));

    private static final List<BotCommand> CHINESE = List.of(
            new BotCommand("start", "打个招呼"),
            new BotCommand("help", "我能做什么"),
            new BotCommand("new", "忘记当前对话，重新开始"),
            new BotCommand("stop", "停止正在生成的回答"),
            new BotCommand("retry", "重新回答上一条消息"));

    private final TelegramBot bot;
    private final BotApi api;
    private final Duration pause;

    Startup(TelegramBot bot, BotApi api, Duration pause) {
        this.bot = bot;
        this.api = api;
        this.pause = pause;
    }

    BotIdentity identity() {
        JsonNode me = must(new GetMe());
        if (!me.path("can_read_all_group_messages").asBoolean(true)) {
            log.info(
                    "bot {}: privacy mode is on, so in groups it hears commands and replies only; to let it hear mentions,"
                            + " turn privacy off with /setprivacy at @BotFather and add the bot to the group again",
                    bot.name());
        }
        return new BotIdentity(me.path("id").asLong(), me.path("username").asText(""));
    }

    /** Polling is refused while a webhook is set. What waits for the webhook is kept and then polled. */
    void removeWebhook() {
        if (!must(new GetWebhookInfo()).path("url").asText("").isEmpty()) {
            must(DeleteWebhook.builder().dropPendingUpdates(false).build());
            log.info("bot {}: removed the webhook that was set, since this bot polls", bot.name());
        }
    }

    void setWebhook(TelegramBot.Receive.Webhook webhook) {
        must(SetWebhook.builder()
                .url(address(webhook.publicUrl()))
                .secretToken(webhook.secret())
                .maxConnections(WEBHOOK_CONNECTIONS)
                .allowedUpdates(UpdateReader.ALLOWED_UPDATES)
                .build());
    }

    private String address(URI publicUrl) {
        String base = publicUrl.toString();
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + WebhookRoute.path(bot.name());
    }

    /** A bot without its menu still works, so a failure is only told. */
    void offerCommands() {
        offer(SetMyCommands.builder().commands(ENGLISH).build());
        offer(SetMyCommands.builder().commands(CHINESE).languageCode("zh").build());
    }

    private void offer(SetMyCommands commands) {
        if (api.call(commands) instanceof ApiAnswer.Failure failure) {
            log.warn(
                    "bot {}: the command menu could not be set ({})",
                    bot.name(),
                    Outcomes.refusal(failure).why());
        }
    }

    private JsonNode must(PartialBotApiMethod<?> method) {
        for (int attempt = 1; ; attempt++) {
            switch (api.call(method)) {
                case ApiAnswer.Ok ok -> {
                    return ok.result();
                }
                case ApiAnswer.Refused refused
                when refused.code() != ApiAnswer.TOO_MANY_REQUESTS -> throw refused(method, refused);
                case ApiAnswer.Failure failure -> {
                    String why = Outcomes.refusal(failure).why();
                    if (attempt == ATTEMPTS) {
                        throw new ConnectorException("bot '" + bot.name() + "': Telegram cannot be reached at "
                                + bot.apiBase().getHost() + " (" + why
                                + "); check the network, the proxy and the API base URL");
                    }
                    log.warn("bot {}: {} failed at start ({}); trying again", bot.name(), method.getMethod(), why);
                    rest(
                            failure instanceof ApiAnswer.Refused slow
                                            && slow.retryAfter().compareTo(pause) > 0
                                    ? slow.retryAfter()
                                    : pause.multipliedBy(attempt));
                }
            }
        }
    }

    private ConnectorException refused(PartialBotApiMethod<?> method, ApiAnswer.Refused refused) {
        String who = "bot '" + bot.name() + "': ";
        return switch (refused.code()) {
            case 401 ->
                new ConnectorException(
                        who + "Telegram does not accept the token; copy it again from @BotFather (/mybots, API Token)");
            case 404 ->
                new ConnectorException(
                        who + "nothing at " + bot.apiBase().getHost() + " answers like the Telegram Bot API"
                                + " (404); check the API base URL and its path, and that the token is whole");
            default ->
                new ConnectorException(who + "Telegram refuses " + method.getMethod() + ": " + refused.description());
        };
    }

    private void rest(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectorException("bot '" + bot.name() + "': the start was interrupted");
        }
    }
}
