package io.erniegateway.connectors.simulated.telegram;

import java.time.Duration;

/**
 * Telegram's flood limits. Sends and edits draw from the same budgets.
 *
 * <p>What a draft counts against is not documented; it is refused with 429 like anything else. Here it draws from the
 * bot's budget, as a typing sign does (to the server it is one), and from a budget of its own in its chat, of the same
 * shape as the private chat's: that figure is our cautious choice. A penalty, once there, holds in its chat for messages
 * and drafts alike (a bot that went on with edits after a refused draft was silenced for minutes: hermes-agent issue
 * 53865).
 *
 * @param privateBurst calls at once in one private chat
 * @param privateRefill the time in which one of them comes back
 * @param groupCalls calls in any {@code groupWindow} in one group
 * @param botCalls calls in any {@code botWindow} over all chats, typing signs and drafts included
 * @param absorbed waits up to this are served by answering late, as the official server does for bots (8 s); longer ones
 *     are answered 429. Zero: every wait is a 429
 * @param absorbedSigns the same for typing signs and drafts (2 s)
 */
public record FloodRules(
        int privateBurst,
        Duration privateRefill,
        int groupCalls,
        Duration groupWindow,
        int botCalls,
        Duration botWindow,
        Duration absorbed,
        Duration absorbedSigns) {

    /** The FAQ's numbers, and the hidden wait of NetQueryCreator.cpp. */
    public static final FloodRules OFFICIAL = new FloodRules(
            3,
            Duration.ofSeconds(1),
            20,
            Duration.ofMinutes(1),
            30,
            Duration.ofSeconds(1),
            Duration.ofSeconds(8),
            Duration.ofSeconds(2));

    /** The same without the hidden wait: whoever is too fast is told at once. */
    public FloodRules telling() {
        return new FloodRules(
                privateBurst,
                privateRefill,
                groupCalls,
                groupWindow,
                botCalls,
                botWindow,
                Duration.ZERO,
                Duration.ZERO);
    }
}
