package io.erniegateway.connectors;

/**
 * A message that the bot has posted.
 *
 * @param chat where it stands
 * @param id the platform's id of it, a string that only the connector understands
 */
public record MessageRef(ChatId chat, String id) {}
