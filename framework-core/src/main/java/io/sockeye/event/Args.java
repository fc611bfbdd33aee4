package io.sockeye.event;

import io.sockeye.json.JsonArray;
import io.sockeye.json.JsonException;
import io.sockeye.json.JsonValue;
import java.lang.reflect.Type;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * The arguments of an event or of an acknowledgement. They are parsed when they are first needed, on the calling
 * thread.
 *
 * <pre>{@code
 * server.on("move", (socket, args) -> args.ack(args.get(0, int.class) + args.get(1, int.class)));
 * }</pre>
 */
public final class Args {
    private final JsonArray values;
    private final Ack ack;

    /** Arguments without the name of the event, and the acknowledgement that {@link #ack} sends. */
    public Args(JsonArray values, Ack ack) {
        this.values = values;
        this.ack = ack;
    }

    /** How many arguments there are. */
    public int size() {
        return values.size();
    }

    /**
     * One argument; null where the sender wrote null.
     *
     * @throws JsonException if there is no such argument or it is of another type
     */
    public <T> T get(int index, Class<T> type) {
        return values.get(index, type);
    }

    /**
     * One argument of a generic type, such as {@code args.get(0, new TypeReference<List<Line>>() {})}; null where the
     * sender wrote null.
     *
     * @throws JsonException if there is no such argument or it is of another type
     */
    public <T> T get(int index, TypeReference<T> type) {
        return values.get(index, type);
    }

    /**
     * One argument of a type that is known only when the program runs; null where the sender wrote null. The caller must
     * name the matching {@code T}.
     *
     * @throws JsonException if there is no such argument or it is of another type
     */
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public <T> T get(int index, Type type) {
        return values.get(index, type);
    }

    /** One argument as it arrived. It can be emitted again as it is. */
    public JsonValue value(int index) {
        return values.value(index);
    }

    /** All arguments as they arrived. They can be emitted again as they are. */
    public List<JsonValue> values() {
        return IntStream.range(0, size()).mapToObj(values::value).toList();
    }

    /** Whether the sender waits for an acknowledgement. */
    public boolean ackRequested() {
        return ack.requested();
    }

    /**
     * Acknowledges the event, on any thread. Only the first call has an effect, and none if the sender asked for no
     * acknowledgement.
     *
     * @param values null stands for one value that is null
     *
     * @throws JsonException if a value cannot be written as JSON
     */
    public void ack(@Nullable Object @Nullable ... values) {
        ack.send(values);
    }

    /** Whether the failure may be about one of these arguments; false if it is known to be about another value. */
    public boolean mayHaveCaused(JsonException failure) {
        return values.mayHaveCaused(failure);
    }

    /** The acknowledgement as a value of its own, for code that needs nothing else of the arguments. */
    public Ack acknowledgement() {
        return ack;
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
