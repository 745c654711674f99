package io.erniegateway.connectors.simulated.slack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The payloads of the Events API (docs.slack.dev {@code apis/events-api}, {@code reference/events}). */
final class Events {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Clock clock;
    private final AtomicLong ids = new AtomicLong(100_000);

    Events(Clock clock) {
        this.clock = clock;
    }

    /** What a person wrote, or the app itself. */
    ObjectNode message(Room room, Post post) {
        ObjectNode event = body(post).put("channel", room.id).put("channel_type", room.kind.word());
        return wrapped(event.put("event_ts", post.ts()));
    }

    /** The same message once more, because it names the app. */
    ObjectNode mention(Room room, Post post) {
        ObjectNode event = body(post).put("type", "app_mention").put("channel", room.id);
        return wrapped(event.put("event_ts", post.ts()));
    }

    /** A file, with or without words. */
    ObjectNode fileShare(Room room, Post post) {
        ObjectNode event = body(post).put("subtype", "file_share").put("channel", room.id);
        event.put("channel_type", room.kind.word()).put("upload", false);
        event.putArray("files")
                .addObject()
                .put("id", "F0SIM")
                .put("mimetype", "image/png")
                .put("size", 1234);
        return wrapped(event.put("event_ts", post.ts()));
    }

    /** Any edit, the app's own included; the app's id stands only inside. */
    ObjectNode changed(Room room, Post before, Post after, String eventTs) {
        ObjectNode event = about(room, "message_changed", eventTs);
        event.set("message", body(after));
        event.set("previous_message", body(before));
        return wrapped(event);
    }

    ObjectNode deleted(Room room, Post post, String eventTs) {
        ObjectNode event = about(room, "message_deleted", eventTs).put("deleted_ts", post.ts());
        event.set("previous_message", body(post));
        return wrapped(event);
    }

    /** Somebody pressed Stop while these messages streamed. */
    ObjectNode stopped(Room room, String thread, String user, List<String> streaming, String eventTs) {
        ObjectNode event = JSON.createObjectNode().put("type", "agent_session_stopped");
        event.put("channel", room.id).put("user", user).put("thread_ts", thread).put("event_ts", eventTs);
        ArrayNode messages = event.putArray("streaming_message_ts");
        streaming.forEach(messages::add);
        return wrapped(event);
    }

    private static ObjectNode about(Room room, String subtype, String eventTs) {
        return JSON.createObjectNode()
                .put("type", "message")
                .put("subtype", subtype)
                .put("hidden", true)
                .put("channel", room.id)
                .put("channel_type", room.kind.word())
                .put("ts", eventTs)
                .put("event_ts", eventTs);
    }

    /** A message as events and answers show it. */
    ObjectNode body(Post post) {
        ObjectNode body = JSON.createObjectNode()
                .put("type", "message")
                .put("user", post.user())
                .put("text", post.text())
                .put("ts", post.ts())
                .put("team", Workspace.TEAM);
        if (!post.thread().isEmpty()) {
            body.put("thread_ts", post.thread());
        }
        if (post.blocks() != null) {
            body.set("blocks", post.blocks().deepCopy());
        }
        if (post.fromBot()) {
            body.put("bot_id", Workspace.BOT_ID).put("app_id", Workspace.APP);
            body.putObject("bot_profile").put("id", Workspace.BOT_ID).put("app_id", Workspace.APP);
        } else {
            body.put("client_msg_id", "simulated-" + post.ts());
        }
        if (post.edited()) {
            body.putObject("edited").put("user", post.user()).put("ts", post.ts());
        }
        if (post.stream() != null) {
            body.put("streaming_state", post.stream().state().word);
        }
        return body;
    }

    private ObjectNode wrapped(ObjectNode event) {
        ObjectNode payload = JSON.createObjectNode()
                .put("token", "simulated")
                .put("team_id", Workspace.TEAM)
                .put("api_app_id", Workspace.APP)
                .put("type", "event_callback")
                .put("event_id", "Ev0SIM" + ids.incrementAndGet())
                .put("event_time", clock.instant().getEpochSecond())
                .put("is_ext_shared_channel", false);
        payload.putArray("authorizations")
                .addObject()
                .put("team_id", Workspace.TEAM)
                .put("user_id", Workspace.BOT_USER)
                .put("is_bot", true)
                .put("is_enterprise_install", false);
        payload.set("event", event);
        return payload;
    }
}
