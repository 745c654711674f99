package io.erniegateway.connectors.slack;

import static com.slack.api.methods.RequestFormBuilder.toForm;

import com.fasterxml.jackson.databind.JsonNode;
import com.slack.api.methods.Methods;
import com.slack.api.methods.request.conversations.ConversationsHistoryRequest;
import com.slack.api.methods.request.conversations.ConversationsRepliesRequest;
import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Doubts.Look;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.Refusal;
import io.erniegateway.connectors.Rendered;
import io.erniegateway.connectors.slack.SlackCalls.Answer;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether a message whose answer was lost stands: reads what was written in its thread ({@code conversations.replies}) or
 * chat ({@code conversations.history}) since the last message that was known before it. The one of ours that says the
 * same and is not known yet is it. Thread-safe.
 */
final class SlackDoubts {

    /** Messages read at once; the most that a commercially distributed app may (conversations.replies). */
    static final int PAGE = 15;

    /** Pages of one look: more than this is not written between a post and the loss of its answer. */
    static final int MOST_LOOKS = 3;

    /** Chats whose last messages are remembered; one that is forgotten begins anew with its next message. */
    private static final int MAX_CHATS = 10_000;

    /** Messages of ours that are remembered of one chat: more do not come about while one post is in doubt. */
    private static final int MAX_OWN = 32;

    /** Lost posts that are remembered until somebody looks; the oldest is then sent again without a look. */
    private static final int MAX_DOUBTS = 1_000;

    /** All have six digits behind the point, so the longer one is the later one. */
    private static final Comparator<String> BY_TIME =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    private static final String NONE = "";

    private record Lost(ChatId chat, Rendered text) {}

    private static final class Chat {
        private String newest = NONE;
        private final NavigableSet<String> own = new TreeSet<>(BY_TIME);
    }

    private final SlackCalls calls;
    private final Map<String, Chat> chats = bounded(MAX_CHATS);
    private final Map<Lost, String> doubts = bounded(MAX_DOUBTS);
    private volatile @Nullable SlackIdentity self;

    SlackDoubts(SlackCalls calls) {
        this.calls = calls;
    }

    private static <K, V> Map<K, V> bounded(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    /** Before that is known, every app's message counts as ours. */
    void signedIn(SlackIdentity identity) {
        self = identity;
    }

    // --- what is known
    // ------------------------------------------------------------------------------------------------

    /** Somebody wrote in a chat at this time: what answers it comes after. */
    synchronized void heard(ChatId chat, Instant at) {
        long micros = at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
        later(chat(chat), "%d.%06d".formatted(micros / 1_000_000, micros % 1_000_000));
    }

    /** A message is known to be another's: a post's whose answer came, or one that is edited. False if it was already. */
    synchronized boolean stands(MessageRef message) {
        Chat chat = chat(message.chat());
        later(chat, message.id());
        boolean isNew = chat.own.add(message.id());
        if (chat.own.size() > MAX_OWN) {
            chat.own.removeFirst();
        }
        return isNew;
    }

    /** Before a post: the time after which alone it can stand, empty if none is known. */
    synchronized String since(ChatId chat) {
        return max(chat(chat).newest, chat.thread());
    }

    /** @param since what {@link #since} said before it was sent */
    synchronized void lost(ChatId chat, Rendered text, String since) {
        doubts.put(new Lost(chat, text), since);
    }

    private Chat chat(ChatId chat) {
        return chats.computeIfAbsent(chat.key(), key -> new Chat());
    }

    private static void later(Chat chat, String ts) {
        chat.newest = max(chat.newest, ts);
    }

    private static String max(String one, String other) {
        return BY_TIME.compare(one, other) >= 0 ? one : other;
    }

    // --- looks
    // --------------------------------------------------------------------------------------------------------

    Look look(ChatId chat, Rendered text, int attempt) {
        Lost lost = new Lost(chat, text);
        String since = sinceOf(lost);
        if (since.isEmpty()) {
            return new Look.Missing();
        }
        return switch (read(chat, since)) {
            case Answer.Done done -> judged(lost, since, done.body(), attempt);
            case Answer.Refused(Refusal refusal, String ignored) ->
                switch (refusal) {
                    case Refusal.SlowDown slow -> new Look.Refused(slow);
                    case Refusal.Unreachable unreachable -> new Look.Refused(unreachable);
                    // An app without the scope to read, a thread that is gone: nothing can be told.
                    case Refusal.Gone ignoredToo -> missing(lost);
                    case Refusal.Rejected ignoredToo -> missing(lost);
                };
        };
    }

    private synchronized String sinceOf(Lost lost) {
        return doubts.getOrDefault(lost, lost.chat().thread());
    }

    private Answer read(ChatId chat, String since) {
        return chat.thread().isEmpty()
                ? calls.call(
                        Methods.CONVERSATIONS_HISTORY,
                        toForm(ConversationsHistoryRequest.builder()
                                .channel(chat.room())
                                .oldest(since)
                                .limit(PAGE)
                                .build()))
                : calls.call(
                        Methods.CONVERSATIONS_REPLIES,
                        toForm(ConversationsRepliesRequest.builder()
                                .channel(chat.room())
                                .ts(chat.thread())
                                .oldest(since)
                                .limit(PAGE)
                                .build()));
    }

    private synchronized Look judged(Lost lost, String since, JsonNode answer, int attempt) {
        String wanted = SlackSameText.essence(lost.text());
        String last = since;
        for (JsonNode message : answer.path("messages")) {
            String ts = message.path("ts").asText("");
            last = max(last, ts);
            boolean candidate = BY_TIME.compare(ts, since) > 0 && isOurs(message);
            if (candidate && SlackSameText.essence(message).equals(wanted)) {
                MessageRef found = new MessageRef(lost.chat(), ts);
                if (stands(found)) {
                    doubts.remove(lost);
                    return new Look.Found(found);
                }
            }
        }
        if (answer.path("has_more").asBoolean() && attempt + 1 < MOST_LOOKS && !last.equals(since)) {
            doubts.put(lost, last);
            return new Look.Elsewhere();
        }
        return missing(lost);
    }

    private synchronized Look missing(Lost lost) {
        doubts.remove(lost);
        return new Look.Missing();
    }

    private boolean isOurs(JsonNode message) {
        SlackIdentity known = self;
        if (known == null) {
            return message.hasNonNull("bot_id");
        }
        return message.path("bot_id").asText("").equals(known.botId())
                || message.path("user").asText("").equals(known.userId());
    }
}
