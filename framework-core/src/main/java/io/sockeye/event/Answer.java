package io.sockeye.event;

import io.sockeye.json.Json;
import io.sockeye.json.JsonException;
import java.lang.reflect.Type;

/**
 * What a request reads from the acknowledgement, the same on both sides: its first value. JSON's null is null, or NaN
 * for {@code float} and {@code double}, since NaN is written as null; it fits no other primitive type. An {@link
 * java.util.Optional} is empty for null, and if there is no value.
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
     * Reads the acknowledgement.
     *
     * @throws Rejection if the acknowledgement is one
     * @throws JsonException if the value is missing or of another type
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // The caller of of() named the T; null only where null was sent.
    public T read(Args args) {
        Rejection.in(args).ifPresent(rejection -> {
            throw rejection;
        });
        return (T) (type == Args.class ? args : first.valueIn(args));
    }
}
