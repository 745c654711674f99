package io.erniegateway.ernie;

import java.util.List;

/**
 * A question with its history.
 *
 * @param system the persona, empty for none
 * @param turns the conversation, oldest first; the last is the user's question or a function's result. Before sending it
 *     is repaired so that the server takes it (consecutive turns of one role merged, what precedes the first user's
 *     dropped, calls without a result dropped) and, if the model's window is known, trimmed from the front in whole
 *     exchanges
 * @param user a pseudonymous id of the end user for Baidu's audit, empty for none
 * @param parameters what differs from the client's own parameters
 * @param tools the functions the model may ask for; none for none
 */
public record ChatRequest(
        String system,
        List<Turn> turns,
        String user,
        Parameters parameters,
        List<ToolSpec> tools,
        ToolChoice toolChoice) {

    /** OpenAI's bound; no model chooses well among more. */
    private static final int MOST_TOOLS = 128;

    /**
     * Checks what no server would take.
     *
     * @throws IllegalArgumentException naming the field
     */
    public ChatRequest {
        turns = List.copyOf(turns);
        tools = List.copyOf(tools);
        if (turns.isEmpty() || !asks(turns.getLast())) {
            throw new IllegalArgumentException(
                    "turns: the last one must be a user's and not blank, or a function's result");
        }
        if (tools.size() > MOST_TOOLS) {
            throw new IllegalArgumentException("tools: at most " + MOST_TOOLS + ", not " + tools.size());
        }
        if (tools.stream().map(ToolSpec::name).distinct().count() < tools.size()) {
            throw new IllegalArgumentException("tools: two have the same name");
        }
        if (toolChoice instanceof ToolChoice.Named(String name)
                && tools.stream().noneMatch(tool -> tool.name().equals(name))) {
            throw new IllegalArgumentException("tool_choice: there is no tool named " + name);
        }
    }

    /** Without parameters and tools. */
    public ChatRequest(String system, List<Turn> turns, String user) {
        this(system, turns, user, Parameters.NONE, List.of(), new ToolChoice.Auto());
    }

    /** One question, nothing else. */
    public static ChatRequest of(String question) {
        return new ChatRequest("", List.of(Turn.user(question)), "");
    }

    /** The same with one parameter set. */
    public <T> ChatRequest with(Parameter<T> parameter, T value) {
        return new ChatRequest(system, turns, user, parameters.with(parameter, value), tools, toolChoice);
    }

    /** The same with these functions to ask for. */
    public ChatRequest with(List<ToolSpec> functions, ToolChoice choice) {
        return new ChatRequest(system, turns, user, parameters, functions, choice);
    }

    /** The same with another history. */
    public ChatRequest with(List<Turn> history) {
        return new ChatRequest(system, history, user, parameters, tools, toolChoice);
    }

    private static boolean asks(Turn last) {
        return switch (last) {
            case Turn.User(String text, List<Image> images) -> !text.isBlank() || !images.isEmpty();
            case Turn.ToolResult result -> true;
            case Turn.Assistant assistant -> false;
        };
    }
}
