package io.erniegateway.connectors.slack;

import io.erniegateway.connectors.ChatId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who asked last in each chat, because a stream in a room of several has to name its recipient. In memory: after a
 * restart a chat is answered by edits until somebody writes in it again. Thread-safe.
 */
final class SlackRecipients {

    /** The chats that are remembered; the longest silent one is forgotten. A few hundred bytes each. */
    private static final int MAX_CHATS = 10_000;

    /**
     * One person.
     *
     * @param user {@code U…}
     * @param team {@code T…}, which is another workspace's in a shared channel
     */
    record Recipient(String user, String team) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ChatId, Recipient> last = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ChatId, Recipient> eldest) {
            return size() > MAX_CHATS;
        }
    };

    void remember(ChatId chat, String user, String team) {
        if (user.isEmpty() || team.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            last.put(chat, new Recipient(user, team));
        } finally {
            lock.unlock();
        }
    }

    Optional<Recipient> of(ChatId chat) {
        lock.lock();
        try {
            return Optional.ofNullable(last.get(chat));
        } finally {
            lock.unlock();
        }
    }
}
