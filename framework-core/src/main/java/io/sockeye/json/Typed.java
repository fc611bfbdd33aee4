package io.sockeye.json;

import java.lang.reflect.Type;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * A value that is written as an instance of a declared type, since its class alone does not determine the JSON: a list
 * does not know that its elements are of a type with subtypes, so the property that tells these apart would be missing.
 * Allowed as an argument and as the result of a request handler, not inside other values. What the value's class adds
 * to the declared type is written as well. An {@link io.sockeye.event.Event} does this by itself, and so do the methods
 * of annotated objects.
 *
 * <pre>{@code
 * args.ack(Typed.of(questions, new TypeReference<List<Question>>() {}));
 * server.onRequest("open", String.class, (socket, topic) -> Typed.of(open(topic), new TypeReference<List<Question>>() {}));
 * }</pre>
 *
 * @param value what is written
 * @param type the one that the value is also read as
 */
public record Typed(@Nullable Object value, Type type) {
    public Typed {
        Objects.requireNonNull(type, "type");
    }

    /** A value of a generic type. */
    public static <T> Typed of(@Nullable T value, TypeReference<T> type) {
        return new Typed(value, type.getType());
    }
}
