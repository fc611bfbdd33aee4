package io.sockeye.event;

import io.sockeye.json.Json;
import io.sockeye.json.JsonException;
import java.lang.reflect.Type;

/**
 * What a request wants of the acknowledgement, the same on both sides: its first value, as it is. Null is null, but NaN where a
 * floating-point number is wanted, since so it was written; it fits no other primitive type. An {@link java.util.Optional} is
 * empty for null, and where there is no value at all.
 *
 * @param <T> what the first value is read as; {@link Args} for all of them, {@link Void} for none
 */
public final class Answer<T> {
    private final Type type;
    private final Argument first;

    private Answer(Type type) {
        this.type = type;
        this.first = Argument.at(0, type, false);
    }

    /**
     * The caller must name the matching {@code T}.
     *
     * @throws IllegalArgumentException if no JSON can be read as the type
     */
    public static <T> Answer<T> of(Type type, Json json) {
        var answer = new Answer<T>(type);
        if (type != Args.class) {
            answer.first.requireReadable(json);
        }
        return answer;
    }

    /**
     * What the acknowledgement says.
     *
     * @throws Rejection if it is one
     * @throws JsonException if the value is missing or of another type
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // The type is the one that T was said with; null is where it was sent.
    public T read(Args args) {
        Rejection.in(args).ifPresent(rejection -> {
            throw rejection;
        });
        return (T) (type == Args.class ? args : first.valueIn(args));
    }
}
