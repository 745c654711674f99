package io.erniegateway.ernie.sse;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What one chunk says of one tool call.
 *
 * @param index which call of the answer it belongs to
 * @param id empty if not told, as in all pieces but a call's first
 * @param name empty if not told
 * @param arguments the next characters of the arguments
 * @param thoughts V1's reasoning about the call
 * @param whole whether this is all of the call, so that it replaces what was told of it before
 */
record ToolPiece(int index, String id, String name, String arguments, String thoughts, boolean whole) {

    /** V2 and OpenAI: {@code [{"index":0,"id":…,"type":"function","function":{"name":…,"arguments":…}},…]}. */
    static List<ToolPiece> ofToolCalls(JsonNode array) {
        if (!array.isArray() || array.isEmpty()) {
            return List.of();
        }
        List<ToolPiece> pieces = new ArrayList<>(array.size());
        for (int position = 0; position < array.size(); position++) {
            JsonNode call = array.path(position);
            if (call.isObject()) {
                JsonNode function = call.path("function");
                JsonNode index = call.path("index");
                pieces.add(new ToolPiece(
                        index.isInt() ? index.intValue() : position,
                        ChunkGrammar.text(call, "id"),
                        ChunkGrammar.text(function, "name"),
                        arguments(function),
                        "",
                        false));
            }
        }
        return pieces;
    }

    /** V1: {@code {"name":…,"thoughts":…,"arguments":…}}, one a turn and always whole. */
    static List<ToolPiece> ofFunctionCall(JsonNode call) {
        if (!call.isObject()) {
            return List.of();
        }
        String name = ChunkGrammar.text(call, "name");
        String thoughts = ChunkGrammar.text(call, "thoughts");
        return List.of(new ToolPiece(0, "", name, arguments(call), thoughts, true));
    }

    /** JSON text by the specification; some servers forget to make a text of it. */
    private static String arguments(JsonNode function) {
        JsonNode arguments = function.path("arguments");
        return arguments.isObject() ? arguments.toString() : ChunkGrammar.text(function, "arguments");
    }
}
