package io.erniegateway.connectors.slack;

import static com.slack.api.methods.RequestFormBuilder.toForm;

import com.slack.api.methods.Methods;
import com.slack.api.methods.request.assistant.threads.AssistantThreadsSetStatusRequest;
import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Refusal;
import io.erniegateway.connectors.slack.SlackCalls.Answer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The "is thinking…" line under a thread, {@code assistant.threads.setStatus}. It goes away with the next message or
 * after two minutes. An app or a channel that does not have it says so once, and is not asked again.
 */
final class SlackStatus {
    private static final Logger log = LoggerFactory.getLogger(SlackStatus.class);

    private static final String THINKING = "is thinking…";
    /** Chats that refused, remembered so as not to ask again; the oldest is forgotten and costs one call. */
    private static final int MAX_SILENT = 1_000;

    private final SlackCalls calls;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Boolean> silent = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_SILENT;
        }
    };

    SlackStatus(SlackCalls calls) {
        this.calls = calls;
    }

    Optional<Refusal> show(ChatId chat) {
        return say(chat, THINKING);
    }

    /** Takes it away; an agent session is no longer {@code processing} then. */
    Optional<Refusal> clear(ChatId chat) {
        return say(chat, "");
    }

    private Optional<Refusal> say(ChatId chat, String words) {
        if (chat.thread().isEmpty() || isSilent(chat)) {
            return Optional.empty();
        }
        Answer answer = calls.call(
                Methods.ASSISTANT_THREADS_SET_STATUS,
                toForm(AssistantThreadsSetStatusRequest.builder()
                        .channelId(chat.room())
                        .threadTs(chat.thread())
                        .status(words)
                        .build()));
        return switch (answer) {
            case Answer.Done ignored -> Optional.empty();
            case Answer.Refused(Refusal refusal, String code) -> {
                switch (refusal) {
                    case Refusal.SlowDown ignored -> {}
                    case Refusal.Unreachable ignored -> {}
                    case Refusal.Gone ignored -> silence(chat, code);
                    case Refusal.Rejected ignored -> silence(chat, code);
                }
                yield Optional.of(refusal);
            }
        };
    }

    private boolean isSilent(ChatId chat) {
        lock.lock();
        try {
            return silent.containsKey(chat.key());
        } finally {
            lock.unlock();
        }
    }

    private void silence(ChatId chat, String code) {
        log.debug("bot {}: no status in {}: {}", chat.bot(), chat.key(), code);
        lock.lock();
        try {
            silent.put(chat.key(), true);
        } finally {
            lock.unlock();
        }
    }
}
