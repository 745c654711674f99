package io.erniegateway.ernie.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** From the text that a model wrote to arguments that fit a schema, or words for the model on why they do not. */
final class Arguments {
    /** Reads what models write and writes what functions return; strict about what is certainly a mistake. */
    static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    /** A model mends a few faults at a time; more would only make its history longer. */
    private static final int FAULTS_TOLD = 5;

    /** In English whatever the machine's language is: the texts are for the model. Nothing is fetched from the net. */
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().locale(Locale.ENGLISH).build()));

    private static final String META_SCHEMA = "https://json-schema.org/draft/2020-12/schema";

    private final Schema schema;

    /**
     * With a schema, which is checked at once.
     *
     * @throws IllegalArgumentException if it is no JSON Schema
     */
    Arguments(JsonNode schema) {
        try {
            String draft = schema.path("$schema").asText(META_SCHEMA);
            List<Error> faults = SCHEMAS.getSchema(SchemaLocation.of(draft)).validate(schema);
            if (!faults.isEmpty()) {
                throw new IllegalArgumentException("is no JSON Schema: " + told(faults));
            }
            this.schema = SCHEMAS.getSchema(schema);
            this.schema.initializeValidators();
        } catch (SchemaException e) {
            throw new IllegalArgumentException("is no JSON Schema that can be checked: " + e.getMessage(), e);
        }
    }

    /**
     * Reads arguments. A model that calls a function without arguments may write nothing at all.
     *
     * @throws ToolException if they are no JSON
     */
    static JsonNode read(String text) throws ToolException {
        try {
            return JSON.readTree(text.isBlank() ? "{}" : text);
        } catch (JsonProcessingException e) {
            throw new ToolException("the arguments are no JSON: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Checks arguments against the schema.
     *
     * @throws ToolException naming the first few faults
     */
    void check(JsonNode arguments) throws ToolException {
        List<Error> faults = schema.validate(arguments);
        if (!faults.isEmpty()) {
            throw new ToolException("the arguments do not fit the function's parameters: " + told(faults));
        }
    }

    /**
     * Makes a record of checked arguments.
     *
     * @throws ToolException if the record's own constructor refuses them, or a number is too large
     */
    static <A> A as(Class<A> type, JsonNode arguments) throws ToolException {
        try {
            return JSON.treeToValue(arguments, type);
        } catch (ValueInstantiationException e) {
            String why = e.getCause() instanceof IllegalArgumentException refused ? ": " + refused.getMessage() : "";
            throw new ToolException("the arguments were refused" + why, e);
        } catch (JsonProcessingException e) {
            throw new ToolException("the arguments cannot be used: " + e.getOriginalMessage(), e);
        }
    }

    /** Takes null members out of all objects: for a record, null and absent are the same, and models write both. */
    static void dropNulls(JsonNode node) {
        if (node.isObject()) {
            node.properties().removeIf(member -> member.getValue().isNull());
        }
        node.forEach(Arguments::dropNulls);
    }

    private static String told(List<Error> faults) {
        String first = faults.stream().limit(FAULTS_TOLD).map(Error::toString).collect(Collectors.joining("; "));
        return faults.size() > FAULTS_TOLD ? first + "; and " + (faults.size() - FAULTS_TOLD) + " more" : first;
    }
}
