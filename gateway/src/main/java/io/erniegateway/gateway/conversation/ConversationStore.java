package io.erniegateway.gateway.conversation;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.MessageRef;
import io.erniegateway.connectors.Person;
import java.util.List;
import java.util.Optional;

/** Where conversations are kept. Implemented by the store; every call is durable when it returns. */
public interface ConversationStore {

    /**
     * Opens the turn that answers an arrival, or opens it again after a restart.
     *
     * @param question what is asked, empty if the turn asks the model nothing
     */
    OpenTurn begin(long arrival, ChatId chat, Person person, String question);

    /** Closes a turn. Only a turn with an answer is part of the history. */
    void end(long turn, Optional<String> answer);

    /** The last turns that are part of the history, oldest first. */
    List<PastTurn> past(ChatId chat, int most);

    /** Takes the last question out of the history, with its answer, and returns it. */
    Optional<String> takeLastQuestion(ChatId chat);

    /** Forgets the texts of a conversation. */
    void forget(ChatId chat);

    /** The chats of a room in which this person has talked, most recent first. */
    List<ChatId> chatsOf(ChatId room, Person person, int most);

    /** Whether the bot has ever begun a turn here. */
    boolean takesPart(ChatId chat);

    /** Whether a question was ever asked here, forgotten or not; commands are none. */
    boolean hasAsked(ChatId chat);

    /**
     * A turn that may be worked on.
     *
     * @param id the turn's number
     * @param posted the messages of its answer that stand already
     */
    record OpenTurn(long id, List<MessageRef> posted) {}

    /** A turn of the history. */
    record PastTurn(String question, String answer) {}
}
