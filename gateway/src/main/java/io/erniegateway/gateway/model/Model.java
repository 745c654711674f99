package io.erniegateway.gateway.model;

import java.util.List;

/** Something that answers. Thread-safe. */
public interface Model extends AutoCloseable {

    /** The name it has in the configuration. */
    String name();

    /**
     * Asks. Returns at once; the work is done by whoever iterates.
     *
     * @return to be iterated once and closed; {@link ModelException} comes out of the iteration
     */
    ModelStream ask(Question question);

    @Override
    void close();

    /**
     * What is asked, with what was said before.
     *
     * @param persona who the bot is, empty for nobody in particular
     * @param turns the conversation, oldest first, the question last
     * @param person a pseudonym of the person who asks
     */
    record Question(String persona, List<Turn> turns, String person) {
        public Question {
            turns = List.copyOf(turns);
        }
    }

    record Turn(boolean fromPerson, String text) {}

    /**
     * An answer on its way. {@link #close} may come from any thread, never waits, and ends the iteration quietly and at
     * once, also while the model is still being connected to.
     */
    interface ModelStream extends Iterable<ModelEvent>, AutoCloseable {
        @Override
        void close();
    }
}
