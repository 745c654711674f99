package io.erniegateway.ernie.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.erniegateway.ernie.ChatRequest;
import io.erniegateway.ernie.ChatRequest.Role;
import io.erniegateway.ernie.ChatRequest.Turn;
import io.erniegateway.ernie.ErnieSettings;
import io.erniegateway.ernie.sse.WellFormed;
import java.util.ArrayList;
import java.util.List;

/** Writes the body of a question, and repairs the history so that every dialect takes it. Pure. */
final class RequestWriter {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ErnieSettings settings;
    private final Wire wire;

    RequestWriter(ErnieSettings settings, Wire wire) {
        this.settings = settings;
        this.wire = wire;
    }

    byte[] write(ChatRequest request) {
        ObjectNode body = JSON.createObjectNode();
        if (!wire.modelInPath()) {
            body.put("model", settings.model());
        }
        ArrayNode messages = body.putArray("messages");
        String system = WellFormed.text(request.system());
        if (!system.isBlank() && wire.systemIsTurn()) {
            message(messages, "system", system);
        } else if (!system.isBlank()) {
            body.put("system", system);
        }
        for (Turn turn : repaired(request.turns())) {
            message(messages, name(turn.role()), turn.text());
        }
        body.put("stream", true);
        if (wire.asksForUsage()) {
            body.putObject("stream_options").put("include_usage", true);
        }
        sampling(body);
        if (!request.user().isEmpty()) {
            body.put(wire.userField(), WellFormed.text(request.user()));
        }
        return bytes(body);
    }

    /**
     * The history as all servers take it: no blank turn, the user's first, and never two of one role in a row (V1
     * refuses an even count, V2 documents the same for older models; a group chat gives many users' turns in a row).
     */
    static List<Turn> repaired(List<Turn> turns) {
        List<Turn> repaired = new ArrayList<>();
        for (Turn turn : turns) {
            String text = WellFormed.text(turn.text());
            if (text.isBlank() || (repaired.isEmpty() && turn.role() == Role.ASSISTANT)) {
                continue;
            }
            if (!repaired.isEmpty() && repaired.getLast().role() == turn.role()) {
                text = repaired.removeLast().text() + "\n" + text;
            }
            repaired.add(new Turn(turn.role(), text));
        }
        return repaired;
    }

    private void sampling(ObjectNode body) {
        if (settings.temperature() != null) {
            body.put("temperature", settings.temperature());
        }
        if (settings.topP() != null) {
            body.put("top_p", settings.topP());
        }
        if (settings.maxOutputTokens() != null) {
            body.put(wire.maxTokensField(), settings.maxOutputTokens());
        }
    }

    private static void message(ArrayNode messages, String role, String content) {
        messages.addObject().put("role", role).put("content", content);
    }

    private static String name(Role role) {
        return switch (role) {
            case USER -> "user";
            case ASSISTANT -> "assistant";
        };
    }

    private static byte[] bytes(ObjectNode body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers could not be written as JSON", e);
        }
    }
}
