package io.sockeye.server;

import io.sockeye.event.Event;
import io.sockeye.json.Json;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The namespaces whose names fit: each comes into being when the first client joins it, once the middleware has let that
 * client pass. Handlers and middleware that are added here are those of all of them. Any thread.
 *
 * <pre>{@code
 * server.of(Pattern.compile("/room-\\d+"))
 *         .use(context -> checkToken(context.auth(Token.class)))
 *         .onConnection(socket -> socket.namespace().emit("joined", socket.id()));
 * }</pre>
 */
public final class DynamicNamespace extends NamespaceScope<DynamicNamespace> {
    /** Null if the names alone do not decide. */
    private final @Nullable Pattern names;

    private final NamespaceMatcher matcher;
    private final ServerContext context;
    private final Handlers handlers = new Handlers();
    private final List<AsyncMiddleware> middleware = new CopyOnWriteArrayList<>();
    private final Set<Namespace> children = ConcurrentHashMap.newKeySet();
    private final DynamicBroadcast everybody = new DynamicBroadcast(this, Target.ALL, Flags.NONE);
    /** Null for the server's. */
    private volatile @Nullable Executor handlerExecutor;

    DynamicNamespace(@Nullable Pattern names, NamespaceMatcher matcher, ServerContext context) {
        this.names = names;
        this.matcher = matcher;
        this.context = context;
    }

    /** Those that exist at the moment, in no order. */
    public List<Namespace> namespaces() {
        return List.copyOf(children);
    }

    /** Sends an event to the sockets of all of them. */
    public void emit(String event, @Nullable Object @Nullable ... args) {
        everybody.emit(event, args);
    }

    /** Sends an event with its argument to the sockets of all of them. */
    public <T> void emit(Event<T> event, T value) {
        everybody.emit(event, value);
    }

    /** Sends an event that has no argument to the sockets of all of them. */
    public void emit(Event<Void> event) {
        everybody.emit(event);
    }

    /** See {@link DynamicBroadcast#to}. */
    public DynamicBroadcast to(String... rooms) {
        return everybody.to(rooms);
    }

    /** See {@link DynamicBroadcast#in}. */
    public DynamicBroadcast in(String... rooms) {
        return everybody.in(rooms);
    }

    /** See {@link DynamicBroadcast#except}. */
    public DynamicBroadcast except(String... rooms) {
        return everybody.except(rooms);
    }

    /** See {@link DynamicBroadcast#local}. */
    public DynamicBroadcast local() {
        return everybody.local();
    }

    /** See {@link DynamicBroadcast#asVolatile}. */
    public DynamicBroadcast asVolatile() {
        return everybody.asVolatile();
    }

    /** See {@link DynamicBroadcast#compress}. */
    public DynamicBroadcast compress(boolean wanted) {
        return everybody.compress(wanted);
    }

    /** Runs their handlers on this executor, unless one of them has another; see {@link Namespace#handlerExecutor}. */
    public DynamicNamespace handlerExecutor(Executor executor) {
        handlerExecutor = Objects.requireNonNull(executor);
        return this;
    }

    /** Runs their handlers on the event loops; see {@link Namespace#handlersOnEventLoop}. */
    public DynamicNamespace handlersOnEventLoop() {
        return handlerExecutor(HandlerExecutor.EVENT_LOOP);
    }

    @Nullable
    Executor handlerExecutor() {
        return handlerExecutor;
    }

    boolean matches(ConnectContext candidate) {
        var answer = new boolean[1];
        context.calls().guard(() -> answer[0] = matcher.matches(candidate), () -> "matcher of dynamic namespaces");
        return answer[0];
    }

    /** Whether a namespace of that name is one of these, whoever wants to join. */
    boolean hasName(String name) {
        return names != null && Namespaces.matches(names, name);
    }

    Namespace newChild(String name) {
        var child = new Namespace(name, context, this);
        children.add(child);
        return child;
    }

    void remove(Namespace child) {
        children.remove(child);
    }

    @Override
    DynamicNamespace self() {
        return this;
    }

    @Override
    Handlers handlers() {
        return handlers;
    }

    @Override
    Json json() {
        return context.json();
    }

    @Override
    List<AsyncMiddleware> middleware() {
        return middleware;
    }
}
