package io.sockeye.server.internal.namespace;

import io.sockeye.event.Event;
import io.sockeye.server.DynamicBroadcast;
import io.sockeye.server.adapter.Flags;
import io.sockeye.server.adapter.Target;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Some sockets of all namespaces that one pattern or matcher accepts. Immutable; any thread. */
final class MatchedBroadcast implements DynamicBroadcast {
    private final MatchedNamespaces parent;
    private final Target target;
    private final Flags flags;

    MatchedBroadcast(MatchedNamespaces parent, Target target, Flags flags) {
        this.parent = parent;
        this.target = target;
        this.flags = flags;
    }

    @Override
    public MatchedBroadcast to(String... rooms) {
        return new MatchedBroadcast(parent, target.to(Arrays.asList(rooms)), flags);
    }

    @Override
    public MatchedBroadcast in(String... rooms) {
        return to(rooms);
    }

    @Override
    public MatchedBroadcast except(String... rooms) {
        return new MatchedBroadcast(parent, target.except(Arrays.asList(rooms)), flags);
    }

    @Override
    public MatchedBroadcast local() {
        return new MatchedBroadcast(parent, target, flags.asLocal());
    }

    @Override
    public MatchedBroadcast asVolatile() {
        return new MatchedBroadcast(parent, target, flags.asDroppable());
    }

    @Override
    public MatchedBroadcast compress(boolean wanted) {
        return new MatchedBroadcast(parent, target, flags.compress(wanted));
    }

    @Override
    public void emit(String event, @Nullable Object @Nullable ... args) {
        for (var namespace : parent.children()) {
            new NamespaceBroadcast(namespace, target, flags).emit(event, args);
        }
    }

    @Override
    public <T> void emit(Event<T> event, T value) {
        emit(event.name(), event.arguments(value));
    }

    @Override
    public void emit(Event<Void> event) {
        emit(event.name());
    }
}
