package io.erniegateway.connectors.simulated.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Messages that take their text piece by piece ({@code chat.startStream} and its sisters), with the refusals of their
 * reference pages. Only {@code markdown_text} is taken: {@code chunks} and {@code blocks} are not simulated, and are
 * refused as invalid.
 */
final class StreamMethods {

    static final String START = "chat.startStream";
    static final String APPEND = "chat.appendStream";
    static final String STOP = "chat.stopStream";

    /** Characters of one call, as documented. */
    private static final int MAX_PIECE = 12_000;
    /**
     * UTF-8 bytes of all pieces. Not documented; others met the refusal between 10,600 and 12,000 and settled for this
     * figure (CopilotKit 6063, openclaw 143882).
     */
    private static final int MAX_BYTES = 11_000;

    private final Workspace workspace;

    StreamMethods(Workspace workspace) {
        this.workspace = workspace;
    }

    /** An answer of Slack, {@code ok} or not. */
    ObjectNode call(String method, Map<String, String> arguments) {
        return workspace.locked(() -> switch (method) {
            case START -> start(arguments);
            case APPEND -> next(arguments, false);
            default -> next(arguments, true);
        });
    }

    private ObjectNode start(Map<String, String> arguments) {
        String channel = arguments.getOrDefault("channel", "");
        String thread = arguments.getOrDefault("thread_ts", "");
        Optional<Room> room = workspace.room(channel);
        String refusal = room.map(ChatMethods::closed).orElse("channel_not_found");
        if (refusal.isEmpty()) {
            refusal = room.map(found -> refusal(found, thread, arguments)).orElse("");
        }
        if (refusal.isEmpty()) {
            refusal = text("", arguments, true);
        }
        if (!refusal.isEmpty()) {
            return ChatMethods.error(refusal);
        }
        Post post = workspace.sessions().start(channel, thread, piece(arguments));
        return ChatMethods.ok().put("channel", channel).put("ts", post.ts());
    }

    /** A stream is always an answer in a thread, and in a room of several it has to say to whom. */
    private String refusal(Room room, String thread, Map<String, String> arguments) {
        if (thread.isEmpty()) {
            return "invalid_arguments";
        }
        if (workspace
                .find(room.id, thread)
                .filter(root -> root.thread().isEmpty())
                .isEmpty()) {
            // The reference names no code for it; this one is what other methods say.
            return "invalid_thread_ts";
        }
        if (room.kind == Room.Kind.IM) {
            return "";
        }
        String person = arguments.getOrDefault("recipient_user_id", "");
        if (person.isEmpty()) {
            return "missing_recipient_user_id";
        }
        if (!arguments.getOrDefault("recipient_team_id", "").equals(Workspace.TEAM)) {
            return "missing_recipient_team_id";
        }
        return workspace.isPerson(person) ? "" : "user_not_found";
    }

    private ObjectNode next(Map<String, String> arguments, boolean last) {
        String channel = arguments.getOrDefault("channel", "");
        String ts = arguments.getOrDefault("ts", "");
        String closed = workspace.room(channel).map(ChatMethods::closed).orElse("channel_not_found");
        if (!closed.isEmpty()) {
            return ChatMethods.error(closed);
        }
        return workspace
                .find(channel, ts)
                .map(post -> next(post, arguments, last))
                .orElseGet(() -> ChatMethods.error("message_not_found"));
    }

    private ObjectNode next(Post post, Map<String, String> arguments, boolean last) {
        Stream stream = post.stream();
        if (!post.fromBot()) {
            return ChatMethods.error("message_not_owned_by_app");
        }
        if (stream == null || !stream.isOpen()) {
            boolean byReader = stream != null && stream.state() == Stream.State.STOPPED && !last;
            return ChatMethods.error(byReader ? "stopped_by_user" : "message_not_in_streaming_state");
        }
        String refusal = text(stream.markdown(), arguments, !last);
        if (!refusal.isEmpty()) {
            return ChatMethods.error(refusal);
        }
        String piece = piece(arguments);
        Sessions sessions = workspace.sessions();
        Post after = last ? sessions.stop(post, stream, piece) : sessions.append(post, stream, piece);
        ObjectNode answer = ChatMethods.ok().put("channel", post.room()).put("ts", post.ts());
        if (last) {
            answer.set("message", workspace.events().body(after));
        }
        return answer;
    }

    /** Why this piece is not taken, empty if it is. */
    private static String text(String before, Map<String, String> arguments, boolean required) {
        String piece = piece(arguments);
        if (arguments.containsKey("chunks")) {
            return "invalid_chunks";
        }
        if (arguments.containsKey("blocks")) {
            return "invalid_blocks";
        }
        if (required && piece.isBlank()) {
            return "no_text";
        }
        if (piece.length() > MAX_PIECE) {
            return "markdown_text_too_long";
        }
        return (before + piece).getBytes(StandardCharsets.UTF_8).length > MAX_BYTES ? "msg_too_long" : "";
    }

    private static String piece(Map<String, String> arguments) {
        return arguments.getOrDefault("markdown_text", "");
    }
}
