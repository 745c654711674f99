package io.erniegateway.ernie.simulated;

import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.Image;
import io.erniegateway.ernie.ToolChoice;
import io.erniegateway.ernie.ToolSpec;
import io.erniegateway.ernie.Turn;
import java.util.List;

/**
 * What a client asked, once it was found to be in order.
 *
 * @param system the persona, empty for none
 * @param turns oldest first; the last is the user's, or a function's result
 * @param user the end user's id, empty for none
 * @param tools the functions that may be called
 * @param toolChoice whether they may, must or must not
 * @param traces whether the pages of a web search are to be told
 */
public record Question(
        Dialect dialect,
        String model,
        String system,
        List<Turn> turns,
        String user,
        List<ToolSpec> tools,
        ToolChoice toolChoice,
        boolean traces) {

    public Question {
        turns = List.copyOf(turns);
        tools = List.copyOf(tools);
    }

    /** A question without functions and without the web. */
    public Question(Dialect dialect, String model, String system, List<Turn> turns, String user) {
        this(dialect, model, system, turns, user, List.of(), new ToolChoice.Auto(), false);
    }

    /** What the user said last; results of functions may have come since. */
    public String lastUserText() {
        return lastUser().text();
    }

    /** What the user's last turn shows. */
    public List<Image> images() {
        return lastUser().images();
    }

    /** What functions returned since the model's last turn, in the order of the request; empty if the user asks. */
    public List<Turn.ToolResult> toolResults() {
        return turns.reversed().stream()
                .takeWhile(Turn.ToolResult.class::isInstance)
                .map(Turn.ToolResult.class::cast)
                .toList()
                .reversed();
    }

    /** Whether the model may call functions now. */
    public boolean mayCall() {
        return !tools.isEmpty() && !(toolChoice instanceof ToolChoice.None);
    }

    /** What the user said in earlier turns, oldest first. */
    public List<String> earlierUserTexts() {
        List<Turn.User> all = users();
        return all.subList(0, all.size() - 1).stream().map(Turn.User::text).toList();
    }

    private Turn.User lastUser() {
        return users().getLast();
    }

    private List<Turn.User> users() {
        return turns.stream()
                .filter(Turn.User.class::isInstance)
                .map(Turn.User.class::cast)
                .toList();
    }
}
