package io.erniegateway.ernie;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The parameters that were set, each with its value. Immutable; what is not set is the model's own. */
public final class Parameters {
    public static final Parameters NONE = new Parameters(Map.of());

    private final Map<Parameter<?>, Object> values;

    private Parameters(Map<Parameter<?>, Object> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /** These with one more, or with another value; null takes it out. The range is checked when it is sent. */
    public <T> Parameters with(Parameter<T> parameter, @Nullable T value) {
        Map<Parameter<?>, Object> changed = new LinkedHashMap<>(values);
        if (value == null) {
            changed.remove(parameter);
        } else {
            changed.put(parameter, value);
        }
        return new Parameters(changed);
    }

    /** These, and for what they do not set, the others. */
    public Parameters over(Parameters others) {
        Map<Parameter<?>, Object> both = new LinkedHashMap<>(others.values);
        both.putAll(values);
        return new Parameters(both);
    }

    @SuppressWarnings("unchecked") // with() put it there with this type
    public <T> Optional<T> value(Parameter<T> parameter) {
        return Optional.ofNullable((T) values.get(parameter));
    }

    /**
     * Checks every value against the dialect's range.
     *
     * @throws IllegalArgumentException naming the first field that is out of range, and the range
     */
    public void check(Dialect dialect) {
        for (Parameter<?> parameter : values.keySet()) {
            check(dialect, parameter);
        }
    }

    /** Hands out what the dialect has, in the table's order: its field (a dot stands between object and member). */
    public void forEach(Dialect dialect, BiConsumer<String, Object> field) {
        for (Parameter<?> parameter : Parameter.table()) {
            Object value = values.get(parameter);
            if (value != null) {
                parameter.rule(dialect).ifPresent(rule -> field.accept(rule.field(), value));
            }
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Parameters that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }

    private <T> void check(Dialect dialect, Parameter<T> parameter) {
        value(parameter).ifPresent(value -> parameter.check(dialect, value));
    }
}
