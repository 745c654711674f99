package io.erniegateway.connectors.simulated.telegram;

import io.erniegateway.connectors.simulated.SimulatedTime;
import java.time.Duration;

/**
 * What a simulated Telegram consists of.
 *
 * @param port to listen on at 127.0.0.1, 0 for any free one
 * @param token the one token that is accepted
 * @param botId the bot's user id
 * @param username the bot's username, without the {@code @}
 * @param readsAll whether the bot sees everything in groups (privacy mode off); else commands for it and replies to it
 * @param flood the limits
 * @param time the time the limits are measured in
 * @param webhookPause the second pause before a webhook call is repeated (the first is none); doubled each time. 2 s
 *     in the official server
 * @param drafts whether the server is new enough to know sendMessageDraft (Bot API 9.3)
 */
public record TelegramWorld(
        int port,
        String token,
        long botId,
        String username,
        boolean readsAll,
        FloodRules flood,
        SimulatedTime time,
        Duration webhookPause,
        boolean drafts) {

    /** The official limits in real time; the bot reads everything in groups. */
    public static final TelegramWorld DEFAULT = new TelegramWorld(
            0,
            "110201543:SIMULATED-bot-token-not-secret",
            110201543L,
            "ernie_test_bot",
            true,
            FloodRules.OFFICIAL,
            SimulatedTime.real(),
            Duration.ofSeconds(2),
            true);

    public TelegramWorld withPort(int other) {
        return new TelegramWorld(other, token, botId, username, readsAll, flood, time, webhookPause, drafts);
    }

    public TelegramWorld withFlood(FloodRules other) {
        return new TelegramWorld(port, token, botId, username, readsAll, other, time, webhookPause, drafts);
    }

    public TelegramWorld withTime(SimulatedTime other) {
        return new TelegramWorld(port, token, botId, username, readsAll, flood, other, webhookPause, drafts);
    }

    public TelegramWorld withWebhookPause(Duration other) {
        return new TelegramWorld(port, token, botId, username, readsAll, flood, time, other, drafts);
    }

    /** With privacy mode on, as @BotFather creates bots. */
    public TelegramWorld withPrivacy() {
        return new TelegramWorld(port, token, botId, username, false, flood, time, webhookPause, drafts);
    }

    /** A Bot API server of before sendMessageDraft, as operators run them themselves. */
    public TelegramWorld withoutDrafts() {
        return new TelegramWorld(port, token, botId, username, readsAll, flood, time, webhookPause, false);
    }
}
