package io.sockeye.server.internal.server;

import io.sockeye.server.Answers;
import io.sockeye.server.AsyncMiddleware;
import io.sockeye.server.NamespaceHandler;
import io.sockeye.server.NamespaceMatcher;
import io.sockeye.server.RoomListener;
import io.sockeye.server.ServerEventHandler;
import io.sockeye.server.ServerMemory;
import io.sockeye.server.ServerUsage;
import io.sockeye.server.Socket;
import io.sockeye.server.SocketServer;
import io.sockeye.server.host.Host;
import io.sockeye.server.internal.connection.ServerCore;
import io.sockeye.server.internal.connection.Shard;
import io.sockeye.server.internal.context.ServerSettings;
import io.sockeye.server.internal.handlers.Handlers;
import io.sockeye.server.internal.handlers.Handling;
import io.sockeye.server.internal.handlers.NamespaceRegistry;
import io.sockeye.server.internal.namespace.LocalNamespace;
import io.sockeye.server.internal.namespace.MatchedNamespaces;
import io.sockeye.server.internal.namespace.NamespaceBroadcast;
import io.sockeye.server.internal.namespace.Namespaces;
import io.sockeye.server.internal.threads.HandlerExecutor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A server on its own loops, or on those of a host. Any thread. */
public final class SockeyeServer extends NamespaceRegistry<SocketServer> implements SocketServer {
    private final ServerCore core;
    private final ClusterMember member;
    private final Lifecycle lifecycle;
    private final Namespaces namespaces;
    private final LocalNamespace main;

    public SockeyeServer(ServerSettings settings) {
        var executor = HandlerExecutor.of(settings.handlerExecutor, settings.replyExecutor);
        this.core = new ServerCore(settings, executor);
        this.member = new ClusterMember(core);
        this.lifecycle = new Lifecycle(settings, executor, core, member);
        this.namespaces = core.namespaces();
        this.main = startNamespaces();
    }

    /** The cluster first: it lives as long as the namespaces' adapters. */
    private LocalNamespace startNamespaces() {
        member.start();
        boolean started = false;
        try {
            var recovery = core.recovery();
            if (recovery != null) {
                recovery.order().start();
            }
            var made = namespaces.getOrCreate("/");
            started = true;
            return made;
        } finally {
            if (!started) {
                member.close();
            }
        }
    }

    /** What tests look at. */
    public ServerCore core() {
        return core;
    }

    @Override
    public SockeyeServer start() {
        lifecycle.start();
        return this;
    }

    @Override
    public SockeyeServer attach(Host host) {
        lifecycle.attach(host);
        return this;
    }

    @Override
    public int port() {
        return lifecycle.port();
    }

    @Override
    public int connections() {
        return core.shards().stream().mapToInt(Shard::connectionCount).sum();
    }

    @Override
    public CompletableFuture<ServerUsage> usage() {
        return UsageCount.of(core);
    }

    @Override
    public ServerMemory memory() {
        return core.context().memory().usage();
    }

    @Override
    public boolean isClusterHealthy() {
        return member.isHealthy();
    }

    @Override
    public void close() {
        stop(Duration.ofSeconds(10));
    }

    @Override
    public void stop(Duration timeout) {
        lifecycle.stop(timeout);
    }

    @Override
    public LocalNamespace of(String name) {
        return namespaces.getOrCreate(name);
    }

    @Override
    public MatchedNamespaces of(Pattern names) {
        return namespaces.add(names);
    }

    @Override
    public MatchedNamespaces of(NamespaceMatcher matcher) {
        return namespaces.add(matcher);
    }

    @Override
    public SockeyeServer onNamespace(NamespaceHandler handler) {
        namespaces.onNamespace(handler);
        return this;
    }

    @Override
    public Optional<Socket> socket(String id) {
        return main.socket(id);
    }

    @Override
    public SockeyeServer onRooms(RoomListener listener) {
        main.onRooms(listener);
        return this;
    }

    @Override
    public SockeyeServer onServerEvent(String event, ServerEventHandler handler) {
        main.onServerEvent(event, handler);
        return this;
    }

    @Override
    public void serverSideEmit(String event, @Nullable Object @Nullable ... args) {
        main.serverSideEmit(event, args);
    }

    @Override
    public CompletableFuture<Answers> serverSideRequest(
            Duration timeout, String event, @Nullable Object @Nullable ... args) {
        return main.serverSideRequest(timeout, event, args);
    }

    @Override
    public NamespaceBroadcast broadcast() {
        return main.broadcast();
    }

    @Override
    public SockeyeServer self() {
        return this;
    }

    @Override
    public Handlers handlers() {
        return main.handlers();
    }

    @Override
    public Handling handling() {
        return core.context().handling();
    }

    @Override
    public List<AsyncMiddleware> middleware() {
        return main.middleware();
    }
}
