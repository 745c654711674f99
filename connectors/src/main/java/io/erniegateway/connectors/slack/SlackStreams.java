package io.erniegateway.connectors.slack;

import static com.slack.api.methods.RequestFormBuilder.toForm;

import com.slack.api.methods.Methods;
import com.slack.api.methods.request.chat.ChatAppendStreamRequest;
import com.slack.api.methods.request.chat.ChatStartStreamRequest;
import com.slack.api.methods.request.chat.ChatStopStreamRequest;
import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.EditOutcome;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.PostOutcome;
import io.erniegateway.connectors.Refusal;
import io.erniegateway.connectors.Rendered;
import io.erniegateway.connectors.slack.SlackCalls.Answer;
import io.erniegateway.connectors.slack.SlackRecipients.Recipient;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages that take their text piece by piece: {@code chat.startStream}, {@code chat.appendStream}, {@code
 * chat.stopStream}. Where Slack has no streams it says so once, and is not asked again. Thread-safe.
 */
final class SlackStreams {
    private static final Logger log = LoggerFactory.getLogger(SlackStreams.class);

    /** Rooms and chats without streams, remembered so as not to ask again; the oldest is forgotten and costs one call. */
    private static final int MAX_CLOSED = 10_000;

    private static final String EVERYWHERE = "";

    private final SlackCalls calls;
    private final SlackRecipients recipients;
    private final boolean wanted;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Boolean> closed = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_CLOSED;
        }
    };

    private boolean closedEverywhere;

    /** @param wanted whether streams are to be used at all */
    SlackStreams(SlackCalls calls, SlackRecipients recipients, boolean wanted) {
        this.calls = calls;
        this.recipients = recipients;
        this.wanted = wanted;
    }

    /** A stream is always a reply in a thread, and in a room of several it is for somebody. */
    boolean isOpenIn(ChatId chat) {
        if (!wanted || chat.thread().isEmpty()) {
            return false;
        }
        if (chat.group() && recipients.of(chat).isEmpty()) {
            return false;
        }
        lock.lock();
        try {
            return !closedEverywhere && !closed.containsKey(chat.room()) && !closed.containsKey(chat.key());
        } finally {
            lock.unlock();
        }
    }

    PostOutcome start(ChatId chat, Rendered text) {
        Optional<Recipient> recipient = chat.group() ? recipients.of(chat) : Optional.empty();
        Answer answer = calls.call(
                Methods.CHAT_START_STREAM,
                toForm(ChatStartStreamRequest.builder()
                        .channel(chat.room())
                        .threadTs(chat.thread())
                        .markdownText(text.text())
                        .recipientUserId(recipient.map(Recipient::user).orElse(null))
                        .recipientTeamId(recipient.map(Recipient::team).orElse(null))
                        .build()));
        return switch (answer) {
            case Answer.Done done -> SlackMessages.posted(chat, done.word("ts"));
            case Answer.Refused(Refusal refusal, String code) -> notStarted(chat, refusal, code);
        };
    }

    /** {@code Gone} would say that nothing can be posted, while a refusal of streams alone leaves that open. */
    private PostOutcome notStarted(ChatId chat, Refusal refusal, String code) {
        String place = switch (SlackErrors.streamless(code, refusal)) {
            case NOWHERE -> null;
            case CHAT -> chat.key();
            case ROOM -> chat.room();
            case APP -> EVERYWHERE;
        };
        if (place == null) {
            return refusal;
        }
        log.info(
                "bot {}: no streamed messages in {}, which are edited instead: {}",
                chat.bot(),
                place.equals(EVERYWHERE) ? "this workspace" : place,
                code);
        lock.lock();
        try {
            if (place.equals(EVERYWHERE)) {
                closedEverywhere = true;
            } else {
                closed.put(place, true);
            }
        } finally {
            lock.unlock();
        }
        return new Refusal.Rejected(code);
    }

    EditOutcome append(MessageRef message, String piece) {
        if (piece.isEmpty()) {
            return new EditOutcome.Unchanged();
        }
        return outcome(calls.call(
                Methods.CHAT_APPEND_STREAM,
                toForm(ChatAppendStreamRequest.builder()
                        .channel(message.chat().room())
                        .ts(message.id())
                        .markdownText(piece)
                        .build())));
    }

    EditOutcome stop(MessageRef message, String piece) {
        return outcome(calls.call(
                Methods.CHAT_STOP_STREAM,
                toForm(ChatStopStreamRequest.builder()
                        .channel(message.chat().room())
                        .ts(message.id())
                        .markdownText(piece.isEmpty() ? null : piece)
                        .build())));
    }

    private static EditOutcome outcome(Answer answer) {
        return switch (answer) {
            case Answer.Done ignored -> new EditOutcome.Applied();
            case Answer.Refused(Refusal refusal, String code) ->
                switch (code) {
                    case "message_not_in_streaming_state" -> new EditOutcome.StreamOver(false);
                    case "stopped_by_user" -> new EditOutcome.StreamOver(true);
                    // The message stands and can be edited.
                    case "channel_type_not_supported" -> new Refusal.Rejected(code);
                    default -> refusal;
                };
        };
    }
}
