package io.erniegateway.ernie.tools;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.generator.impl.PropertySortUtils;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A record's components as JSON Schema. In plain words only: one level of objects in another, no {@code $ref}, no type
 * lists, no combinations, for not every model's template knows those. Thread-safe.
 */
final class RecordSchema {
    private static final Map<Class<?>, Class<?>> OPTIONAL_NUMBERS =
            Map.of(OptionalInt.class, int.class, OptionalLong.class, long.class, OptionalDouble.class, double.class);

    private static final SchemaGenerator GENERATOR = generator();

    private RecordSchema() {}

    /**
     * The schema of an object with the record's components, all required but the optional and nullable ones, and
     * nothing else.
     *
     * @throws IllegalArgumentException if the record contains itself
     */
    static synchronized ObjectNode of(Class<? extends Record> type) {
        try {
            ObjectNode schema = GENERATOR.generateSchema(type);
            if (!schema.has("properties")) {
                schema.putObject("properties");
            }
            return schema;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    type.getSimpleName() + ": no JSON Schema can be made of it without $ref; does it contain itself? "
                            + "Use Tool.raw and a schema of your own",
                    e);
        }
    }

    private static SchemaGenerator generator() {
        OptionPreset plain = new OptionPreset(
                Option.ADDITIONAL_FIXED_TYPES,
                Option.STANDARD_FORMATS,
                Option.PUBLIC_NONSTATIC_FIELDS,
                Option.NONPUBLIC_NONSTATIC_FIELDS_WITH_GETTERS,
                Option.NONPUBLIC_NONSTATIC_FIELDS_WITHOUT_GETTERS,
                Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES,
                Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT,
                Option.INLINE_ALL_SCHEMAS,
                Option.ALLOF_CLEANUP_AT_THE_END);
        SchemaGeneratorConfigBuilder config =
                new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, plain).with(new JacksonModule());
        // As declared: the order in which a person would think of them, and so would a model.
        config.forTypesInGeneral()
                .withCustomDefinitionProvider(RecordSchema::words)
                .withPropertySorter(PropertySortUtils.SORT_PROPERTIES_FIELDS_BEFORE_METHODS);
        config.forFields()
                .withRequiredCheck(field -> !mayBeAbsent(field))
                .withTargetTypeOverridesResolver(RecordSchema::present);
        return new SchemaGenerator(config.build());
    }

    /** An enum as the words that Jackson reads; null for other types. The generator's own way knows no renamed ones. */
    private static @Nullable CustomDefinition words(ResolvedType type, SchemaGenerationContext context) {
        if (!type.getErasedType().isEnum()) {
            return null;
        }
        ObjectNode definition = context.getGeneratorConfig().createObjectNode().put("type", "string");
        ArrayNode words = definition.putArray("enum");
        for (Object constant : type.getErasedType().getEnumConstants()) {
            words.add(Arguments.JSON.convertValue(constant, String.class));
        }
        return new CustomDefinition(definition);
    }

    private static boolean mayBeAbsent(FieldScope field) {
        Field raw = field.getRawMember();
        return raw.getType() == Optional.class
                || OPTIONAL_NUMBERS.containsKey(raw.getType())
                || Stream.of(raw.getAnnotations(), raw.getAnnotatedType().getAnnotations())
                        .flatMap(Arrays::stream)
                        .anyMatch(RecordSchema::isNullable);
    }

    /** Anybody's: there are a dozen annotations of this name. */
    private static boolean isNullable(Annotation annotation) {
        return annotation.annotationType().getSimpleName().equals("Nullable");
    }

    /** What an Optional holds when it holds something; null for other types. */
    private static @Nullable List<ResolvedType> present(FieldScope field) {
        ResolvedType type = field.getType();
        if (type == null) {
            return null;
        }
        if (type.getErasedType() == Optional.class) {
            return List.of(field.getTypeParameterFor(Optional.class, 0));
        }
        Class<?> number = OPTIONAL_NUMBERS.get(type.getErasedType());
        return number == null ? null : List.of(field.getContext().resolve(number));
    }
}
