package io.sockeye.server;

import io.sockeye.event.Args;
import io.sockeye.json.Json;
import io.sockeye.json.JsonException;
import io.sockeye.json.JsonValue;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One argument of an event as a handler declares it. That what a client sent is missing, null or of another type is the
 * client's mistake; only an {@link Optional} may be missing or null.
 *
 * @param type what it is read as; for an optional, what may be in it; {@link Void} for no argument at all
 * @param nullable whether null may be passed on
 */
record Argument(int index, Type type, boolean optional, boolean nullable) {
    /**
     * The first argument.
     *
     * @throws IllegalArgumentException if no JSON can be read as the type
     */
    static Argument of(Type type, Json json) {
        var argument = at(0, type, false);
        if (!argument.isReadable(json)) {
            throw new IllegalArgumentException("no JSON can be read as " + type.getTypeName());
        }
        return argument;
    }

    /** @param nullable whether null may be passed on, where that is no optional */
    static Argument at(int index, Type type, boolean nullable) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
            return new Argument(index, generic.getActualTypeArguments()[0], true, false);
        }
        return type == Optional.class
                ? new Argument(index, Object.class, true, false)
                : new Argument(index, nullable ? type : asPrimitive(type), false, nullable || type == Void.class);
    }

    /** What is no number arrives as null, for which only the primitive types have a value. */
    private static Type asPrimitive(Type type) {
        return type == Double.class ? double.class : type == Float.class ? float.class : type;
    }

    boolean isReadable(Json json) {
        return type == Void.class || json.canRead(type);
    }

    /** @throws UnexpectedArgumentsException if what the client sent does not fit */
    @Nullable
    Object read(Args args) {
        if (type == Void.class) {
            return null;
        }
        if (optional && index >= args.size()) {
            return Optional.empty();
        }
        Object value = valueOf(args);
        if (optional) {
            return value instanceof JsonValue json && json.kind() == JsonValue.Kind.NULL
                    ? Optional.empty()
                    : Optional.ofNullable(value);
        }
        if (value == null && !nullable) {
            throw new UnexpectedArgumentsException("argument %d: null is no %s".formatted(index, type.getTypeName()));
        }
        return value;
    }

    private @Nullable Object valueOf(Args args) {
        try {
            return args.get(index, type);
        } catch (JsonException e) {
            throw e.whileReading() ? new UnexpectedArgumentsException(e) : e;
        }
    }
}
