package io.erniegateway.ernie.sse;

import io.erniegateway.ernie.ToolCall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tool calls of one answer, put together from their pieces. */
final class ToolCalls {
    /** As many functions as OpenAI lets a request offer; a model that calls more at once has lost its way. */
    static final int MOST_CALLS = 128;

    private final int maxCharacters;
    private final List<Call> calls = new ArrayList<>();
    private int characters;

    /** @param maxCharacters the most that all calls together may have, since they are output as the text is */
    ToolCalls(int maxCharacters) {
        this.maxCharacters = maxCharacters;
    }

    /** Takes the next piece; false if there are more calls or characters than may be. */
    boolean add(ToolPiece piece) {
        Call call = owner(piece);
        if (call == null) {
            if (calls.size() == MOST_CALLS) {
                return false;
            }
            call = new Call(piece.index());
            calls.add(call);
        }
        characters -= call.characters();
        call.add(piece);
        characters += call.characters();
        return characters <= maxCharacters;
    }

    /** The calls in the order of their index. One without a name is none. */
    List<ToolCall> all() {
        return calls.stream()
                .filter(call -> !call.name.isEmpty())
                .sorted(Comparator.comparingInt(call -> call.index))
                .map(Call::call)
                .toList();
    }

    /** The call that a piece continues, or null if it begins one. */
    private @Nullable Call owner(ToolPiece piece) {
        for (Call call : calls.reversed()) {
            if (call.index == piece.index()) {
                return call.endsBefore(piece) ? null : call;
            }
        }
        // SGLang has numbered a call's first piece differently from the others (its issue 6310).
        boolean nameless = piece.id().isEmpty() && piece.name().isEmpty();
        return nameless && !calls.isEmpty() ? calls.getLast() : null;
    }

    /** One call so far. */
    private static final class Call {
        private final int index;
        private final StringBuilder arguments = new StringBuilder();
        private String id = "";
        private String name = "";
        private String thoughts = "";

        Call(int index) {
            this.index = index;
        }

        /**
         * Whether a piece of the same index belongs to another call all the same. Ollama (its issue 15457), SGLang and
         * vLLM have sent 0 with every parallel call. Only the piece that names a function can begin one: old versions of
         * vLLM made up a new id for every piece.
         */
        boolean endsBefore(ToolPiece piece) {
            if (piece.whole() || piece.name().isEmpty() || name.isEmpty()) {
                return false;
            }
            boolean otherId =
                    !piece.id().isEmpty() && !id.isEmpty() && !piece.id().equals(id);
            return otherId || !piece.name().equals(name);
        }

        void add(ToolPiece piece) {
            if (piece.whole()) {
                arguments.setLength(0);
                name = "";
            }
            id = id.isEmpty() ? piece.id() : id;
            name = name.isEmpty() ? piece.name() : name;
            thoughts = piece.thoughts();
            arguments.append(piece.arguments());
        }

        int characters() {
            return id.length() + name.length() + thoughts.length() + arguments.length();
        }

        ToolCall call() {
            return new ToolCall(
                    WellFormed.text(id),
                    WellFormed.text(name),
                    WellFormed.text(arguments.toString()),
                    WellFormed.text(thoughts));
        }
    }
}
