package io.sockeye.test;

import io.sockeye.event.Args;
import io.sockeye.event.Event;
import tools.jackson.core.type.TypeReference;

/**
 * An event that reached a client, as it was on the wire.
 *
 * <pre>{@code
 * var ready = socket.sent("ready?").get(0);
 * assertThat(ready.asksForAnswer()).isTrue();
 * ready.answer(true);
 * }</pre>
 *
 * @param name the event's name
 * @param args its arguments; to acknowledge them is to play the client
 */
public record SentEvent(String name, Args args) {
    /**
     * The first argument.
     *
     * @throws io.sockeye.json.JsonException if there is none, or it is of another type
     */
    public <T> T as(Class<T> type) {
        return args.get(0, type);
    }

    /**
     * The first argument as a generic type.
     *
     * @throws io.sockeye.json.JsonException if there is none, or it is of another type
     */
    public <T> T as(TypeReference<T> type) {
        return args.get(0, type);
    }

    /**
     * The argument of such an event.
     *
     * @throws io.sockeye.json.JsonException if there is none, or it is of another type
     * @throws IllegalArgumentException if this is an event of another name
     */
    public <T> T as(Event<T> event) {
        if (!event.name().equals(name)) {
            throw new IllegalArgumentException("this is '%s', not %s".formatted(name, event));
        }
        return event.read(args);
    }

    /** Whether the server waits for an acknowledgement. */
    public boolean asksForAnswer() {
        return args.ackRequested();
    }

    /**
     * Acknowledges the event as the client, and returns when the server has done what follows from it.
     *
     * @throws IllegalStateException if the server does not ask, or was answered before
     */
    public void answer(Object... values) {
        if (!asksForAnswer()) {
            throw new IllegalStateException("the server wants no answer to " + this);
        }
        if (!args.acknowledgement().send(values)) {
            throw new IllegalStateException("was answered before: " + this);
        }
    }

    /** The name and the arguments as JSON, such as {@code 'said' ["hello"]}. */
    @Override
    public String toString() {
        return "'" + name + "' " + ArgsText.of(args);
    }
}
