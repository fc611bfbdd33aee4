package io.sockeye.server.internal.namespace;

import io.sockeye.event.Event;
import io.sockeye.server.AsyncMiddleware;
import io.sockeye.server.ConnectContext;
import io.sockeye.server.DynamicNamespace;
import io.sockeye.server.Namespace;
import io.sockeye.server.NamespaceMatcher;
import io.sockeye.server.adapter.Flags;
import io.sockeye.server.adapter.Target;
import io.sockeye.server.internal.handlers.Handlers;
import io.sockeye.server.internal.handlers.Handling;
import io.sockeye.server.internal.handlers.NamespaceRegistry;
import io.sockeye.server.internal.threads.HandlerExecutor;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The namespaces that one pattern or matcher accepts. Any thread. */
public final class MatchedNamespaces extends NamespaceRegistry<DynamicNamespace> implements DynamicNamespace {
    /** Null if the names alone do not decide. */
    private final @Nullable Pattern names;

    private final NamespaceMatcher matcher;
    private final Namespaces namespaces;
    private final Handlers handlers = new Handlers();
    private final List<AsyncMiddleware> middleware = new CopyOnWriteArrayList<>();
    private final Set<LocalNamespace> children = ConcurrentHashMap.newKeySet();
    private final MatchedBroadcast everybody = new MatchedBroadcast(this, Target.ALL, Flags.NONE);
    /** Null for the server's. */
    private volatile @Nullable Executor handlerExecutor;

    MatchedNamespaces(@Nullable Pattern names, NamespaceMatcher matcher, Namespaces namespaces) {
        this.names = names;
        this.matcher = matcher;
        this.namespaces = namespaces;
    }

    @Override
    public List<Namespace> namespaces() {
        return List.copyOf(children);
    }

    /** Those that exist at the moment; changes while it is read. */
    Set<LocalNamespace> children() {
        return children;
    }

    @Override
    public void emit(String event, @Nullable Object @Nullable ... args) {
        everybody.emit(event, args);
    }

    @Override
    public <T> void emit(Event<T> event, T value) {
        everybody.emit(event, value);
    }

    @Override
    public void emit(Event<Void> event) {
        everybody.emit(event);
    }

    @Override
    public MatchedBroadcast to(String... rooms) {
        return everybody.to(rooms);
    }

    @Override
    public MatchedBroadcast in(String... rooms) {
        return everybody.in(rooms);
    }

    @Override
    public MatchedBroadcast except(String... rooms) {
        return everybody.except(rooms);
    }

    @Override
    public MatchedBroadcast local() {
        return everybody.local();
    }

    @Override
    public MatchedBroadcast asVolatile() {
        return everybody.asVolatile();
    }

    @Override
    public MatchedBroadcast compress(boolean wanted) {
        return everybody.compress(wanted);
    }

    @Override
    public MatchedNamespaces handlerExecutor(Executor executor) {
        handlerExecutor = Objects.requireNonNull(executor);
        return this;
    }

    @Override
    public MatchedNamespaces handlersOnEventLoop() {
        return handlerExecutor(HandlerExecutor.EVENT_LOOP);
    }

    @Nullable
    Executor handlerExecutor() {
        return handlerExecutor;
    }

    boolean matches(ConnectContext candidate) {
        var answer = new boolean[1];
        namespaces
                .parts()
                .context()
                .calls()
                .guard(() -> answer[0] = matcher.matches(candidate), () -> "matcher of dynamic namespaces");
        return answer[0];
    }

    /** Whether a namespace of that name is one of these, whoever wants to join. */
    boolean hasName(String name) {
        return names != null && Namespaces.matches(names, name);
    }

    LocalNamespace newChild(String name) {
        var child = new LocalNamespace(name, namespaces, this);
        children.add(child);
        return child;
    }

    void remove(LocalNamespace child) {
        children.remove(child);
    }

    @Override
    public MatchedNamespaces self() {
        return this;
    }

    @Override
    public Handlers handlers() {
        return handlers;
    }

    @Override
    public Handling handling() {
        return namespaces.parts().context().handling();
    }

    @Override
    public List<AsyncMiddleware> middleware() {
        return middleware;
    }
}
