package io.erniegateway.ernie;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import io.erniegateway.ernie.sse.Json;
import java.util.regex.Pattern;

/**
 * A function the model may ask for.
 *
 * @param name 1 to 64 letters, digits, underscores and hyphens, as OpenAI has it
 * @param description when to call it, for the model to read
 * @param parameters JSON Schema of an object, as JSON text
 */
public record ToolSpec(String name, String description, String parameters) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final ObjectReader JSON = Json.MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /**
     * Checks name and schema.
     *
     * @throws IllegalArgumentException if the name is not allowed or the schema is no JSON object
     */
    public ToolSpec {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "tool name: must be 1 to 64 letters, digits, _ and -, not \"" + name + "\"");
        }
        try {
            if (!JSON.readTree(parameters).isObject()) {
                throw new IllegalArgumentException("tool " + name + ": parameters must be a JSON object");
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "tool " + name + ": parameters are no JSON: " + e.getOriginalMessage(), e);
        }
    }
}
