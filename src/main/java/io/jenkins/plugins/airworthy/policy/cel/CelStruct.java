package io.jenkins.plugins.airworthy.policy.cel;

import dev.cel.common.exceptions.CelAttributeNotFoundException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.StructType;
import dev.cel.common.values.StructValue;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A value with named fields, each of which is computed when an expression selects it. A field without a value does not exist. */
final class CelStruct extends StructValue<String, Object> {
    private final StructType type;

    /** Each supplier returns the same every time. */
    @SuppressWarnings("Immutable")
    private final Map<String, Supplier<Object>> fields;

    /** Creates a struct whose fields are all of the type's fields that have a value. */
    CelStruct(StructType type, Map<String, Supplier<Object>> fields) {
        this.type = type;
        this.fields = Map.copyOf(fields);
    }

    @Override
    public Object select(String field) {
        Supplier<Object> value = fields.get(field);
        if (value == null) {
            throw CelAttributeNotFoundException.forFieldResolution(field);
        }
        return value.get();
    }

    @Override
    public Optional<Object> find(String field) {
        return fields.containsKey(field) ? Optional.of(select(field)) : Optional.empty();
    }

    @Override
    public Object value() {
        return this;
    }

    @Override
    public boolean isZeroValue() {
        return false;
    }

    @Override
    public CelType celType() {
        return type;
    }

    /** The library quotes the values of a call that failed; these are untrusted and may be long. */
    @Override
    public String toString() {
        return type.name();
    }
}
