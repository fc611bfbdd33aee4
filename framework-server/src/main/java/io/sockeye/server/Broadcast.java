package io.sockeye.server;

import io.sockeye.json.Peer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Some sockets of a namespace and the way in which to emit to them. Immutable: each method returns another one, so that
 * one can be kept and used again. Any thread.
 *
 * <pre>{@code
 * Broadcast team = server.to("red", "blue").except("muted");
 * team.emit("news", text);
 * team.asVolatile().emit("position", x, y);
 * }</pre>
 */
public final class Broadcast implements Audience {
    private final Namespace namespace;
    private final Target target;
    private final Flags flags;

    Broadcast(Namespace namespace, Target target, Flags flags) {
        this.namespace = namespace;
        this.target = target;
        this.flags = flags;
    }

    @Override
    public Broadcast broadcast() {
        return this;
    }

    /** Also the sockets in these rooms; from all of the namespace, only those. */
    @Override
    public Broadcast to(String... rooms) {
        return new Broadcast(namespace, target.to(Arrays.asList(rooms)), flags);
    }

    @Override
    public Broadcast in(String... rooms) {
        return to(rooms);
    }

    @Override
    public Broadcast except(String... rooms) {
        return new Broadcast(namespace, target.except(Arrays.asList(rooms)), flags);
    }

    @Override
    public Broadcast local() {
        return with(flags.asLocal());
    }

    @Override
    public Broadcast asVolatile() {
        return with(flags.asDroppable());
    }

    @Override
    public Broadcast compress(boolean wanted) {
        return with(flags.compress(wanted));
    }

    @Override
    public Broadcast timeout(Duration limit) {
        return with(flags.timeout(limit));
    }

    Broadcast with(Flags other) {
        return new Broadcast(namespace, target, other);
    }

    @Override
    public void emit(String event, @Nullable Object @Nullable ... args) {
        adapter().broadcast(namespace.event(event, args), target, flags);
    }

    @Override
    public CompletableFuture<Answers> request(String event, @Nullable Object @Nullable ... args) {
        var packet = namespace.event(event, args);
        var adapter = adapter();
        var limit = flags.limit();
        var limited = flags.timeout(limit);
        return namespace
                .questions()
                .ask(
                        Peer.CLIENT,
                        limit,
                        adapter.servers(),
                        answers -> adapter.request(packet, target, limited, answers));
    }

    @Override
    public CompletableFuture<FetchedSockets> fetchSockets() {
        var adapter = adapter();
        var limit = flags.limit();
        var limited = flags.timeout(limit);
        return namespace
                .questions()
                .find(limit, adapter.servers(), sockets -> adapter.fetch(target, limited, sockets::found));
    }

    @Override
    public CompletableFuture<List<Socket>> localSockets() {
        return namespace.localSocketsOf().sockets(target);
    }

    @Override
    public void socketsJoin(String... rooms) {
        adapter().join(target, Set.copyOf(Arrays.asList(rooms)));
    }

    @Override
    public void socketsLeave(String... rooms) {
        adapter().leave(target, Set.copyOf(Arrays.asList(rooms)));
    }

    @Override
    public void disconnectSockets(boolean close) {
        adapter().disconnect(target, close);
    }

    private Adapter adapter() {
        return flags.local() ? namespace.localAdapter() : namespace.adapter();
    }
}
