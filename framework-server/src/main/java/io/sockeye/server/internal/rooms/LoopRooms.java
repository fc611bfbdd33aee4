package io.sockeye.server.internal.rooms;

import io.sockeye.server.adapter.Target;
import io.sockeye.server.internal.context.ServerLoop;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rooms of all namespaces on one loop. Owned by the loop, but for {@link #loop}. */
public final class LoopRooms {
    private final ServerLoop loop;
    private final Map<String, Rooms> rooms = new HashMap<>();

    public LoopRooms(ServerLoop loop) {
        this.loop = loop;
    }

    /** Any thread. */
    public ServerLoop loop() {
        return loop;
    }

    /**
     * The rooms of a namespace, as far as they are on this loop.
     *
     * @param events of the namespace
     * @param everywhere its sockets on all loops
     */
    public Rooms of(String namespace, RoomEvents events, Map<String, RoomMember> everywhere) {
        return rooms.computeIfAbsent(namespace, name -> new Rooms(events, everywhere, loop::post));
    }

    /** Those of all namespaces that have any here. */
    public Collection<Rooms> all() {
        return rooms.values();
    }

    /** Calls the action for each socket on this loop that is meant. */
    public void forEach(String namespace, Target target, Consumer<RoomMember> action) {
        var present = rooms.get(namespace);
        if (present != null) {
            present.forEach(target, action);
        }
    }

    /** The socket of that id; null if it is not on this loop. */
    public @Nullable RoomMember find(String namespace, String socketId) {
        var present = rooms.get(namespace);
        return present == null ? null : present.find(socketId);
    }

    /** The last socket of a namespace may have left: what was kept for it is forgotten. */
    public void forgetIfEmpty(String namespace) {
        var present = rooms.get(namespace);
        if (present != null && present.isEmpty()) {
            rooms.remove(namespace);
        }
    }
}
