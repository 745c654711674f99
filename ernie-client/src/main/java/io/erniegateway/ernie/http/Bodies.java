package io.erniegateway.ernie.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.erniegateway.ernie.sse.Json;
import okio.ByteString;

/** Makes the JSON bodies of calls. */
final class Bodies {
    private Bodies() {}

    static ObjectNode object() {
        return Json.MAPPER.createObjectNode();
    }

    static ByteString bytes(ObjectNode body) {
        try {
            return ByteString.of(Json.MAPPER.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers could not be written as JSON", e);
        }
    }
}
