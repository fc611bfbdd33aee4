package io.sockeye.client.internal.handlers;

import io.sockeye.client.AnyHandler;
import io.sockeye.client.ConnectFailedException;
import io.sockeye.client.Disconnection;
import io.sockeye.client.Handler;
import io.sockeye.protocol.SocketPacket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The user's handlers of one socket. Any thread; a change takes effect with the next event. */
public final class Handlers {
    private final Map<String, CopyOnWriteArrayList<Listener>> events = new ConcurrentHashMap<>(4);

    private final List<Runnable> connect = new CopyOnWriteArrayList<>();
    private final List<Consumer<Disconnection>> disconnect = new CopyOnWriteArrayList<>();
    private final List<Consumer<ConnectFailedException>> connectError = new CopyOnWriteArrayList<>();
    private final List<AnyHandler> any = new CopyOnWriteArrayList<>();
    private final List<AnyHandler> anyOutgoing = new CopyOnWriteArrayList<>();

    public List<Runnable> connect() {
        return connect;
    }

    public List<Consumer<Disconnection>> disconnect() {
        return disconnect;
    }

    public List<Consumer<ConnectFailedException>> connectError() {
        return connectError;
    }

    /** Of every event that arrives. */
    public List<AnyHandler> any() {
        return any;
    }

    /** Of every event that is sent. */
    public List<AnyHandler> anyOutgoing() {
        return anyOutgoing;
    }

    /** @throws IllegalArgumentException if the name is reserved */
    public void add(String event, Listener listener, boolean first) {
        checkName(event);
        var present = events.computeIfAbsent(event, name -> new CopyOnWriteArrayList<>());
        if (first) {
            present.add(0, listener);
        } else {
            present.add(listener);
        }
    }

    /** @throws IllegalArgumentException if the name is reserved */
    public static void checkName(String event) {
        if (SocketPacket.Event.isReserved(event)) {
            throw new IllegalArgumentException(
                    "'" + event + "' is a reserved event name; see onConnect, onConnectError and onDisconnect");
        }
    }

    public void clear() {
        events.clear();
    }

    public void removeAll(String event) {
        events.remove(event);
    }

    /** Removes one handler; one time if it was added several times. */
    public void remove(String event, Handler original) {
        for (var listener : event(event)) {
            if (listener.original().equals(original) && take(event, listener)) {
                return;
            }
        }
    }

    /** Removes a listener; whether it was still there. For handlers of one event only: the first event gets it. */
    boolean take(String event, Listener listener) {
        var present = events.get(event);
        return present != null && present.remove(listener);
    }

    List<Listener> event(String name) {
        var present = events.get(name);
        return present == null ? List.of() : present;
    }
}
