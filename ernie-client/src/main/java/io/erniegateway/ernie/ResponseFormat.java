package io.erniegateway.ernie;

/** The form of the answer: {@code response_format}, a text in V1 and an object elsewhere. */
public sealed interface ResponseFormat {
    record Text() implements ResponseFormat {}

    /** Any JSON object. */
    record JsonObject() implements ResponseFormat {}

    /**
     * A JSON object of this schema; not in V1.
     *
     * @param name of the schema, for the server
     * @param schema JSON Schema as JSON text
     */
    record JsonSchema(String name, String schema) implements ResponseFormat {}
}
