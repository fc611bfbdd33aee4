package io.sockeye.event;

import io.sockeye.json.Json;
import io.sockeye.json.JsonException;
import io.sockeye.json.JsonValue;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One argument of an event as a handler declares it, the same on both sides. A value that is missing, null or of
 * another type is the sender's mistake; only an {@link Optional} may be missing or null.
 *
 * @param type what it is read as; for an optional, the type of its value; {@link Void} for no argument at all
 * @param nullable whether the handler accepts null
 */
public record Argument(int index, Type type, boolean optional, boolean nullable) {
    /**
     * The first argument.
     *
     * @throws IllegalArgumentException if no JSON can be read as the type
     */
    public static Argument of(Type type, Json json) {
        return at(0, type, false).requireReadable(json);
    }

    /** @param nullable whether the handler accepts null; no effect on an optional */
    public static Argument at(int index, Type type, boolean nullable) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
            return new Argument(index, generic.getActualTypeArguments()[0], true, false);
        }
        return type == Optional.class
                ? new Argument(index, Object.class, true, false)
                : new Argument(index, nullable ? type : asPrimitive(type), false, nullable || type == Void.class);
    }

    /** NaN and the infinities arrive as null, which only the primitive types read as NaN. */
    private static Type asPrimitive(Type type) {
        return type == Double.class ? double.class : type == Float.class ? float.class : type;
    }

    /** Whether there may be JSON that can be read as the type. */
    public boolean isReadable(Json json) {
        return type == Void.class || json.canRead(type);
    }

    Argument requireReadable(Json json) {
        if (!isReadable(json)) {
            throw new IllegalArgumentException("no JSON can be read as " + type.getTypeName());
        }
        return this;
    }

    /**
     * The value for a handler; null only if that accepts null, or for no argument at all.
     *
     * @throws UnexpectedArgumentsException if what was sent does not fit
     */
    public @Nullable Object read(Args args) {
        var value = fitting(args);
        if (value == null && !nullable) {
            throw new UnexpectedArgumentsException("argument %d: null is no %s".formatted(index, type.getTypeName()));
        }
        return value;
    }

    private @Nullable Object fitting(Args args) {
        try {
            return valueIn(args);
        } catch (JsonException e) {
            throw e.whileReading() ? new UnexpectedArgumentsException(e) : e;
        }
    }

    /**
     * The value; null where null was sent.
     *
     * @throws JsonException if the argument is missing or of another type
     */
    @Nullable
    Object valueIn(Args args) {
        if (type == Void.class) {
            return null;
        }
        if (!optional) {
            return args.get(index, type);
        }
        Object value = index < args.size() ? args.get(index, type) : null;
        return value instanceof JsonValue json && json.kind() == JsonValue.Kind.NULL
                ? Optional.empty()
                : Optional.ofNullable(value);
    }
}
