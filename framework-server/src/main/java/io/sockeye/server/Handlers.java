package io.sockeye.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The user's handlers of a namespace or of a socket. Any thread; one that is added counts from the next event on. */
final class Handlers {
    private final Map<String, List<EventHandler>> events = new ConcurrentHashMap<>(4);
    private final List<ConnectionHandler> connection = new CopyOnWriteArrayList<>();
    private final List<DisconnectHandler> disconnecting = new CopyOnWriteArrayList<>();
    private final List<DisconnectHandler> disconnect = new CopyOnWriteArrayList<>();

    /** @throws IllegalArgumentException if the name is reserved */
    void onEvent(String event, EventHandler handler) {
        EventNames.check(event);
        events.merge(event, List.of(handler), Handlers::concat);
    }

    private static List<EventHandler> concat(List<EventHandler> present, List<EventHandler> more) {
        var all = new ArrayList<>(present);
        all.addAll(more);
        return List.copyOf(all);
    }

    void onConnection(ConnectionHandler handler) {
        connection.add(handler);
    }

    void onDisconnecting(DisconnectHandler handler) {
        disconnecting.add(handler);
    }

    void onDisconnect(DisconnectHandler handler) {
        disconnect.add(handler);
    }

    List<EventHandler> event(String name) {
        return events.getOrDefault(name, List.of());
    }

    List<ConnectionHandler> connection() {
        return connection;
    }

    List<DisconnectHandler> disconnecting() {
        return disconnecting;
    }

    List<DisconnectHandler> disconnect() {
        return disconnect;
    }
}
