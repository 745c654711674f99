package io.erniegateway.ernie.simulated;

import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.Turn;
import java.util.List;

/**
 * What a client asked, once it was found to be in order.
 *
 * @param system the persona, empty for none
 * @param turns oldest first; the last is the user's
 * @param user the end user's id, empty for none
 */
public record Question(Dialect dialect, String model, String system, List<Turn> turns, String user) {
    public Question {
        turns = List.copyOf(turns);
    }

    public String lastUserText() {
        return turns.getLast().text();
    }

    /** What the user said in earlier turns, oldest first. */
    public List<String> earlierUserTexts() {
        return turns.subList(0, turns.size() - 1).stream()
                .filter(Turn.User.class::isInstance)
                .map(Turn::text)
                .toList();
    }
}
