package io.erniegateway.connectors.slack;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * One Slack app, installed in one workspace.
 *
 * @param name the name of the bot inside the gateway; also part of the HTTP paths, so letters, digits and {@code ._-}
 * @param apiBase where the Web API is, with any path prefix; {@link #SLACK} unless a proxy or a simulator stands there
 * @param botToken the Bot User OAuth Token, {@code xoxb-…}
 * @param receive how events reach the gateway
 * @param threadsInDirectMessages whether a direct message at top level begins a conversation of its own, answered in
 *     its thread. That is how Slack shows an app with the {@code agent_view} feature (docs.slack.dev {@code
 *     ai/agent-sessions}), and the manifest we ship has it, so it is the default. An app without {@code agent_view}
 *     should set it to false: there a direct message is one flowing chat, and threads would hide the answers.
 * @param streams whether answers in threads may be streamed natively ({@code chat.startStream}); where Slack refuses
 *     that they are edited all the same
 */
public record SlackApp(
        String name, URI apiBase, String botToken, Receive receive, boolean threadsInDirectMessages, boolean streams) {

    /** The Web API of Slack itself. */
    public static final URI SLACK = URI.create("https://slack.com/api/");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    /** What can stand in an HTTP header; a token with a blank or a line break in it was copied wrongly. */
    private static final Pattern SECRET = Pattern.compile("[\\x21-\\x7E]{1,1024}");

    /** How events reach the gateway. */
    public sealed interface Receive {

        /**
         * Over WebSockets that the gateway opens; needs no public address.
         *
         * @param appToken the app-level token with the scope {@code connections:write}, {@code xapp-…}
         */
        record Socket(String appToken) implements Receive {
            public Socket {
                requireSecret(appToken, "app-level token");
                if (appToken.startsWith("xoxb-")) {
                    throw new IllegalArgumentException("the app-level token of a Slack app begins with xapp-,"
                            + " this one is a bot token: create it under Basic Information, App-Level Tokens");
                }
            }

            @Override
            public String toString() {
                return "Socket[appToken=***]";
            }
        }

        /**
         * Over signed HTTP requests to the gateway's own web server.
         *
         * @param signingSecret from the app's Basic Information page
         */
        record Http(String signingSecret) implements Receive {
            public Http {
                requireSecret(signingSecret, "signing secret");
            }

            @Override
            public String toString() {
                return "Http[signingSecret=***]";
            }
        }
    }

    public SlackApp {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "the name of a Slack bot has 1 to 64 letters, digits, dots, dashes or underscores");
        }
        String scheme = apiBase.getScheme();
        if (apiBase.getHost() == null || !("https".equals(scheme) || "http".equals(scheme))) {
            throw new IllegalArgumentException("the API address of Slack bot '" + name + "' is no http(s) address");
        }
        if (apiBase.getRawUserInfo() != null) {
            // It would be printed wherever the address is.
            throw new IllegalArgumentException("the API address of Slack bot '" + name + "' holds a user or password");
        }
        requireSecret(botToken, "bot token");
        if (botToken.startsWith("xapp-")) {
            throw new IllegalArgumentException("the bot token of a Slack app begins with xoxb-, this one is an"
                    + " app-level token: copy the one under OAuth & Permissions");
        }
        apiBase = apiBase.toString().endsWith("/") ? apiBase : URI.create(apiBase + "/");
    }

    /** An app with our manifest that receives over WebSockets. */
    public static SlackApp socket(String name, String botToken, String appToken) {
        return new SlackApp(name, SLACK, botToken, new Receive.Socket(appToken), true, true);
    }

    /** An app with our manifest that receives over signed HTTP requests. */
    public static SlackApp http(String name, String botToken, String signingSecret) {
        return new SlackApp(name, SLACK, botToken, new Receive.Http(signingSecret), true, true);
    }

    /** The same app at another address. */
    public SlackApp at(URI otherBase) {
        return new SlackApp(name, otherBase, botToken, receive, threadsInDirectMessages, streams);
    }

    /** The same app, with direct messages as one flowing chat. */
    public SlackApp withoutThreadsInDirectMessages() {
        return new SlackApp(name, apiBase, botToken, receive, false, streams);
    }

    /** The same app, with answers that are only ever edited. */
    public SlackApp withoutStreams() {
        return new SlackApp(name, apiBase, botToken, receive, threadsInDirectMessages, false);
    }

    @Override
    public String toString() {
        return "SlackApp[name=" + name + ", apiBase=" + apiBase + ", botToken=***, receive=" + receive
                + ", threadsInDirectMessages=" + threadsInDirectMessages + ", streams=" + streams + "]";
    }

    private static void requireSecret(String secret, String what) {
        if (!SECRET.matcher(secret).matches()) {
            throw new IllegalArgumentException("the " + what + " of a Slack app is empty or holds blanks, line breaks"
                    + " or characters beyond ASCII: copy it again");
        }
    }
}
