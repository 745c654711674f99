package io.erniegateway.connectors;

import java.util.Optional;

/** A connector that can show that the bot is busy. */
public interface Typing {

    /** Shows the sign for about {@link Limits#typingLasts()}, or until the next post. One call of kind {@code TYPING}. */
    Optional<Refusal> typing(ChatId chat);
}
