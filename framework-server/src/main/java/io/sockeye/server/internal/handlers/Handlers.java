package io.sockeye.server.internal.handlers;

import io.sockeye.server.AnyHandler;
import io.sockeye.server.ConnectionHandler;
import io.sockeye.server.DisconnectHandler;
import io.sockeye.server.EventMiddleware;
import io.sockeye.server.Handler;
import io.sockeye.server.UpgradeHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The user's handlers of a namespace or of a socket. Any thread; a change counts from the next event on. */
public final class Handlers {
    private final Map<String, List<Listener>> events = new ConcurrentHashMap<>(4);
    private final List<ConnectionHandler> connection = new CopyOnWriteArrayList<>();
    private final List<UpgradeHandler> upgrade = new CopyOnWriteArrayList<>();
    private final List<DisconnectHandler> disconnecting = new CopyOnWriteArrayList<>();
    private final List<DisconnectHandler> disconnect = new CopyOnWriteArrayList<>();
    private final List<AnyHandler> any = new CopyOnWriteArrayList<>();
    private final List<AnyHandler> anyOutgoing = new CopyOnWriteArrayList<>();
    private final List<EventMiddleware> middleware = new CopyOnWriteArrayList<>();
    /** How many listeners with an executor were ever added; each is there before it is counted. */
    private final AtomicInteger executorHandlers = new AtomicInteger();

    /** @throws IllegalArgumentException if the name is reserved */
    public void add(String event, Listener listener, boolean first) {
        EventNames.check(event);
        events.compute(event, (name, present) -> concat(present == null ? List.of() : present, listener, first));
        if (listener.executor() != null) {
            executorHandlers.incrementAndGet();
        }
    }

    private static List<Listener> concat(List<Listener> present, Listener more, boolean first) {
        var all = new ArrayList<Listener>(present.size() + 1);
        all.addAll(present);
        all.add(first ? 0 : present.size(), more);
        return List.copyOf(all);
    }

    void clear() {
        events.clear();
    }

    void removeAll(String event) {
        events.remove(event);
    }

    /** Takes back the handler that was added last, if it was added several times. */
    void remove(String event, Handler original) {
        events.computeIfPresent(event, (name, present) -> {
            int last = -1;
            for (int i = 0; i < present.size(); i++) {
                last = present.get(i).original().equals(original) ? i : last;
            }
            return last < 0 ? present : without(present, last);
        });
    }

    /** Whether the listener was still there: of several events at once only the first one has it. */
    public boolean take(String event, Listener listener) {
        var taken = new boolean[1];
        events.computeIfPresent(event, (name, present) -> {
            for (int i = 0; i < present.size(); i++) {
                if (present.get(i).equals(listener)) {
                    taken[0] = true;
                    return without(present, i);
                }
            }
            return present;
        });
        return taken[0];
    }

    private static @Nullable List<Listener> without(List<Listener> present, int index) {
        var rest = new ArrayList<>(present);
        rest.remove(index);
        return rest.isEmpty() ? null : List.copyOf(rest);
    }

    public List<Listener> event(String name) {
        return events.getOrDefault(name, List.of());
    }

    /** How many listeners with an executor were ever added. */
    public int executorHandlers() {
        return executorHandlers.get();
    }

    /** Whether something comes before the handlers of an event. */
    public boolean checked() {
        return !any.isEmpty() || !middleware.isEmpty();
    }

    public List<ConnectionHandler> connection() {
        return connection;
    }

    public List<UpgradeHandler> upgrade() {
        return upgrade;
    }

    public List<DisconnectHandler> disconnecting() {
        return disconnecting;
    }

    public List<DisconnectHandler> disconnect() {
        return disconnect;
    }

    public List<AnyHandler> any() {
        return any;
    }

    public List<AnyHandler> anyOutgoing() {
        return anyOutgoing;
    }

    public List<EventMiddleware> middleware() {
        return middleware;
    }
}
