package io.erniegateway.config;

import java.net.URI;

/**
 * One Slack app in one workspace.
 *
 * @param name its name inside the gateway, 1 to 32 of a–z, 0–9 and {@code -}, unique among all bots
 * @param model a name of {@link Settings#models()}
 * @param botToken {@code xoxb-…}; empty: the bot is configured but off
 * @param appToken {@code xapp-…}, opens the socket of {@link Receive#SOCKET}
 * @param signingSecret proves that a call of {@link Receive#HTTP} is Slack's
 * @param baseUrl the Web API, ends with {@code /}
 * @param receive how events arrive
 * @param threadsInDirectMessages whether a direct message at top level begins a conversation of its own, answered in its
 *     thread, as Slack shows an app with the {@code agent_view} feature; false: a direct message is one flowing chat
 * @param mode how a growing answer is shown
 */
public record Slack(
        String name,
        String model,
        Secret botToken,
        Secret appToken,
        Secret signingSecret,
        URI baseUrl,
        Receive receive,
        boolean threadsInDirectMessages,
        Mode mode) {

    public enum Receive {
        /** Socket Mode: the gateway opens a WebSocket; needs no public address. */
        SOCKET,
        /** The Events API: Slack calls the gateway. */
        HTTP
    }

    /** Whether there is a token to work with. */
    public boolean isOn() {
        return !botToken.isEmpty();
    }
}
