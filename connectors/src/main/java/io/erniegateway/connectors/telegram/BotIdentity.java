package io.erniegateway.connectors.telegram;

/** Who the bot is on Telegram, from getMe: its user id, and its username without the {@code @}. */
record BotIdentity(long id, String username) {}
