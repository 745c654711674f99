package io.erniegateway.connectors.telegram;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Doubts.Look;
import io.erniegateway.connectors.EditOutcome;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.PostOutcome;
import io.erniegateway.connectors.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Telegram's answers as the gateway's outcomes. Pure: the test is a table. */
final class Outcomes {

    /** A 429 without a figure; the flood waits that become visible are never shorter (the server waits out the rest). */
    private static final Duration UNTOLD_WAIT = Duration.ofSeconds(5);

    /**
     * Parts of 400s after which the same message or chat will not work again. Matched in lower case; the texts stand in
     * the Bot API server's Client.cpp and tdlib's MessagesManager.cpp.
     */
    private static final List<String> GONE = List.of(
            "message to edit not found",
            "message_id_invalid",
            "message can't be edited",
            "there is no text in the message to edit",
            "chat not found",
            "chat_id is empty",
            "peer_id_invalid",
            "message thread not found",
            "topic_closed",
            "topic_deleted",
            "group chat was upgraded",
            "group chat was deactivated",
            "not enough rights to send",
            "need administrator rights",
            "have no write access",
            "chat_write_forbidden",
            "chat_restricted",
            "chat_send_plain_forbidden",
            "user_is_blocked",
            "input_user_deactivated");

    /** Parts of 400s that say that a message is none, or none of ours, or none with a text. */
    private static final List<String> NOT_THERE = List.of(
            "message to edit not found",
            "message_id_invalid",
            "message can't be edited",
            "message_author_required",
            "there is no text in the message to edit");

    /** Parts of 400s that are about the text of the call: another text may pass. */
    private static final List<String> CONTENT = List.of(
            "can't parse",
            "too long",
            "too_long",
            "must be non-empty",
            "text is empty",
            "message_empty",
            "entit",
            "must be encoded in utf-8");

    private Outcomes() {}

    static PostOutcome post(ChatId chat, ApiAnswer answer) {
        return switch (answer) {
            case ApiAnswer.Ok ok
            when ok.result().path("message_id").asLong(0) > 0 ->
                new PostOutcome.Posted(new MessageRef(
                        chat, Long.toString(ok.result().path("message_id").asLong())));
            case ApiAnswer.Ok ignored -> new Refusal.Unreachable("the answer to a post has no message_id", true);
            case ApiAnswer.Failure failure -> refusal(failure);
        };
    }

    static EditOutcome edit(ApiAnswer answer) {
        return switch (answer) {
            case ApiAnswer.Ok ignored -> new EditOutcome.Applied();
            case ApiAnswer.Refused refused when saysNotModified(refused) -> new EditOutcome.Unchanged();
            case ApiAnswer.Failure failure -> refusal(failure);
        };
    }

    /** What an edit with the content of a lost post says about this place. */
    static Look look(ChatId chat, long id, ApiAnswer answer) {
        Look found = new Look.Found(new MessageRef(chat, Long.toString(id)));
        return switch (answer) {
            // It was another message of ours, or the server keeps the same text in another form: now it is this one.
            case ApiAnswer.Ok ignored -> found;
            case ApiAnswer.Refused refused when saysNotModified(refused) -> found;
            case ApiAnswer.Refused refused
            when refused.code() == 400 && says(refused, NOT_THERE) -> new Look.Elsewhere();
            case ApiAnswer.Failure failure -> {
                Refusal refusal = refusal(failure);
                // What is no content to Telegram cannot have become a message.
                yield refusal instanceof Refusal.Rejected ? new Look.Missing() : new Look.Refused(refusal);
            }
        };
    }

    static Optional<Refusal> sign(ApiAnswer answer) {
        return answer instanceof ApiAnswer.Failure failure ? Optional.of(refusal(failure)) : Optional.empty();
    }

    /** Whether the chat takes no previews at all (TEXTDRAFT_PEER_INVALID and whatever else is not about the text). */
    static boolean refusesDrafts(ApiAnswer.Refused refused) {
        return refused.code() == 400 && !saysGone(refused) && !says(refused, CONTENT);
    }

    static Refusal refusal(ApiAnswer.Failure failure) {
        return switch (failure) {
            case ApiAnswer.Lost lost -> new Refusal.Unreachable(lost.why(), lost.mayHaveActed());
            case ApiAnswer.Refused refused -> refusal(refused);
        };
    }

    private static Refusal refusal(ApiAnswer.Refused refused) {
        String why = refused.code() + " " + refused.description();
        if (refused.code() == ApiAnswer.TOO_MANY_REQUESTS) {
            return new Refusal.SlowDown(refused.retryAfter().isZero() ? UNTOLD_WAIT : refused.retryAfter(), why);
        }
        if (refused.code() == 403 || (refused.code() == 400 && saysGone(refused))) {
            return new Refusal.Gone(why);
        }
        return new Refusal.Rejected(why);
    }

    private static boolean saysNotModified(ApiAnswer.Refused refused) {
        String text = refused.description().toLowerCase(Locale.ROOT);
        return refused.code() == 400
                && (text.contains("message is not modified") || text.contains("message_not_modified"));
    }

    private static boolean saysGone(ApiAnswer.Refused refused) {
        return says(refused, GONE);
    }

    private static boolean says(ApiAnswer.Refused refused, List<String> parts) {
        String text = refused.description().toLowerCase(Locale.ROOT);
        return parts.stream().anyMatch(text::contains);
    }
}
