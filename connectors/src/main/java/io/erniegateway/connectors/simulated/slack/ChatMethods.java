package io.erniegateway.connectors.simulated.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The methods that an app calls about messages, with the refusals of their reference pages. */
final class ChatMethods {

    /** Longest {@code text} of chat.update, in UTF-8 bytes: as probed live, not as documented. */
    private static final int MAX_UPDATE_BYTES = 4_000;
    /** A post of more characters is split by the server, as measured 2026-08-27. */
    private static final int WHOLE_POST = 4_040;

    private static final int SPLIT_AT = 4_000;
    private static final int MAX_POST = 40_000;
    private static final int MAX_MARKDOWN = 12_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Workspace workspace;
    private final StreamMethods streams;
    private final ReadMethods reading;

    ChatMethods(Workspace workspace) {
        this.workspace = workspace;
        this.streams = new StreamMethods(workspace);
        this.reading = new ReadMethods(workspace);
    }

    /** An answer of Slack, {@code ok} or not; null for a method this simulator does not have. */
    @Nullable
    ObjectNode call(String method, Map<String, String> arguments) {
        return switch (method) {
            case "auth.test" -> authTest();
            case "chat.postMessage" -> postMessage(arguments);
            case "chat.update" -> update(arguments);
            case "chat.delete" -> delete(arguments);
            case StreamMethods.START, StreamMethods.APPEND, StreamMethods.STOP -> streams.call(method, arguments);
            case "assistant.threads.setStatus" -> setStatus(arguments);
            case "conversations.open" -> open(arguments);
            case "conversations.replies", "conversations.history" -> reading.call(method, arguments);
            default -> null;
        };
    }

    static boolean has(String method) {
        return switch (method) {
            case "auth.test",
                    "chat.postMessage",
                    "chat.update",
                    "chat.delete",
                    StreamMethods.START,
                    StreamMethods.APPEND,
                    StreamMethods.STOP,
                    "assistant.threads.setStatus",
                    "conversations.open",
                    "conversations.replies",
                    "conversations.history" -> true;
            default -> false;
        };
    }

    static ObjectNode ok() {
        return JSON.createObjectNode().put("ok", true);
    }

    static ObjectNode error(String code) {
        return JSON.createObjectNode().put("ok", false).put("error", code);
    }

    private static ObjectNode authTest() {
        return ok().put("url", "https://simulated.slack.com/")
                .put("team", "Simulated")
                .put("user", "ernie")
                .put("team_id", Workspace.TEAM)
                .put("user_id", Workspace.BOT_USER)
                .put("bot_id", Workspace.BOT_ID)
                .put("is_enterprise_install", false);
    }

    private ObjectNode postMessage(Map<String, String> arguments) {
        String id = arguments.getOrDefault("channel", "");
        Optional<Room> room = id.startsWith("U") ? workspace.directMessage(id) : workspace.room(id);
        String refusal = room.map(ChatMethods::closed).orElse("channel_not_found");
        if (!refusal.isEmpty()) {
            return error(refusal);
        }
        Content content = Content.of(arguments);
        if (!content.error().isEmpty()) {
            return error(content.error());
        }
        String thread = arguments.getOrDefault("thread_ts", "");
        String channel = room.orElseThrow().id;
        if (!thread.isEmpty()
                && workspace
                        .find(channel, thread)
                        .filter(root -> root.thread().isEmpty())
                        .isEmpty()) {
            return error("cannot_reply_to_message");
        }
        return posted(channel, thread, content);
    }

    /** The answer names the first message, if the text became several. */
    private ObjectNode posted(String channel, String thread, Content content) {
        List<String> pieces = content.blocks() == null ? split(content.text()) : List.of(content.text());
        // How Slack would cut Markdown is not known: several pieces show it as it was sent.
        String markdown = pieces.size() == 1 ? content.markdown() : null;
        Post first = workspace.post(channel, thread, pieces.getFirst(), markdown, content.blocks());
        pieces.stream().skip(1).forEach(piece -> workspace.post(channel, thread, piece, null, null));
        ObjectNode answer = ok().put("channel", channel).put("ts", first.ts());
        answer.set("message", workspace.events().body(first));
        return answer;
    }

    private static List<String> split(String text) {
        String cut = text.length() > MAX_POST ? text.substring(0, MAX_POST) : text;
        if (cut.length() <= WHOLE_POST) {
            return List.of(cut);
        }
        List<String> pieces = new ArrayList<>();
        for (int from = 0; from < cut.length(); from += SPLIT_AT) {
            pieces.add(cut.substring(from, Math.min(cut.length(), from + SPLIT_AT)));
        }
        return pieces;
    }

    private ObjectNode update(Map<String, String> arguments) {
        String channel = arguments.getOrDefault("channel", "");
        String ts = arguments.getOrDefault("ts", "");
        String refusal = refusal(channel, ts, "cant_update_message");
        if (!refusal.isEmpty()) {
            return error(refusal);
        }
        if (arguments.getOrDefault("text", "").getBytes(StandardCharsets.UTF_8).length > MAX_UPDATE_BYTES) {
            return error("msg_too_long");
        }
        Content content = Content.of(arguments);
        if (!content.error().isEmpty()) {
            return error(content.error());
        }
        // Without blocks in the call the message has none any more.
        Post after = workspace.edit(channel, ts, content.text(), content.markdown(), content.blocks());
        ObjectNode answer = ok().put("channel", channel).put("ts", ts).put("text", after.text());
        answer.set("message", workspace.events().body(after));
        return answer;
    }

    private ObjectNode delete(Map<String, String> arguments) {
        String channel = arguments.getOrDefault("channel", "");
        String ts = arguments.getOrDefault("ts", "");
        String refusal = refusal(channel, ts, "cant_delete_message");
        if (!refusal.isEmpty()) {
            return error(refusal);
        }
        workspace.delete(channel, ts);
        return ok().put("channel", channel).put("ts", ts);
    }

    /** Why a message of the app cannot be touched, empty if it can. */
    private String refusal(String channel, String ts, String notOurs) {
        String closed = workspace.room(channel).map(ChatMethods::closed).orElse("channel_not_found");
        if (!closed.isEmpty()) {
            return closed;
        }
        return workspace.find(channel, ts).map(post -> refusal(post, notOurs)).orElse("message_not_found");
    }

    private static String refusal(Post post, String notOurs) {
        if (!post.fromBot()) {
            return notOurs;
        }
        return post.isStreaming() ? "streaming_state_conflict" : "";
    }

    static String closed(Room room) {
        if (room.archived) {
            return "is_archived";
        }
        return room.hasBot ? "" : "not_in_channel";
    }

    private ObjectNode setStatus(Map<String, String> arguments) {
        String channel = arguments.getOrDefault("channel_id", "");
        String thread = arguments.getOrDefault("thread_ts", "");
        String closed = workspace.room(channel).map(ChatMethods::closed).orElse("channel_not_found");
        if (!closed.isEmpty()) {
            return error(closed);
        }
        if (workspace.find(channel, thread).isEmpty()) {
            return error("invalid_thread_ts");
        }
        if (!arguments.containsKey("status")) {
            return error("invalid_arguments");
        }
        workspace.sessions().status(channel, thread, arguments.getOrDefault("status", ""));
        return ok();
    }

    private ObjectNode open(Map<String, String> arguments) {
        return workspace
                .directMessage(arguments.getOrDefault("users", ""))
                .map(room -> {
                    ObjectNode answer = ok();
                    answer.putObject("channel").put("id", room.id);
                    return answer;
                })
                .orElseGet(() -> error("user_not_found"));
    }

    /** What a post or an edit shows; {@code error} is not empty if Slack would not take it. */
    private record Content(
            String text,
            @Nullable String markdown,
            @Nullable ArrayNode blocks,
            String error) {

        static Content of(Map<String, String> arguments) {
            String text = arguments.getOrDefault("text", "");
            String blocks = arguments.getOrDefault("blocks", "");
            String markdown = arguments.getOrDefault("markdown_text", "");
            if (!markdown.isEmpty()) {
                if (!text.isEmpty() || !blocks.isEmpty()) {
                    return new Content("", null, null, "markdown_text_conflict");
                }
                return markdown(markdown);
            }
            return blocks.isEmpty() ? ofText(text) : ofBlocks(text, blocks);
        }

        private static Content markdown(String markdown) {
            if (markdown.isBlank()) {
                return new Content("", null, null, "no_text");
            }
            String tooLong = markdown.length() > MAX_MARKDOWN ? "msg_too_long" : "";
            return new Content(Mrkdwn.ofMarkdown(markdown), markdown, null, tooLong);
        }

        private static Content ofText(String text) {
            return new Content(text, null, null, text.isBlank() ? "no_text" : "");
        }

        private static Content ofBlocks(String text, String blocks) {
            try {
                JsonNode parsed = JSON.readTree(blocks);
                Optional<String> fault = BlockRules.check(parsed);
                if (fault.isPresent()) {
                    return new Content("", null, null, fault.get());
                }
                return parsed.isEmpty() ? ofText(text) : new Content(text, null, (ArrayNode) parsed, "");
            } catch (JsonProcessingException e) {
                return new Content("", null, null, "invalid_blocks_format");
            }
        }
    }
}
