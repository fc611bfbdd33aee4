package io.sockeye.server.internal.handlers;

import io.sockeye.json.Typed;
import java.lang.reflect.Type;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What an annotated method returns, which is written as the type that the method declares.
 *
 * @param type of the value, also where the method returns a stage of it
 */
record Result(Type type) {
    /** @param returned what the method declares */
    static Result of(Type returned) {
        return new Result(
                CompletionStage.class.isAssignableFrom(TypeVariables.erasure(returned))
                        ? TypeVariables.argument(returned, CompletionStage.class)
                        : returned);
    }

    /** The value that is the acknowledgement, or a stage of it. */
    @Nullable
    Object of(@Nullable Object value) {
        return value instanceof CompletionStage<?> later ? later.thenApply(this::typed) : typed(value);
    }

    private Typed typed(@Nullable Object value) {
        return value instanceof Typed typed ? typed : new Typed(value, type);
    }
}
