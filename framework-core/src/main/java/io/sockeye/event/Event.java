package io.sockeye.event;

import io.sockeye.json.JsonException;
import io.sockeye.json.Typed;
import io.sockeye.protocol.SocketPacket;
import java.lang.reflect.Type;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * An event's name and the type of its one argument, declared once for all code that sends or handles the event.
 * Immutable; equal if name and type are.
 *
 * <pre>{@code
 * static final Event<Line> SAID = Event.of("said", Line.class);
 * static final Event<List<Line>> HISTORY = Event.of("history", new TypeReference<>() {});
 * static final Event<Void> TYPING = Event.of("typing");
 *
 * server.on(SAID, (socket, line) -> socket.broadcast().emit(SAID, line));
 * }</pre>
 *
 * @param <T> what the argument is written from and read as; {@link Void} for none
 */
public final class Event<T> {
    private final String name;
    private final Type type;

    private Event(String name, Type type) {
        if (SocketPacket.Event.isReserved(name)) {
            throw new IllegalArgumentException("'" + name + "' is a reserved event name");
        }
        this.name = name;
        this.type = Objects.requireNonNull(type, "type");
    }

    /**
     * An event without arguments.
     *
     * @throws IllegalArgumentException if the name is reserved
     */
    public static Event<Void> of(String name) {
        return of(name, Void.class);
    }

    /**
     * An event with one argument.
     *
     * @throws IllegalArgumentException if the name is reserved
     */
    public static <T> Event<T> of(String name, Class<T> type) {
        return new Event<>(name, type);
    }

    /**
     * An event with one argument of a generic type.
     *
     * @throws IllegalArgumentException if the name is reserved
     */
    public static <T> Event<T> of(String name, TypeReference<T> type) {
        return new Event<>(name, type.getType());
    }

    /** The name, which is not reserved. */
    public String name() {
        return name;
    }

    /** The argument's type; {@code Void.class} when there is none. */
    public Type type() {
        return type;
    }

    /**
     * The arguments that carry the value: none if the event has none, otherwise the value alone, written as the
     * declared type.
     */
    public @Nullable Object[] arguments(@Nullable T value) {
        return type == Void.class ? new Object[0] : new @Nullable Object[] {new Typed(value, type)};
    }

    /**
     * The value that the arguments carry; null where the sender wrote null (NaN for {@code float} and {@code double},
     * since NaN is written as null), and always null for an event without arguments. An {@link java.util.Optional} is
     * empty for null, and if there is no argument. Further arguments are ignored.
     *
     * @throws JsonException if the argument is missing or of another type
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // As with Args.get, null can only be where the sender put it.
    public T read(Args args) {
        return (T) Argument.at(0, type, false).valueIn(args);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Event<?> that && name.equals(that.name) && type.equals(that.type);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + type.hashCode();
    }

    /** The name and the type, such as {@code 'said' of com.example.Line}. */
    @Override
    public String toString() {
        return type == Void.class ? "'" + name + "'" : "'" + name + "' of " + type.getTypeName();
    }
}
