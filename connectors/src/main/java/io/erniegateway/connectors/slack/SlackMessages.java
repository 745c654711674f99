package io.erniegateway.connectors.slack;

import static com.slack.api.methods.RequestFormBuilder.toForm;

import com.slack.api.methods.Methods;
import com.slack.api.methods.request.chat.ChatPostMessageRequest;
import com.slack.api.methods.request.chat.ChatUpdateRequest;
import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.EditOutcome;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.PostOutcome;
import io.erniegateway.connectors.Refusal;
import io.erniegateway.connectors.Rendered;
import io.erniegateway.connectors.slack.SlackCalls.Answer;
import java.util.Optional;

/** Whole messages, {@code chat.postMessage} and {@code chat.update}: blocks, characters alone, or Markdown. */
final class SlackMessages {

    private final SlackCalls calls;

    SlackMessages(SlackCalls calls) {
        this.calls = calls;
    }

    PostOutcome post(ChatId chat, Rendered text) {
        Optional<Refusal.Rejected> tooLong = tooLong(text);
        if (tooLong.isPresent()) {
            return tooLong.get();
        }
        boolean markdown = SlackMarkdown.isStreamed(text);
        Answer answer = calls.call(
                Methods.CHAT_POST_MESSAGE,
                toForm(ChatPostMessageRequest.builder()
                        .channel(chat.room())
                        .threadTs(chat.thread().isEmpty() ? null : chat.thread())
                        .markdownText(markdown ? text.text() : null)
                        .text(markdown ? null : SlackRenderer.escape(text.text()))
                        .blocksAsString(markdown ? null : text.markup())
                        .mrkdwn(false)
                        .parse("none")
                        .linkNames(false)
                        .unfurlLinks(false)
                        .unfurlMedia(false)
                        .build()));
        return switch (answer) {
            case Answer.Done done -> posted(chat, done.word("ts"));
            case Answer.Refused(Refusal refusal, String ignored) -> refusal;
        };
    }

    static PostOutcome posted(ChatId chat, String ts) {
        return ts.isEmpty()
                ? new Refusal.Unreachable("an answer without a ts", true)
                : new PostOutcome.Posted(new MessageRef(chat, ts));
    }

    EditOutcome edit(MessageRef message, Rendered text) {
        Optional<Refusal.Rejected> tooLong = tooLong(text);
        if (tooLong.isPresent()) {
            return tooLong.get();
        }
        boolean markdown = SlackMarkdown.isStreamed(text);
        Answer answer = calls.call(
                Methods.CHAT_UPDATE,
                toForm(ChatUpdateRequest.builder()
                        .channel(message.chat().room())
                        .ts(message.id())
                        .markdownText(markdown ? text.text() : null)
                        .text(markdown ? null : SlackRenderer.escape(text.text()))
                        .blocksAsString(markdown ? null : text.markup())
                        .parse("none")
                        .linkNames(false)
                        .build()));
        return switch (answer) {
            case Answer.Done ignored -> new EditOutcome.Applied();
            // Left open by a process before this one, or found in doubt.
            case Answer.Refused(Refusal ignored, String code)
            when code.equals("streaming_state_conflict") -> new EditOutcome.StreamOpen();
            case Answer.Refused(Refusal refusal, String ignored) -> refusal;
        };
    }

    /**
     * What Slack would refuse, or worse: a long text of a post it does not refuse but cuts into several messages, and
     * only the first could ever be edited.
     */
    private static Optional<Refusal.Rejected> tooLong(Rendered text) {
        if (SlackMarkdown.isStreamed(text)) {
            int characters = text.text().length();
            return characters > SlackMarkdown.MAX_CHARACTERS
                    ? Optional.of(new Refusal.Rejected("markdown_text_too_long: " + characters + " characters"))
                    : Optional.empty();
        }
        // Not its size: the characters alone of a streamed form have to pass here, too.
        int bytes = SlackRenderer.sizeOf(text.text());
        return bytes > SlackLimits.MAX_SIZE
                ? Optional.of(new Refusal.Rejected("msg_too_long: " + bytes + " bytes"))
                : Optional.empty();
    }
}
