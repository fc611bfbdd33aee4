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
    /** Those whose handlers have too many events to handle. */
    private final Set<ConnectionUser> busy = new HashSet<>();

    void add(ConnectionUser socket) {
        sockets.put(socket.namespace(), socket);
    }

    @Nullable
    ConnectionUser of(String namespace) {
        return sockets.get(namespace);
    }

    /** The action may add others. */
    void each(Consumer<ConnectionUser> action) {
        List.copyOf(sockets.values()).forEach(action);
    }

    /** Whether any of them is connected or tries to connect. */
    boolean anyActive() {
        return sockets.values().stream().anyMatch(ConnectionUser::isActive);
    }

    boolean anyConnected() {
        return sockets.values().stream().anyMatch(ConnectionUser::isConnected);
    }

    /** Whether it was not busy before. */
    boolean markBusy(ConnectionUser socket) {
        return busy.add(socket);
    }

    /** Whether it was busy before. */
    boolean markIdle(ConnectionUser socket) {
        return busy.remove(socket);
    }

    void clearBusy() {
        busy.clear();
    }

    boolean anyBusy() {
        return !busy.isEmpty();
    }

    /** While a socket waits for an answer the client reads on: a handler may be blocked until it arrives. */
    boolean mayRead() {
        return busy.isEmpty() || sockets.values().stream().anyMatch(ConnectionUser::awaitsAnswer);
    }
}
