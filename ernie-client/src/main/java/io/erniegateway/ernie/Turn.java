package io.erniegateway.ernie;

import java.util.List;

/**
 * One message of a conversation. Reasoning text has no place here on purpose: Baidu refuses a history that holds it
 * (HTTP 400, page 0m9cwwyjj).
 */
public sealed interface Turn {

    /** What a person said. */
    static Turn user(String text) {
        return new User(text, List.of());
    }

    /** What the model answered. */
    static Turn assistant(String text) {
        return new Assistant(text, List.of());
    }

    String text();

    /**
     * A person's turn.
     *
     * @param images what the model shall look at; needs a vision model, and an interface other than V1
     */
    record User(String text, List<Image> images) implements Turn {
        public User {
            images = List.copyOf(images);
        }
    }

    /**
     * The model's turn.
     *
     * @param calls the functions it wanted, each answered by a {@link ToolResult} that follows; usually without text
     */
    record Assistant(String text, List<ToolCall> calls) implements Turn {
        public Assistant {
            calls = List.copyOf(calls);
        }
    }

    /**
     * What a function returned.
     *
     * @param call the call it answers
     * @param text JSON or plain text
     */
    record ToolResult(ToolCall call, String text) implements Turn {}
}
