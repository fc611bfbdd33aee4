package io.sockeye.server;

import io.sockeye.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * Some sockets of all namespaces of a pattern, with the flags for emitting to them. Immutable: each method returns
 * another one. Any thread.
 *
 * <pre>{@code
 * var tenants = server.of(Pattern.compile("/tenant-\\d+"));
 * tenants.to("admins").except("muted").emit("news", text);
 * }</pre>
 */
public interface DynamicBroadcast {
    /**
     * Adds the sockets in these rooms; the first call restricts all sockets to them. Each namespace has rooms of its
     * own.
     */
    DynamicBroadcast to(String... rooms);

    /** The same as {@link #to}. */
    DynamicBroadcast in(String... rooms);

    /** Without the sockets in these rooms. */
    DynamicBroadcast except(String... rooms);

    /** Without the sockets of other servers of the cluster. */
    DynamicBroadcast local();

    /** Drops events for clients that cannot take them at once. */
    DynamicBroadcast asVolatile();

    /** Whether events may be compressed where the connection does so; true by default. */
    DynamicBroadcast compress(boolean wanted);

    /** Sends an event; see {@link Audience#emit(String, Object...)}. */
    void emit(String event, @Nullable Object @Nullable ... args);

    /** Sends an event with its argument. */
    <T> void emit(Event<T> event, T value);

    /** Sends an event that has no argument. */
    void emit(Event<Void> event);
}
