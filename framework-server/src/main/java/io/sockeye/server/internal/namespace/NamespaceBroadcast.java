package io.sockeye.server.internal.namespace;

import io.sockeye.json.Peer;
import io.sockeye.server.Answers;
import io.sockeye.server.Broadcast;
import io.sockeye.server.FetchedSockets;
import io.sockeye.server.Socket;
import io.sockeye.server.adapter.Adapter;
import io.sockeye.server.adapter.Flags;
import io.sockeye.server.adapter.Target;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Some sockets of one namespace, and the flags to emit to them with. Immutable; any thread. */
public final class NamespaceBroadcast implements Broadcast {
    /** For those who say no other; as that of the reference server for other servers. */
    static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    private final LocalNamespace namespace;
    private final Target target;
    private final Flags flags;

    NamespaceBroadcast(LocalNamespace namespace, Target target, Flags flags) {
        this.namespace = namespace;
        this.target = target;
        this.flags = flags;
    }

    @Override
    public NamespaceBroadcast broadcast() {
        return this;
    }

    @Override
    public NamespaceBroadcast to(String... rooms) {
        return new NamespaceBroadcast(namespace, target.to(Arrays.asList(rooms)), flags);
    }

    @Override
    public NamespaceBroadcast in(String... rooms) {
        return to(rooms);
    }

    @Override
    public NamespaceBroadcast except(String... rooms) {
        return new NamespaceBroadcast(namespace, target.except(Arrays.asList(rooms)), flags);
    }

    @Override
    public NamespaceBroadcast local() {
        return with(flags.asLocal());
    }

    @Override
    public NamespaceBroadcast asVolatile() {
        return with(flags.asDroppable());
    }

    @Override
    public NamespaceBroadcast compress(boolean wanted) {
        return with(flags.compress(wanted));
    }

    @Override
    public NamespaceBroadcast timeout(Duration limit) {
        return with(flags.timeout(limit));
    }

    public NamespaceBroadcast with(Flags other) {
        return new NamespaceBroadcast(namespace, target, other);
    }

    @Override
    public void emit(String event, @Nullable Object @Nullable ... args) {
        adapter().broadcast(namespace.event(event, args), target, flags);
    }

    @Override
    public CompletableFuture<Answers> request(String event, @Nullable Object @Nullable ... args) {
        var packet = namespace.event(event, args);
        var adapter = adapter();
        var limit = limit();
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
        var limit = limit();
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

    /** How long answers of the cluster are waited for at most. */
    private Duration limit() {
        return flags.timeout() == null ? DEFAULT_TIMEOUT : flags.timeout();
    }

    private Adapter adapter() {
        return flags.local() ? namespace.localAdapter() : namespace.adapter();
    }
}
