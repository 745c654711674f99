package io.erniegateway.connectors.simulated.telegram;

/**
 * A person with a Telegram account.
 *
 * @param id the user id, positive; also the id of the private chat with the bot
 * @param firstName as shown
 * @param language the app's language as an IETF tag, empty if it is not told
 */
public record SimulatedPerson(long id, String firstName, String language) {}
