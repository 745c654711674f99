package io.erniegateway.ernie.tools;

import io.erniegateway.ernie.ChatRequest;
import io.erniegateway.ernie.ErnieClient;
import io.erniegateway.ernie.ErnieStream;
import io.erniegateway.ernie.ToolSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The functions that a model may use, and the way to ask it with them. Immutable and thread-safe; keep one.
 *
 * <pre>{@code
 * ToolBox tools = ToolBox.of(weather, calendar);
 * try (ErnieStream answer = tools.open(ernie, request)) {
 *     for (ErnieEvent event : answer) { … }
 * }
 * }</pre>
 */
public final class ToolBox {
    /** As in {@link ChatRequest}. */
    private static final int MOST_TOOLS = 128;

    private final Map<String, Tool> tools;
    private final ToolLimits limits;

    /**
     * With these functions, told to the model in this order.
     *
     * @throws IllegalArgumentException if there is none, there are more than 128, or two have the same name
     */
    public ToolBox(List<Tool> tools, ToolLimits limits) {
        if (tools.isEmpty() || tools.size() > MOST_TOOLS) {
            throw new IllegalArgumentException("tools: 1 to " + MOST_TOOLS + ", not " + tools.size());
        }
        Map<String, Tool> byName = new LinkedHashMap<>();
        for (Tool tool : tools) {
            if (byName.put(tool.spec().name(), tool) != null) {
                throw new IllegalArgumentException(
                        "tools: two are named " + tool.spec().name());
            }
        }
        this.tools = Collections.unmodifiableMap(byName);
        this.limits = limits;
    }

    /** With these functions and the {@linkplain ToolLimits#DEFAULT usual limits}. */
    public static ToolBox of(Tool... tools) {
        return new ToolBox(List.of(tools), ToolLimits.DEFAULT);
    }

    /** What the model is told of them. */
    public List<ToolSpec> specs() {
        return tools.values().stream().map(Tool::spec).toList();
    }

    /**
     * Asks, calls the functions that the model wants, and lets it go on, until it answers.
     *
     * <p>All rounds are one stream: text, reasoning and the rest come as they are written; {@code ToolWanted} and {@code
     * ToolAnswered} stand between; at the end one {@code Usage} with the sum of all rounds, and one {@code Finished}. It
     * finishes with {@code TOOL_CALLS} only if the model calls though it was forbidden to in the last round; those calls
     * were not made. A round that was cut or filtered, or that the content check wants to be the last, ends the answer
     * whatever it called.
     *
     * <p>A failure of a later round is an {@link io.erniegateway.ernie.ErnieException} after what was shown. Asking again
     * would call the functions again; only the caller knows whether that is harmless.
     *
     * @param request which functions it names are offered, all of this box if it names none. A choice of {@code Required}
     *     or {@code Named} is for the first round; then the model decides
     * @throws io.erniegateway.ernie.ErnieException if the server refused or could not be reached
     * @throws IllegalArgumentException if the request names a function that is not in this box
     */
    public ErnieStream open(ErnieClient client, ChatRequest request) {
        Map<String, Tool> offered = offered(request.tools());
        List<ToolSpec> specs = offered.values().stream().map(Tool::spec).toList();
        return ToolStream.open(client, request.with(specs, request.toolChoice()), offered, limits);
    }

    private Map<String, Tool> offered(List<ToolSpec> named) {
        if (named.isEmpty()) {
            return tools;
        }
        Map<String, Tool> offered = new LinkedHashMap<>();
        for (ToolSpec spec : named) {
            Tool tool = tools.get(spec.name());
            if (tool == null) {
                throw new IllegalArgumentException("tools: the box has none named " + spec.name());
            }
            offered.put(spec.name(), tool);
        }
        return offered;
    }
}
