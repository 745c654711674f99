package io.erniegateway.connectors.simulated.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What an app reads back: {@code conversations.replies} and {@code conversations.history}, by their reference pages. */
final class ReadMethods {

    /** A {@code limit} of more is refused; that many are returned without one. */
    private static final int MAX_LIMIT = 999;

    private static final int USUAL_HISTORY = 100;

    private static final String NO_TIME = "";

    /** All have six digits behind the point. */
    private static final Comparator<String> BY_TIME =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    private final Workspace workspace;

    ReadMethods(Workspace workspace) {
        this.workspace = workspace;
    }

    ObjectNode call(String method, Map<String, String> arguments) {
        String channel = arguments.getOrDefault("channel", "");
        Optional<Room> room = workspace.room(channel);
        if (room.isEmpty()) {
            return ChatMethods.error("channel_not_found");
        }
        if (!room.get().hasBot) {
            return ChatMethods.error("not_in_channel");
        }
        String oldest = arguments.getOrDefault("oldest", NO_TIME);
        if (!oldest.isEmpty() && !oldest.matches("\\d{1,11}(\\.\\d{1,6})?")) {
            return ChatMethods.error("invalid_ts_oldest");
        }
        boolean replies = method.equals("conversations.replies");
        String given = arguments.getOrDefault("limit", String.valueOf(replies ? MAX_LIMIT : USUAL_HISTORY));
        if (!given.matches("[1-9]\\d{0,2}")) {
            return ChatMethods.error("invalid_limit");
        }
        // An answer with the bounds themselves, or up to a time, nobody here asks for.
        boolean inclusive = List.of("1", "true").contains(arguments.getOrDefault("inclusive", "0"));
        if (inclusive || arguments.containsKey("latest") || arguments.containsKey("cursor")) {
            return ChatMethods.error("invalid_arguments");
        }
        int limit = Integer.parseInt(given);
        return replies
                ? replies(channel, arguments.getOrDefault("ts", ""), oldest, limit)
                : history(channel, oldest, limit);
    }

    /** The parent first, whatever its time, then the replies after {@code oldest}, the first ones first. */
    private ObjectNode replies(String channel, String root, String oldest, int limit) {
        List<Post> thread = workspace.thread(channel, root);
        if (thread.isEmpty()) {
            return ChatMethods.error("thread_not_found");
        }
        List<Post> wanted = Stream.concat(
                        thread.stream().filter(post -> post.ts().equals(root)),
                        thread.stream().filter(post -> !post.ts().equals(root) && isAfter(post, oldest)))
                .toList();
        return answer(wanted, wanted.size() > limit ? wanted.subList(0, limit) : wanted);
    }

    /** No replies; the newest, or those closest to {@code oldest} if it is given; in either case the newest first. */
    private ObjectNode history(String channel, String oldest, int limit) {
        List<Post> wanted = workspace.topLevel(channel).stream()
                .filter(post -> isAfter(post, oldest))
                .toList();
        int from = oldest.isEmpty() ? Math.max(0, wanted.size() - limit) : 0;
        List<Post> page = wanted.subList(from, Math.min(wanted.size(), from + limit));
        return answer(wanted, page.reversed());
    }

    private static boolean isAfter(Post post, String oldest) {
        return oldest.isEmpty() || BY_TIME.compare(post.ts(), oldest) > 0;
    }

    private ObjectNode answer(List<Post> wanted, List<Post> page) {
        ObjectNode answer = ChatMethods.ok().put("has_more", page.size() < wanted.size());
        ArrayNode messages = answer.putArray("messages");
        page.forEach(post -> messages.add(workspace.events().body(post)));
        return answer;
    }
}
