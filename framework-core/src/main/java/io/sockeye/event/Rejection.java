package io.sockeye.event;

import io.sockeye.json.Json;
import io.sockeye.json.JsonException;
import io.sockeye.json.JsonForm;
import io.sockeye.json.JsonValue;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * What a handler throws to refuse a request. The side that asked gets the message and the data as the answer: its {@code
 * request} fails with a {@code Rejection}, also where a future that the handler returned fails with one. Not logged above
 * debug, because refusing is not a failure. A handler that does not catch the rejection of a request of its own passes
 * it on.
 *
 * <pre>{@code
 * server.onRequest("rename", String.class, (socket, name) -> {
 *     if (taken.contains(name)) {
 *         throw new Rejection("taken", Map.of("try", name + "2"));
 *     }
 *     return names.set(socket.id(), name);
 * });
 * }</pre>
 *
 * On the wire it is an acknowledgement with one argument, {@code {"error":{"message":"taken","data":{"try":"Ada2"}}}}; without
 * data that member is left out. The protocol has no failed acknowledgements, so this form is a convention. In
 * JavaScript:
 *
 * <pre>{@code
 * const answer = await socket.emitWithAck("rename", "Ada");
 * if (answer?.error) console.log(answer.error.message, answer.error.data);
 * }</pre>
 */
public final class Rejection extends RuntimeException implements JsonForm {
    private static final long serialVersionUID = 1L;
    private static final Set<String> MEMBERS = Set.of("message", "data");

    private final transient @Nullable Object data;

    /**
     * Without data.
     *
     * @param message is sent to the other side
     */
    public Rejection(String message) {
        this(message, null);
    }

    /**
     * With data.
     *
     * @param message is sent to the other side
     * @param data is sent to the other side: anything that can be emitted
     */
    public Rejection(String message, @Nullable Object data) {
        super(message, null, false, false);
        this.data = data;
    }

    /**
     * What is sent beside the message: the value itself where it is thrown, a {@link JsonValue} where it was received.
     */
    public Optional<Object> data() {
        return Optional.ofNullable(data);
    }

    /**
     * The data that was received, read as this type.
     *
     * @throws JsonException if it is of another type
     * @throws ClassCastException if the data was not received and is of another type
     */
    public <T> Optional<T> data(Class<T> type) {
        return data().map(it -> it instanceof JsonValue json ? json.as(type) : type.cast(it));
    }

    /**
     * The data that was received, read as this generic type.
     *
     * @throws JsonException if it is of another type
     * @throws ClassCastException if the data was not received
     */
    public <T> Optional<T> data(TypeReference<T> type) {
        return data().map(it -> JsonValue.class.cast(it).as(type));
    }

    /**
     * The one argument of the acknowledgement that carries this rejection.
     *
     * @throws JsonException if the data cannot be written as JSON
     */
    @Override
    public JsonValue toValue(Json json) {
        var builder = json.builder();
        builder.beginObject(1);
        builder.key("error");
        builder.beginObject(2);
        builder.key("message");
        builder.string(String.valueOf(getMessage()));
        if (data != null) {
            builder.key("data");
            json.array(data).value(0).writeTo(builder);
        }
        builder.end();
        builder.end();
        return builder.toValue();
    }

    /**
     * The rejection that an acknowledgement carries: its only argument is an object with the only member {@code error}, which
     * is an object with the string {@code message}, perhaps {@code data}, and nothing else. Empty for any other
     * acknowledgement.
     */
    public static Optional<Rejection> in(Args answer) {
        if (answer.size() != 1) {
            return Optional.empty();
        }
        return answer.value(0)
                .onlyFields(Set.of("error"))
                .flatMap(outer -> Optional.ofNullable(outer.get("error")))
                .flatMap(error -> error.onlyFields(MEMBERS))
                .flatMap(Rejection::of);
    }

    private static Optional<Rejection> of(Map<String, JsonValue> members) {
        var message = members.get("message");
        if (message == null || message.kind() != JsonValue.Kind.STRING) {
            return Optional.empty();
        }
        var data = members.get("data");
        boolean absent = data == null || data.kind() == JsonValue.Kind.NULL;
        return Optional.of(new Rejection(message.as(String.class), absent ? null : data));
    }
}
