package io.sockeye.server;

import io.sockeye.event.Event;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Some sockets of all namespaces of a pattern and the way in which to emit to them. Immutable: each method returns
 * another one. Any thread.
 *
 * <pre>{@code
 * var tenants = server.of(Pattern.compile("/tenant-\\d+"));
 * tenants.to("admins").except("muted").emit("news", text);
 * }</pre>
 */
public final class DynamicBroadcast {
    private final DynamicNamespace parent;
    private final Target target;
    private final Flags flags;

    DynamicBroadcast(DynamicNamespace parent, Target target, Flags flags) {
        this.parent = parent;
        this.target = target;
        this.flags = flags;
    }

    /** Also the sockets in these rooms; from all, only those. Each namespace has rooms of its own. */
    public DynamicBroadcast to(String... rooms) {
        return new DynamicBroadcast(parent, target.to(Arrays.asList(rooms)), flags);
    }

    /** The same as {@link #to}. */
    public DynamicBroadcast in(String... rooms) {
        return to(rooms);
    }

    /** But not the sockets in these rooms. */
    public DynamicBroadcast except(String... rooms) {
        return new DynamicBroadcast(parent, target.except(Arrays.asList(rooms)), flags);
    }

    /** But not the sockets of other servers of the cluster. */
    public DynamicBroadcast local() {
        return new DynamicBroadcast(parent, target, flags.asLocal());
    }

    /** Events are dropped for those who cannot take them at once. */
    public DynamicBroadcast asVolatile() {
        return new DynamicBroadcast(parent, target, flags.asDroppable());
    }

    /** Whether events may be compressed where the connection does so; true unless told. */
    public DynamicBroadcast compress(boolean wanted) {
        return new DynamicBroadcast(parent, target, flags.compress(wanted));
    }

    /** Sends an event; see {@link Audience#emit(String, Object...)}. */
    public void emit(String event, @Nullable Object @Nullable ... args) {
        for (var namespace : parent.namespaces()) {
            new Broadcast(namespace, target, flags).emit(event, args);
        }
    }

    /** Sends an event with its argument. */
    public <T> void emit(Event<T> event, T value) {
        emit(event.name(), event.arguments(value));
    }

    /** Sends an event that has no argument. */
    public void emit(Event<Void> event) {
        emit(event.name());
    }
}
