package io.sockeye.server;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Tells the {@link RoomListener}s of one namespace. Any thread. */
final class RoomEvents {
    private final ServerContext context;
    private final Mailbox mailbox;
    private final List<RoomListener> listeners = new CopyOnWriteArrayList<>();
    /** How many sockets are in a room, on all shards. */
    private final Map<String, Integer> members = new ConcurrentHashMap<>();

    RoomEvents(ServerContext context) {
        this.context = context;
        this.mailbox = context.mailbox(null);
    }

    void add(RoomListener listener) {
        listeners.add(listener);
    }

    void joined(String room, String socketId) {
        members.compute(room, (name, count) -> {
            if (count == null) {
                tell(listener -> listener.created(room));
            }
            tell(listener -> listener.joined(room, socketId));
            return count == null ? 1 : count + 1;
        });
    }

    void left(String room, String socketId) {
        members.computeIfPresent(room, (name, count) -> {
            tell(listener -> listener.left(room, socketId));
            if (count == 1) {
                tell(listener -> listener.deleted(room));
            }
            return count == 1 ? null : count - 1;
        });
    }

    private void tell(Consumer<RoomListener> what) {
        if (!listeners.isEmpty()) {
            mailbox.post(() ->
                    listeners.forEach(listener -> context.guard(() -> what.accept(listener), () -> "room listener")));
        }
    }
}
