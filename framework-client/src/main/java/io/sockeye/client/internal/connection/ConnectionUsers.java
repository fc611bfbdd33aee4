package io.sockeye.client.internal.connection;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The sockets that share a connection. Owned by the loop. */
final class ConnectionUsers {
    private final Map<String, ConnectionUser> sockets = new LinkedHashMap<>();
    /** Those that have too much to do. */
    private final Set<ConnectionUser> busy = new HashSet<>();

    void add(ConnectionUser socket) {
        sockets.put(socket.namespace(), socket);
    }

    @Nullable
    ConnectionUser of(String namespace) {
        return sockets.get(namespace);
    }

    /** Also if what is done adds others. */
    void each(Consumer<ConnectionUser> action) {
        List.copyOf(sockets.values()).forEach(action);
    }

    /** Whether any of them is connected, or tries to be. */
    boolean anyActive() {
        return sockets.values().stream().anyMatch(ConnectionUser::isActive);
    }

    boolean anyConnected() {
        return sockets.values().stream().anyMatch(ConnectionUser::isConnected);
    }

    /** Whether that is news. */
    boolean busy(ConnectionUser socket) {
        return busy.add(socket);
    }

    /** Whether that is news. */
    boolean idle(ConnectionUser socket) {
        return busy.remove(socket);
    }

    void noneBusy() {
        busy.clear();
    }

    boolean anyBusy() {
        return !busy.isEmpty();
    }

    /** A handler may wait for an answer, and go on only then. */
    boolean mayRead() {
        return busy.isEmpty() || sockets.values().stream().anyMatch(ConnectionUser::awaitsAnswer);
    }
}
