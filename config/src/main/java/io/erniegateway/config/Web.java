package io.erniegateway.config;

/**
 * The built-in chat page.
 *
 * @param enabled whether it is served
 * @param name the bot's name inside the gateway, 1 to 32 of a–z, 0–9 and {@code -}, unique among all bots
 * @param title the page's heading, 1 to 100 characters
 * @param model a name of {@link Settings#models()}
 */
public record Web(boolean enabled, String name, String title, String model) {}
