package io.erniegateway.connectors;

import java.time.Duration;
import java.util.Optional;

/**
 * A connector whose platform can show a message while it is still being written, as a preview that only a post makes
 * last (Telegram's {@code sendMessageDraft}).
 */
public interface Drafts {

    /**
     * Whether previews may be shown in this chat. False once the platform has refused the first one there for good. Pure
     * memory, asked under a lock.
     */
    boolean draftsIn(ChatId chat);

    /** How long a preview stays without being shown again. Any post in the chat takes it away at once. */
    Duration draftLasts();

    /**
     * Shows this text as the preview, in place of what it showed before. One call of kind {@code DRAFT}. Idempotent.
     *
     * @param number the same for all texts of one answer, above 0; the platform may tell it when the reader presses Stop
     */
    Optional<Refusal> draft(ChatId chat, int number, Rendered text);
}
