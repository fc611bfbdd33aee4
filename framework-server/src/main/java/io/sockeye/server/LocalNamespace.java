package io.sockeye.server;

import io.sockeye.json.Peer;
import io.sockeye.socket.SocketPacket;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A namespace on this server: its handlers, middleware, adapter and sockets. Any thread. */
final class LocalNamespace extends NamespaceRegistry<Namespace> implements Namespace {
    private final String name;
    private final ServerCore core;
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

    LocalNamespace(String name, ServerCore core, @Nullable MatchedNamespaces parent) {
        this.name = name;
        this.core = core;
        this.parent = parent;
        this.handlerChain = parent == null ? List.of(handlers) : List.of(parent.handlers(), handlers);
        this.questions = new Questions(this, core);
        this.roomEvents = new RoomEvents(core.context());
        this.serverEvents = new ServerEvents(core.context());
        this.localSockets = new NamespaceSockets(this, core);
        this.localAdapter = new InMemoryAdapter(localSockets);
        this.adapter =
                new LateAdapter(name, failure -> core.context().calls().report(failure, "adapter of namespace " + name));
        this.everybody = new NamespaceBroadcast(this, Target.ALL, Flags.NONE);
    }

    /** Makes the adapter; called once. What the factory throws goes to the caller. */
    void start() {
        var late = (LateAdapter) adapter;
        Adapter made = null;
        try {
            made = Objects.requireNonNull(core.adapters().create(localSockets), "adapter factory: null");
        } finally {
            if (made == null) {
                late.failed();
                questions.close();
                if (parent != null) {
                    parent.remove(this);
                }
            }
        }
        var recovery = core.recovery();
        var real = recovery != null && recovery.isShared() ? new LoggedAdapter(this, recovery.order(), made) : made;
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
    CompletableFuture<Void> hear(Set<String> rooms, Executor replies) {
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
    SocketPacket.Event event(String event, @Nullable Object @Nullable [] args) {
        EventNames.check(event);
        return new SocketPacket.Event(name, SocketPacket.NO_ACK, core.context().json().event(event, args));
    }

    long nextAckId() {
        return ackIds.getAndIncrement();
    }

    ServerContext context() {
        return core.context();
    }

    ServerCore core() {
        return core;
    }

    /** Whether everybody may join. */
    boolean isOpen() {
        return middleware.isEmpty() && (parent == null || parent.middleware().isEmpty());
    }

    @Nullable
    MatchedNamespaces parent() {
        return parent;
    }

    void close() {
        if (!closed.compareAndSet(false, true)) {
            return; // The last handler has outlived the server.
        }
        String where = "adapter of namespace " + name;
        core.context().calls()
                .guardAnywhere(
                        adapter::close, () -> where, error -> core.context().calls().report(error, where));
        questions.close();
        if (parent != null) {
            parent.remove(this);
        }
    }

    @Override
    LocalNamespace self() {
        return this;
    }

    @Override
    Handlers handlers() {
        return handlers;
    }

    @Override
    Handling handling() {
        return core.context().handling();
    }

    @Override
    List<AsyncMiddleware> middleware() {
        return middleware;
    }

    List<Handlers> handlerChain() {
        return handlerChain;
    }

    @Nullable
    Executor handlerExecutor() {
        var own = handlerExecutor;
        return own == null && parent != null ? parent.handlerExecutor() : own;
    }

    Questions questions() {
        return questions;
    }

    RoomEvents roomEvents() {
        return roomEvents;
    }

    ServerEvents serverEvents() {
        return serverEvents;
    }

    NamespaceSockets localSocketsOf() {
        return localSockets;
    }

    Adapter adapter() {
        return adapter;
    }

    Adapter localAdapter() {
        return localAdapter;
    }
}
