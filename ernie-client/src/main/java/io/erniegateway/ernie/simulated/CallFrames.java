package io.erniegateway.ernie.simulated;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Wanted calls in the three shapes of the wire. Pure. */
final class CallFrames {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Reply.Call> calls;
    private final String answerId;

    CallFrames(List<Reply.Call> calls, String answerId) {
        this.calls = calls;
        this.answerId = answerId;
    }

    /** V2 and OpenAI, whole: the entries of {@code message.tool_calls}. */
    List<ObjectNode> whole() {
        List<ObjectNode> all = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            all.add(entry(i, calls.get(i).arguments()));
        }
        return all;
    }

    /**
     * V2 and OpenAI, in pieces: one entry of {@code delta.tool_calls} for each chunk. First the id and the name, then the
     * arguments; one call after the other, or all at once, in turn.
     */
    List<ObjectNode> pieces(Function<String, List<String>> cut, boolean interleaved) {
        List<Deque<ObjectNode>> queues = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            Deque<ObjectNode> queue = new ArrayDeque<>();
            queue.add(entry(i, "").put("index", i));
            for (String piece : cut.apply(calls.get(i).arguments())) {
                ObjectNode more = JSON.createObjectNode().put("index", i);
                more.putObject("function").put("arguments", piece);
                queue.add(more);
            }
            queues.add(queue);
        }
        List<ObjectNode> pieces = new ArrayList<>();
        while (queues.stream().anyMatch(queue -> !queue.isEmpty())) {
            for (Deque<ObjectNode> queue : queues) {
                for (int most = interleaved ? 1 : queue.size(); most > 0 && !queue.isEmpty(); most--) {
                    pieces.add(queue.remove());
                }
            }
        }
        return pieces;
    }

    /** V1: the one that it can tell, as {@code function_call}. */
    ObjectNode v1() {
        Reply.Call call = calls.getFirst();
        return JSON.createObjectNode()
                .put("name", call.name())
                .put("thoughts", call.thoughts())
                .put("arguments", call.arguments());
    }

    private ObjectNode entry(int index, String arguments) {
        ObjectNode entry = JSON.createObjectNode().put("id", id(index)).put("type", "function");
        entry.putObject("function").put("name", calls.get(index).name()).put("arguments", arguments);
        return entry;
    }

    /** 32 hexadecimal characters, as recorded; never the same in two answers. */
    private String id(int index) {
        byte[] name = (answerId + "/" + index).getBytes(StandardCharsets.UTF_8);
        return UUID.nameUUIDFromBytes(name).toString().replace("-", "");
    }
}
