package io.erniegateway.connectors.slack;

/**
 * Who we are in the workspace, by {@code auth.test}.
 *
 * @param userId {@code U…}, by which people mention the bot
 * @param botId {@code B…}, on every message of ours
 * @param teamId {@code T…}
 */
record SlackIdentity(String userId, String botId, String teamId) {}
