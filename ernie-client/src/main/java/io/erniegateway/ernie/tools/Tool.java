package io.erniegateway.ernie.tools;

import com.fasterxml.jackson.databind.JsonNode;
import io.erniegateway.ernie.ToolSpec;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A function and how the model is told of it. Thread-safe if the function is.
 *
 * <pre>{@code
 * record Weather(@JsonPropertyDescription("a city's name in English") String city, @Nullable Integer days) {}
 *
 * Tool weather = Tool.of("weather", "Tells the weather of a city", Weather.class, asked -> forecast(asked.city()));
 * }</pre>
 */
public final class Tool {
    private final ToolSpec spec;
    private final Binding binding;

    private Tool(ToolSpec spec, Binding binding) {
        this.spec = spec;
        this.binding = binding;
    }

    /** From a model's text to a call that is ready to run. */
    private interface Binding {
        Callable<@Nullable Object> bind(String arguments) throws ToolException;
    }

    /**
     * A function whose arguments are a record: the JSON Schema is made from its components. Texts, numbers, booleans,
     * enums, dates, lists, maps with text keys and other records are possible; what is {@code Optional} or marked {@code
     * @Nullable} need not be given, everything else must, and nothing else may. Jackson's {@code
     * @JsonPropertyDescription} and {@code @JsonProperty} describe and rename. What the record's constructor refuses
     * with an {@code IllegalArgumentException} is told to the model.
     *
     * @param name 1 to 64 letters, digits, underscores and hyphens
     * @param description when to call it, for the model to read
     * @throws IllegalArgumentException if the name is not allowed or the record contains itself
     */
    public static <A extends Record> Tool of(
            String name, String description, Class<A> arguments, ToolFunction<? super A> function) {
        JsonNode schema = RecordSchema.of(arguments);
        Arguments checked = checked(name, schema);
        return new Tool(new ToolSpec(name, description, schema.toString()), text -> {
            JsonNode given = Arguments.read(text);
            Arguments.dropNulls(given);
            checked.check(given);
            A made = Arguments.as(arguments, given);
            return () -> function.call(made);
        });
    }

    /**
     * A function with a schema of the caller's own, of an object; draft 2020-12, or the one that its {@code $schema}
     * names. References to other documents are not followed.
     *
     * @param name 1 to 64 letters, digits, underscores and hyphens
     * @param description when to call it, for the model to read
     * @param schema JSON Schema as JSON text
     * @throws IllegalArgumentException if the name is not allowed or the schema is none
     */
    public static Tool raw(String name, String description, String schema, ToolFunction<? super JsonNode> function) {
        ToolSpec spec = new ToolSpec(name, description, schema);
        Arguments checked = checked(name, tree(name, schema));
        return new Tool(spec, text -> {
            JsonNode given = Arguments.read(text);
            checked.check(given);
            return () -> function.call(given);
        });
    }

    /** What the model is told. */
    public ToolSpec spec() {
        return spec;
    }

    @Override
    public String toString() {
        return "Tool[" + spec.name() + "]";
    }

    /**
     * The call that the model wants, ready to run.
     *
     * @throws ToolException if its arguments are not in order, with words for the model
     */
    Callable<@Nullable Object> bind(String arguments) throws ToolException {
        return binding.bind(arguments);
    }

    private static Arguments checked(String name, JsonNode schema) {
        try {
            return new Arguments(schema);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("tool " + name + ": " + e.getMessage(), e);
        }
    }

    private static JsonNode tree(String name, String schema) {
        try {
            JsonNode tree = Arguments.read(schema);
            if (!tree.path("type").asText("").equals("object")) {
                throw new IllegalArgumentException("tool " + name + ": its schema must have \"type\":\"object\"");
            }
            return tree;
        } catch (ToolException e) {
            throw new IllegalArgumentException("tool " + name + ": " + e.told(), e);
        }
    }
}
