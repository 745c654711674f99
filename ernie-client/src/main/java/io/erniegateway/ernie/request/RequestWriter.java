package io.erniegateway.ernie.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.erniegateway.ernie.ChatRequest;
import io.erniegateway.ernie.Dialect;
import io.erniegateway.ernie.ErnieSettings;
import io.erniegateway.ernie.Parameter;
import io.erniegateway.ernie.Parameters;
import io.erniegateway.ernie.ToolChoice;
import io.erniegateway.ernie.Turn;
import io.erniegateway.ernie.sse.Json;
import io.erniegateway.ernie.sse.WellFormed;
import java.util.ArrayList;
import java.util.List;

/** Writes the body of a question so that its server takes it: checked, repaired, trimmed. Pure. */
public final class RequestWriter {
    private final ErnieSettings settings;
    private final Dialect.Api api;
    private final FieldWriter fields;
    private final MessageWriter messages;

    public RequestWriter(ErnieSettings settings) {
        this.settings = settings;
        this.api = settings.dialect().api();
        this.fields = new FieldWriter(settings.dialect());
        this.messages = new MessageWriter(api);
    }

    /**
     * A question that asks for a stream, trimmed to the model's window.
     *
     * @throws IllegalArgumentException naming the field that the server would not take, and its range
     */
    public Question question(ChatRequest request, boolean stream) {
        request.parameters().over(settings.parameters()).check(settings.dialect());
        History history = History.repaired(request.turns());
        return new Question(this, request, stream, Trimming.toWindow(history, request, settings.window()));
    }

    byte[] body(ChatRequest request, History history, boolean stream) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        boolean v1 = api == Dialect.Api.QIANFAN_V1;
        if (!v1) {
            body.put("model", settings.model());
        }
        ArrayNode list = body.putArray("messages");
        List<Turn> turns = history.turns();
        String system = WellFormed.text(request.system());
        if (!system.isBlank() && !v1) {
            list.addObject().put("role", "system").put("content", system);
        } else if (!system.isBlank() && offersTools(request)) {
            // V1 takes no persona beside functions, so the first question tells it.
            turns = withPersona(system, turns);
        } else if (!system.isBlank()) {
            body.put("system", system);
        }
        messages.write(turns, list);
        body.put("stream", stream);
        if (stream && !v1) {
            body.putObject("stream_options").put("include_usage", true);
        }
        Parameters parameters = request.parameters().over(settings.parameters());
        fields.parameters(stream ? parameters : parameters.with(Parameter.CHUNK_USAGE, null), body);
        fields.tools(request.tools(), request.toolChoice(), body);
        if (!request.user().isEmpty()) {
            body.put(v1 ? "user_id" : "user", WellFormed.text(request.user()));
        }
        return bytes(body);
    }

    private static boolean offersTools(ChatRequest request) {
        return !request.tools().isEmpty() && !(request.toolChoice() instanceof ToolChoice.None);
    }

    private static List<Turn> withPersona(String system, List<Turn> turns) {
        List<Turn> told = new ArrayList<>(turns);
        if (told.getFirst() instanceof Turn.User first) {
            told.set(0, new Turn.User(system + "\n\n" + first.text(), first.images()));
        }
        return told;
    }

    private static byte[] bytes(ObjectNode body) {
        try {
            return Json.MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers could not be written as JSON", e);
        }
    }
}
