package io.erniegateway.connectors;

import java.util.Optional;

/** A connector that can show that the bot is busy. */
public interface Typing {

    /** Shows the sign for about {@link Limits#typingLasts()}, or until the next post. One call of kind {@code TYPING}. */
    Optional<Refusal> typing(ChatId chat);

    /**
     * Takes the sign away where no post did, so that nobody waits for an answer that does not come. One call of kind
     * {@code TYPING}; nothing where signs fade by themselves within seconds.
     */
    default Optional<Refusal> typingEnds(ChatId chat) {
        return Optional.empty();
    }
}
