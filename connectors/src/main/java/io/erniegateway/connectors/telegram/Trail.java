package io.erniegateway.connectors.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Rendered;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is known of message ids, so that a message whose answer was lost can be looked for where it must be. Thread-safe;
 * nothing here waits.
 *
 * <p>Ids rise: in a supergroup or channel those of the chat, in private chats and basic groups those of the bot's own
 * account, over all of these together (its "common message box"). So a message is above the highest id that was known
 * before it was posted, and, in a bot that is not busy, right above it.
 *
 * <p>A look is an edit, and must never touch another message of ours. Ids of other chats are refused by Telegram. In the
 * same chat every id that is known to be something else is left out, those below the first id of this process are never
 * looked at, and what is looked at is claimed: a post whose answer brings a claimed id is itself in doubt from then on
 * and is looked for, so that whichever of the two the message went to, the other is posted again.
 */
final class Trail {

    /** Supergroups that are remembered by their highest id; one that is forgotten begins anew. */
    private static final int MAX_SEQUENCES = 10_000;

    /** Lost posts that are remembered until somebody looks; the oldest is then sent again without a look. */
    private static final int MAX_DOUBTS = 1_000;

    /**
     * Ids that are kept apart while a post is under way or in doubt: a busy bot sees some 100 a second, and a doubt is
     * settled within seconds. Below what had to be forgotten nobody looks.
     */
    private static final int MAX_KNOWN = 10_000;

    /** Ids of supergroups and channels are -100… and longer than any of a person or a basic group (Bot API dialog ids). */
    private static final int OWN_SEQUENCE = "-1000000000000".length();

    private static final String ACCOUNT = "";

    /** One post, from before it is sent until it is known where it stands, or that it does not. */
    static final class Sent {
        private final String room;
        private final Sequence sequence;

        /** Where it can only be above; unknown before anything of this process is known. */
        private final OptionalLong base;

        private final Set<Long> tried = new HashSet<>();
        private @Nullable Long claimed;

        private Sent(String room, Sequence sequence) {
            this.room = room;
            this.sequence = sequence;
            this.base = sequence.begun ? OptionalLong.of(sequence.top) : OptionalLong.empty();
        }
    }

    private static final class Sequence {
        /** Whether an id is known that is not older than this process: no unknown message of ours is above it. */
        private boolean begun;

        private long top;
        private long forgotten;
        private final NavigableSet<Long> known = new TreeSet<>();

        /** In the order they were begun, so that the first has the lowest base. */
        private final Set<Sent> open = new LinkedHashSet<>();
    }

    private record Lost(ChatId chat, Rendered text) {}

    private final Instant since;
    private final Map<String, Sequence> sequences = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Sequence> eldest) {
            return size() > MAX_SEQUENCES;
        }
    };

    private final Map<Lost, Sent> doubts = new LinkedHashMap<>();

    /** @param since when this process began; what was written earlier says nothing about what came after it */
    Trail(Instant since) {
        this.since = since;
    }

    // --- what is seen
    // -------------------------------------------------------------------------------------------------

    /** A message that an update brings. One from before this process may be followed by messages of ours. */
    synchronized void heard(JsonNode message) {
        long chat = message.path("chat").path("id").asLong(0);
        long id = message.path("message_id").asLong(0);
        if (chat != 0 && id > 0) {
            Sequence sequence = sequence(Long.toString(chat));
            know(sequence, id);
            if (message.path("date").asLong(0) > since.getEpochSecond()) {
                sequence.begun = true;
            }
        }
    }

    /** A message of this bot whose id is known, wherever from. It may be an old one. */
    synchronized void knows(String room, long id) {
        know(sequence(room), id);
    }

    private static void know(Sequence sequence, long id) {
        sequence.top = Math.max(sequence.top, id);
        if (sequence.open.isEmpty()) {
            return;
        }
        sequence.known.add(id);
        if (sequence.known.size() > MAX_KNOWN) {
            sequence.forgotten = Math.max(sequence.forgotten, sequence.known.removeFirst());
        }
    }

    // --- posts
    // --------------------------------------------------------------------------------------------------------

    /** Before a post is sent. One of {@link #arrived}, {@link #failed} and {@link #lost} follows. */
    synchronized Sent sending(String room) {
        Sequence sequence = sequence(room);
        Sent sent = new Sent(room, sequence);
        sequence.open.add(sent);
        return sent;
    }

    /** What an answer that brings an id means. */
    enum Arrival {
        STANDS,
        /** A look found the message first and has put its own text there: this one has to be posted again. */
        TAKEN,
        /** A look has put another text there, or may yet: it is {@link #lost}. */
        CLAIMED
    }

    /** Its answer came. After {@link Arrival#TAKEN} and {@link Arrival#CLAIMED} {@link #failed} or {@link #lost} follow. */
    synchronized Arrival arrived(Sent sent, String room, long id) {
        Sequence sequence = sequence(room);
        if (sent.room.equals(room) && isClaimed(sequence, id)) {
            return Arrival.CLAIMED;
        }
        if (sent.room.equals(room) && sequence.known.contains(id)) {
            return Arrival.TAKEN;
        }
        sequence.begun = true;
        know(sequence, id);
        close(sent);
        return Arrival.STANDS;
    }

    /** It was refused, or certainly not sent. */
    synchronized void failed(Sent sent) {
        close(sent);
    }

    /** Whether it stands is not known. Of two equal ones in one chat only the later is looked for. */
    synchronized void lost(Sent sent, ChatId chat, Rendered text) {
        Sent before = doubts.put(new Lost(chat, text), sent);
        if (before != null) {
            close(before);
        }
        if (doubts.size() > MAX_DOUBTS) {
            Lost oldest = doubts.keySet().iterator().next();
            Sent forgotten = doubts.remove(oldest);
            if (forgotten != null) {
                close(forgotten);
            }
        }
    }

    private static void close(Sent sent) {
        Sequence sequence = sent.sequence;
        sequence.open.remove(sent);
        if (sequence.open.isEmpty()) {
            sequence.known.clear();
            return;
        }
        OptionalLong lowest = sequence.open.iterator().next().base;
        if (lowest.isPresent()) {
            sequence.known.headSet(lowest.getAsLong(), true).clear();
        }
    }

    // --- looks
    // --------------------------------------------------------------------------------------------------------

    /** The post that was lost, if it is remembered and the room is still the same. */
    synchronized @Nullable Sent doubt(ChatId chat, Rendered text, String room) {
        Sent sent = doubts.get(new Lost(chat, text));
        return sent == null || !sent.room.equals(room) ? null : sent;
    }

    /** The next id to look at, which is claimed from now on; empty if there is none that is safe. */
    synchronized OptionalLong claim(Sent sent) {
        if (sent.claimed != null) {
            return OptionalLong.of(sent.claimed);
        }
        if (sent.base.isEmpty()) {
            return OptionalLong.empty();
        }
        Sequence sequence = sent.sequence;
        long id = Math.max(sent.base.getAsLong(), sequence.forgotten) + 1;
        while (sequence.known.contains(id) || sent.tried.contains(id) || isClaimed(sequence, id)) {
            id++;
        }
        sent.claimed = id;
        return OptionalLong.of(id);
    }

    private static boolean isClaimed(Sequence sequence, long id) {
        return sequence.open.stream().anyMatch(other -> other.claimed != null && other.claimed == id);
    }

    /** It is not where was looked. */
    synchronized void elsewhere(Sent sent) {
        if (sent.claimed != null) {
            sent.tried.add(sent.claimed);
            sent.claimed = null;
        }
    }

    /** It is where was looked. */
    synchronized void found(Sent sent) {
        if (sent.claimed != null) {
            know(sent.sequence, sent.claimed);
            sent.sequence.begun = true;
        }
        settle(sent);
    }

    /** It is looked for no more. */
    synchronized void settle(Sent sent) {
        sent.claimed = null;
        doubts.values().remove(sent);
        close(sent);
    }

    private Sequence sequence(String room) {
        boolean own = room.startsWith("-") && room.length() >= OWN_SEQUENCE;
        return sequences.computeIfAbsent(own ? room : ACCOUNT, key -> new Sequence());
    }
}
