package io.erniegateway.config;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One Telegram bot.
 *
 * @param name its name inside the gateway, 1 to 32 of a–z, 0–9 and {@code -}, unique among all bots
 * @param model a name of {@link Settings#models()}
 * @param token BotFather's token; empty: the bot is configured but off
 * @param baseUrl the Bot API server
 * @param receive how updates arrive
 * @param publicUrl for {@link Receive#WEBHOOK}: the https address under which Telegram reaches this gateway
 * @param webhookSecret for {@link Receive#WEBHOOK}: 1 to 256 of A–Z, a–z, 0–9, {@code _} and {@code -}; Telegram sends
 *     it with every update, and what comes without it is refused
 * @param mode how a growing answer is shown
 */
public record Telegram(
        String name,
        String model,
        Secret token,
        URI baseUrl,
        Receive receive,
        @Nullable URI publicUrl,
        Secret webhookSecret,
        Mode mode) {

    public enum Receive {
        /** The gateway asks Telegram; needs no public address. */
        POLLING,
        /** Telegram calls the gateway. */
        WEBHOOK
    }

    /** Whether there is a token to work with. */
    public boolean isOn() {
        return !token.isEmpty();
    }
}
