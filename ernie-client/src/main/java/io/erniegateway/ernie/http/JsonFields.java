package io.erniegateway.ernie.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.erniegateway.ernie.ErnieEvent.Usage;
import io.erniegateway.ernie.sse.ChunkGrammar;
import io.erniegateway.ernie.sse.WellFormed;
import org.jspecify.annotations.Nullable;

/** Reads fields that many answers have. What has another type than expected counts as absent. Pure. */
final class JsonFields {
    private JsonFields() {}

    static String text(JsonNode object, String field) {
        JsonNode value = object.path(field);
        return value.isTextual() ? WellFormed.text(value.textValue()) : "";
    }

    /**
     * Token counts, null if there are none.
     *
     * @param v1 whether they are V1's, whose completion_tokens meant different things over the years: total minus prompt
     *     was always right
     */
    static @Nullable Usage usage(JsonNode answer, boolean v1) {
        return (v1 ? ChunkGrammar.RESULT : ChunkGrammar.CHOICES).usage(answer.path("usage"));
    }
}
