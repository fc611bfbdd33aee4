package io.sockeye.server.internal.namespace;

import io.sockeye.json.Peer;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.Answers;
import io.sockeye.server.AsyncMiddleware;
import io.sockeye.server.Namespace;
import io.sockeye.server.RoomListener;
import io.sockeye.server.ServerEventHandler;
import io.sockeye.server.Socket;
import io.sockeye.server.adapter.Adapter;
import io.sockeye.server.adapter.Flags;
import io.sockeye.server.adapter.Target;
import io.sockeye.server.internal.context.ServerContext;
import io.sockeye.server.internal.handlers.EventNames;
import io.sockeye.server.internal.handlers.Handlers;
import io.sockeye.server.internal.handlers.Handling;
import io.sockeye.server.internal.handlers.NamespaceRegistry;
import io.sockeye.server.internal.rooms.LoopRooms;
import io.sockeye.server.internal.rooms.RoomEvents;
import io.sockeye.server.internal.rooms.Rooms;
import io.sockeye.server.internal.threads.HandlerExecutor;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A namespace on this server: its handlers, middleware, adapter and sockets. Any thread. */
public final class LocalNamespace extends NamespaceRegistry<Namespace> implements Namespace {
    private final String name;
    private final Namespaces namespaces;
    private final NamespaceParts server;
    private final ServerContext context;
    /** Null unless its name was matched. */
    private final @Nullable MatchedNamespaces parent;

    private final Handlers handlers = new Handlers();
    /** The parent's, if there is one, then its own. */
    private final List<Handlers> handlerChain;

    private final List<AsyncMiddleware> middleware = new CopyOnWriteArrayList<>();
    /** Shared by all sockets, so that a broadcast that asks for acknowledgements is the same for everybody. */
    private final AtomicLong ackIds = new AtomicLong();

    private final Questions questions;
    private final RoomEvents roomEvents;
    private final ServerEvents serverEvents;
    private final NamespaceSockets localSockets;
    private final Adapter localAdapter;
    /** Until the real one is there, one that keeps what it is asked. */
    private volatile Adapter adapter;

    private final NamespaceBroadcast everybody;
    /** Null for the parent's or the server's. */
    private volatile @Nullable Executor handlerExecutor;

    private final AtomicBoolean closed = new AtomicBoolean();

    public LocalNamespace(String name, Namespaces namespaces, @Nullable MatchedNamespaces parent) {
        this.name = name;
        this.namespaces = namespaces;
        this.server = namespaces.parts();
        this.context = server.context();
        this.parent = parent;
        this.handlerChain = parent == null ? List.of(handlers) : List.of(parent.handlers(), handlers);
        this.questions = new Questions(this, server);
        this.roomEvents = new RoomEvents(context);
        this.serverEvents = new ServerEvents(context);
        this.localSockets = new NamespaceSockets(this, server);
        this.localAdapter = new InMemoryAdapter(localSockets);
        this.adapter =
                new LateAdapter(name, failure -> context.calls().report(failure, "adapter of namespace " + name));
        this.everybody = new NamespaceBroadcast(this, Target.ALL, Flags.NONE);
    }

    /** Makes the adapter; called once. What the factory throws goes to the caller. */
    void start() {
        var late = (LateAdapter) adapter;
        Adapter made = null;
        try {
            made = Objects.requireNonNull(server.adapters().create(localSockets), "adapter factory: null");
        } finally {
            if (made == null) {
                late.failed();
                questions.close();
                if (parent != null) {
                    parent.remove(this);
                }
            }
        }
        var order = server.order();
        var real = order != null && order.isShared() ? new LoggedAdapter(name, order, made) : made;
        late.made(real, () -> adapter = real);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<Socket> socket(String id) {
        return localSockets.find(id).map(Function.identity());
    }

    @Override
    public NamespaceBroadcast broadcast() {
        return everybody;
    }

    @Override
    public LocalNamespace handlerExecutor(Executor executor) {
        handlerExecutor = Objects.requireNonNull(executor);
        return this;
    }

    @Override
    public LocalNamespace handlersOnEventLoop() {
        return handlerExecutor(HandlerExecutor.EVENT_LOOP);
    }

    @Override
    public LocalNamespace onRooms(RoomListener listener) {
        roomEvents.add(listener);
        return this;
    }

    @Override
    public LocalNamespace onServerEvent(String event, ServerEventHandler handler) {
        serverEvents.add(event, handler);
        return this;
    }

    /** Completes, by the executor, once what other servers of the cluster send to the rooms arrives here. */
    public CompletableFuture<Void> hear(Set<String> rooms, Executor replies) {
        var heard = new CompletableFuture<Void>();
        adapter.hear(rooms)
                .whenComplete((done, failure) -> replies.execute(() -> {
                    if (failure == null) {
                        heard.complete(null);
                    } else {
                        heard.completeExceptionally(failure);
                    }
                }));
        return heard;
    }

    @Override
    public void serverSideEmit(String event, @Nullable Object @Nullable ... args) {
        adapter.serverSideEmit(event(event, args).arguments());
    }

    @Override
    public CompletableFuture<Answers> serverSideRequest(
            Duration timeout, String event, @Nullable Object @Nullable ... args) {
        var arguments = event(event, args).arguments();
        var flags = Flags.NONE.timeout(timeout);
        return questions.ask(
                Peer.SERVER,
                timeout,
                adapter.servers().thenApply(this::others),
                answers -> adapter.serverSideRequest(arguments, flags, answers));
    }

    private List<String> others(List<String> servers) {
        return servers.stream()
                .filter(name -> !name.equals(localSockets.server()))
                .toList();
    }

    /** An event without an acknowledgement. */
    public SocketPacket.Event event(String event, @Nullable Object @Nullable [] args) {
        EventNames.check(event);
        return new SocketPacket.Event(name, SocketPacket.NO_ACK, context.json().event(event, args));
    }

    public long nextAckId() {
        return ackIds.getAndIncrement();
    }

    public ServerContext context() {
        return context;
    }

    /** Null if clients cannot come back. */
    public @Nullable EventOrder order() {
        return server.order();
    }

    /** Somebody who is in it has to be so once more; {@link #leave} follows. */
    public void enterAgain() {
        namespaces.enter(name);
    }

    /** A socket with its handlers, or somebody who wanted to become one, is gone. */
    public void leave() {
        namespaces.leave(this);
    }

    /** Its rooms on that loop. */
    public Rooms rooms(LoopRooms on) {
        return on.of(name, roomEvents, localSockets.byId());
    }

    /** Whether everybody may join. */
    public boolean isOpen() {
        return middleware.isEmpty() && (parent == null || parent.middleware().isEmpty());
    }

    @Nullable
    public MatchedNamespaces parent() {
        return parent;
    }

    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return; // The last handler has outlived the server.
        }
        String where = "adapter of namespace " + name;
        context.calls()
                .guardAnywhere(
                        adapter::close, () -> where, error -> context.calls().report(error, where));
        questions.close();
        if (parent != null) {
            parent.remove(this);
        }
    }

    @Override
    public LocalNamespace self() {
        return this;
    }

    @Override
    public Handlers handlers() {
        return handlers;
    }

    @Override
    public Handling handling() {
        return context.handling();
    }

    @Override
    public List<AsyncMiddleware> middleware() {
        return middleware;
    }

    public List<Handlers> handlerChain() {
        return handlerChain;
    }

    @Nullable
    public Executor handlerExecutor() {
        var own = handlerExecutor;
        return own == null && parent != null ? parent.handlerExecutor() : own;
    }

    public Questions questions() {
        return questions;
    }

    public RoomEvents roomEvents() {
        return roomEvents;
    }

    ServerEvents serverEvents() {
        return serverEvents;
    }

    public NamespaceSockets localSocketsOf() {
        return localSockets;
    }

    Adapter adapter() {
        return adapter;
    }

    Adapter localAdapter() {
        return localAdapter;
    }
}
