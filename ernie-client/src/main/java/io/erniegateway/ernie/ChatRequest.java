package io.erniegateway.ernie;

import java.util.List;

/**
 * A question with its history.
 *
 * @param system the persona, empty for none
 * @param turns the conversation, oldest first; the last is the user's question. Consecutive turns of one role are
 *     merged before sending, and turns before the first user's are dropped
 * @param user a pseudonymous id of the end user for Baidu's audit, empty for none
 */
public record ChatRequest(String system, List<Turn> turns, String user) {
    public ChatRequest {
        turns = List.copyOf(turns);
        if (turns.isEmpty()
                || turns.getLast().role() != Role.USER
                || turns.getLast().text().isBlank()) {
            throw new IllegalArgumentException("turns: the last one must be a user's, and not blank");
        }
    }

    public record Turn(Role role, String text) {}

    public enum Role {
        USER,
        ASSISTANT
    }
}
