package io.sockeye.test;

import io.sockeye.event.Event;
import java.util.List;
import tools.jackson.core.type.TypeReference;

/**
 * The events that a {@link TestClient} has got since it was made, from the namespace of its URL. Waiting ends at the event, or fails
 * after the time of {@link SocketServerExtension#patience}. Any thread.
 */
public interface AwaitedEvents {
    /**
     * Waits for the next event of that name: the first one, then with each call one more.
     *
     * @throws AssertionError if it does not come in time; the message tells which events have come
     */
    SentEvent awaitEvent(String event);

    /**
     * Waits for the next event of that name, and reads its first argument.
     *
     * @throws AssertionError if it does not come in time
     * @throws io.sockeye.json.JsonException if there is no argument, or it is of another type
     */
    default <T> T awaitEvent(String event, Class<T> type) {
        return awaitEvent(event).as(type);
    }

    /** Waits for the next event of that name, and reads its first argument as a generic type. */
    default <T> T awaitEvent(String event, TypeReference<T> type) {
        return awaitEvent(event).as(type);
    }

    /** Waits for the next such event, and reads its argument. */
    default <T> T awaitEvent(Event<T> event) {
        return awaitEvent(event.name()).as(event);
    }

    /** All events that have come so far, in their order. */
    List<SentEvent> events();
}
