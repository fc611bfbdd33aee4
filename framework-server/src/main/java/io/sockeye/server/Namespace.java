package io.sockeye.server;

import io.sockeye.engine.EnginePacket;
import io.sockeye.json.JsonValue;
import io.sockeye.socket.SocketEncoder;
import io.sockeye.socket.SocketPacket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A part of the server with handlers, middleware and sockets of its own, all over the clients' one connection. All
 * methods may be called on any thread.
 *
 * <pre>{@code
 * var admin = server.of("/admin");
 * admin.on("ban", String.class, (socket, name) -> admin.to("moderators").emit("banned", name));
 * }</pre>
 */
public final class Namespace {
    private final String name;
    private final ServerContext context;
    private final Handlers handlers = new Handlers();
    private final List<Middleware> middleware = new CopyOnWriteArrayList<>();
    /** Shared by all sockets, so that a broadcast that asks for acknowledgements is the same for everybody. */
    private final AtomicLong ackIds = new AtomicLong();

    private final Broadcast everybody;

    Namespace(String name, ServerContext context) {
        this.name = name;
        this.context = context;
        this.everybody = new Broadcast(this, Target.ALL, false, null);
    }

    /** The name, starting with a slash. */
    public String name() {
        return name;
    }

    /** Has each client that wants to join checked, after those that were added before. */
    public Namespace use(Middleware check) {
        middleware.add(check);
        return this;
    }

    /** Calls the handler for each new socket, before any of its events. */
    public Namespace onConnection(ConnectionHandler handler) {
        handlers.onConnection(handler);
        return this;
    }

    /** Calls the handler when a socket is about to leave its rooms. */
    public Namespace onDisconnecting(DisconnectHandler handler) {
        handlers.onDisconnecting(handler);
        return this;
    }

    /** Calls the handler when a socket is gone. */
    public Namespace onDisconnect(DisconnectHandler handler) {
        handlers.onDisconnect(handler);
        return this;
    }

    /**
     * Handles an event of any arguments.
     *
     * @throws IllegalArgumentException if the name is reserved
     */
    public Namespace on(String event, EventHandler handler) {
        handlers.onEvent(event, handler);
        return this;
    }

    /** Handles an event by its first argument. */
    public <T> Namespace on(String event, Class<T> type, TypedHandler<T> handler) {
        return on(event, Handling.typed(type, handler));
    }

    /** Handles an event by its first argument; what the handler returns is the acknowledgement. */
    public <T, R extends @Nullable Object> Namespace onRequest(
            String event, Class<T> type, RequestHandler<T, R> handler) {
        return on(event, Handling.request(type, handler));
    }

    /** Sends an event to all sockets of the namespace. */
    public void emit(String event, @Nullable Object... args) {
        everybody.emit(event, args);
    }

    /** The sockets in one of these rooms. */
    public Broadcast to(String... rooms) {
        return everybody.to(rooms);
    }

    /** All sockets but the ones in these rooms. */
    public Broadcast except(String... rooms) {
        return everybody.except(rooms);
    }

    /** All sockets of the namespace. */
    public Broadcast everybody() {
        return everybody;
    }

    /** The sockets that are connected at the moment. */
    public CompletableFuture<List<Socket>> fetchSockets() {
        return everybody.fetchSockets();
    }

    Handlers handlers() {
        return handlers;
    }

    ServerContext context() {
        return context;
    }

    long nextAckId() {
        return ackIds.getAndIncrement();
    }

    /** Encodes an event, once for all that it goes to. */
    List<EnginePacket> encode(String event, long ackId, @Nullable Object[] args) {
        EventNames.check(event);
        var values = new ArrayList<@Nullable Object>(args.length + 1);
        values.add(event);
        values.addAll(Arrays.asList(args));
        return SocketEncoder.encode(
                new SocketPacket.Event(name, ackId, context.json().array(values)));
    }

    /** Asks the middleware about a client; the answer is null to accept it or the payload that refuses it. */
    void admit(ConnectContext candidate, Consumer<@Nullable JsonValue> decision) {
        if (middleware.isEmpty()) {
            decision.accept(null);
        } else {
            context.handlers().execute(() -> decision.accept(check(candidate)));
        }
    }

    private @Nullable JsonValue check(ConnectContext candidate) {
        try {
            return ask(candidate);
        } catch (Throwable e) {
            context.report(e, "middleware of namespace " + name);
            return context.json().value(Map.of("message", "connection refused"));
        }
    }

    private @Nullable JsonValue ask(ConnectContext candidate) throws Exception {
        try {
            for (var step : middleware) {
                step.check(candidate);
            }
            return null;
        } catch (ConnectionRefused e) {
            return refusal(e);
        }
    }

    private JsonValue refusal(ConnectionRefused refused) {
        var payload = new LinkedHashMap<String, Object>();
        payload.put("message", String.valueOf(refused.getMessage()));
        refused.data().ifPresent(data -> payload.put("data", data));
        return context.json().value(payload);
    }
}
