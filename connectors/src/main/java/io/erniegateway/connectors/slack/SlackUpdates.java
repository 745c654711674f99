package io.erniegateway.connectors.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.slack.api.app_backend.slash_commands.payload.SlashCommandPayload;
import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Inbound;
import io.erniegateway.connectors.Inbound.Address;
import io.erniegateway.connectors.Inbound.Keys;
import io.erniegateway.connectors.Inbound.Unreadable.Why;
import io.erniegateway.connectors.Person;
import io.erniegateway.connectors.slack.SlackUpdate.Arrived;
import io.erniegateway.connectors.slack.SlackUpdate.Challenge;
import io.erniegateway.connectors.slack.SlackUpdate.HeldBack;
import io.erniegateway.connectors.slack.SlackUpdate.Ignored;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pure translation of what Slack sends. The same for both ways of receiving: the {@code payload} of a Socket Mode
 * envelope is the body of an HTTP delivery.
 *
 * <p>A mention in a channel arrives twice, as {@code app_mention} and as {@code message}, with two event ids and one
 * {@code ts}, in any order. Both are translated into the same thing, with the same message key, so it does not matter
 * which of them the inbox drops.
 */
final class SlackUpdates {

    /**
     * The message subtypes that a person wrote. All others are about the channel, or about changes of messages: our own
     * edits come back as {@code message_changed}, and without any {@code bot_id} at the top.
     */
    private static final Set<String> WRITTEN = Set.of("", "file_share", "thread_broadcast", "me_message");

    private static final String SLACKBOT = "USLACKBOT";

    private final SlackApp app;
    private final SlackIdentity self;

    SlackUpdates(SlackApp app, SlackIdentity self) {
        this.app = app;
        this.self = self;
    }

    /** Translates an Events API payload. Total: what it does not understand is {@link Ignored}. */
    SlackUpdate parse(JsonNode payload) {
        String type = payload.path("type").asText();
        return switch (type) {
            case "event_callback" -> event(payload, payload.path("event"));
            case "url_verification" -> new Challenge(payload.path("challenge").asText());
            case "app_rate_limited" ->
                new HeldBack(payload.path("minute_rate_limited").asText());
            default -> new Ignored("payload type '" + printable(type) + "'");
        };
    }

    /**
     * Translates a slash command. It knows no thread and no message, so it speaks to the channel as such.
     *
     * @param at when it arrived; a command carries no time of its own
     */
    SlackUpdate parse(SlashCommandPayload command, Instant at) {
        String channel = orEmpty(command.getChannelId());
        String user = orEmpty(command.getUserId());
        String trigger = orEmpty(command.getTriggerId());
        if (channel.isEmpty() || user.isEmpty() || trigger.isEmpty()) {
            return new Ignored("slash command without channel, user or trigger");
        }
        ChatId chat = new ChatId(app.name(), channel, "", isGroup(channel));
        Person person = new Person(user, orEmpty(command.getUserName()), "");
        Keys keys = Keys.of("command:" + trigger);
        String arguments = SlackText.typed(orEmpty(command.getText()), self.userId());
        return new Arrived(
                written(keys, chat, person, SlackText.slashCommand(arguments), Address.CALLED, at),
                orEmpty(command.getTeamId()));
    }

    private SlackUpdate event(JsonNode payload, JsonNode event) {
        String type = event.path("type").asText();
        return switch (type) {
            case "message", "app_mention" -> message(payload, event, type);
            case "agent_session_stopped" -> stopped(payload, event);
            default -> new Ignored("event type '" + printable(type) + "'");
        };
    }

    private SlackUpdate message(JsonNode payload, JsonNode event, String type) {
        String subtype = event.path("subtype").asText("");
        if (!WRITTEN.contains(subtype) || event.path("hidden").asBoolean()) {
            return new Ignored("message subtype '" + printable(subtype) + "'");
        }
        String user = event.path("user").asText("");
        if (event.hasNonNull("bot_id") || user.equals(self.userId()) || user.equals(SLACKBOT)) {
            return new Ignored("message of a bot");
        }
        String channel = event.path("channel").asText("");
        String ts = event.path("ts").asText("");
        Instant at = instant(ts);
        if (user.isEmpty() || channel.isEmpty() || at == null) {
            return new Ignored("message without user, channel or ts");
        }
        boolean direct = event.path("channel_type").asText("").equals("im") || !isGroup(channel);
        String root = event.path("thread_ts").asText("");
        String mrkdwn = event.path("text").asText("");
        boolean called = type.equals("app_mention") || SlackText.mentions(mrkdwn, self.userId());
        Address address = address(direct, called, !root.isEmpty() && !root.equals(ts));
        ChatId chat = new ChatId(app.name(), channel, thread(direct, root, ts), !direct);
        Keys keys = new Keys(payload.path("event_id").asText(channel + ":" + ts), channel + ":" + ts);
        return new Arrived(
                said(keys, chat, new Person(user, "", ""), event, mrkdwn, address, at), team(payload, event));
    }

    private Inbound said(
            Keys keys, ChatId chat, Person from, JsonNode event, String mrkdwn, Address address, Instant at) {
        String text = SlackText.typed(mrkdwn, self.userId());
        if (!text.isEmpty()) {
            return written(
                    keys, chat, from, address == Address.OVERHEARD ? text : SlackText.command(text), address, at);
        }
        boolean bareMention = address == Address.CALLED && event.path("files").isEmpty();
        // Somebody who only calls the bot by its name wants to know what it can do.
        return bareMention
                ? written(keys, chat, from, "/help", address, at)
                : new Inbound.Unreadable(keys, chat, from, address, Why.NOT_TEXT);
    }

    private static Inbound written(Keys keys, ChatId chat, Person from, String text, Address address, Instant at) {
        return text.length() > SlackLimits.MAX_INBOUND
                ? new Inbound.Unreadable(keys, chat, from, address, Why.TOO_LONG)
                : new Inbound.Written(keys, chat, from, text, address, at);
    }

    /** The Stop button of an app with {@code agent_view}. */
    private SlackUpdate stopped(JsonNode payload, JsonNode event) {
        String channel = event.path("channel").asText("");
        String thread = event.path("thread_ts").asText("");
        String user = event.path("user").asText("");
        if (channel.isEmpty() || thread.isEmpty()) {
            return new Ignored("stop without channel or thread");
        }
        String id = payload.path("event_id")
                .asText("stop:" + channel + ":" + thread + ":"
                        + event.path("event_ts").asText());
        ChatId chat = new ChatId(app.name(), channel, thread(!isGroup(channel), thread, thread), isGroup(channel));
        return new Arrived(new Inbound.Stopped(Keys.of(id), chat, new Person(user, "", "")), team(payload, event));
    }

    /** In a channel shared with another workspace the writer's team is another than ours. */
    private static String team(JsonNode payload, JsonNode event) {
        return event.path("team").asText(payload.path("team_id").asText(""));
    }

    private static Address address(boolean direct, boolean called, boolean inThread) {
        if (direct) {
            return Address.DIRECT;
        }
        if (called) {
            return Address.CALLED;
        }
        return inThread ? Address.THREAD : Address.OVERHEARD;
    }

    /** Answers go into the thread of what they answer; what is no thread yet becomes one. */
    private String thread(boolean direct, String root, String ts) {
        if (!root.isEmpty()) {
            return root;
        }
        return direct && !app.threadsInDirectMessages() ? "" : ts;
    }

    /** Ids of direct messages begin with D, those of channels and groups with C or G. */
    private static boolean isGroup(String channel) {
        return !channel.startsWith("D");
    }

    /** A {@code ts} is seconds and a counter in a string; as a floating point number it would lose the counter. */
    private static @Nullable Instant instant(String ts) {
        int dot = ts.indexOf('.');
        String seconds = dot < 0 ? ts : ts.substring(0, dot);
        String micros = dot < 0 ? "0" : ts.substring(dot + 1);
        return seconds.matches("\\d{1,11}") && micros.matches("\\d{1,6}")
                ? Instant.ofEpochSecond(Long.parseLong(seconds), Long.parseLong(micros) * 1_000)
                : null;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Foreign text for a log line: short, and on one line. */
    private static String printable(String text) {
        String line = text.replaceAll("[^\\x20-\\x7E]", "?");
        return line.length() > 60 ? line.substring(0, 60) + "…" : line;
    }
}
