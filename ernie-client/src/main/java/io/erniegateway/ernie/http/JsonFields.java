package io.erniegateway.ernie.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.erniegateway.ernie.ErnieEvent.Usage;
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
        JsonNode usage = answer.path("usage");
        if (!usage.isObject()) {
            return null;
        }
        int prompt = count(usage, "prompt_tokens");
        int total = Math.max(prompt, count(usage, "total_tokens"));
        return new Usage(prompt, v1 ? total - prompt : count(usage, "completion_tokens"), total);
    }

    private static int count(JsonNode usage, String field) {
        return Math.max(0, usage.path(field).asInt(0));
    }
}
