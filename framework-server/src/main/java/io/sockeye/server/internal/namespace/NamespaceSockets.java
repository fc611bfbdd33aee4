package io.sockeye.server.internal.namespace;

import io.sockeye.ack.PendingAck;
import io.sockeye.json.Json;
import io.sockeye.json.JsonArray;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.AnswerListener;
import io.sockeye.server.ClusterLog;
import io.sockeye.server.Flags;
import io.sockeye.server.LocalSockets;
import io.sockeye.server.RoomListener;
import io.sockeye.server.Socket;
import io.sockeye.server.SocketDetails;
import io.sockeye.server.Target;
import io.sockeye.server.internal.context.Outgoing;
import io.sockeye.server.internal.recovery.LogEntry;
import io.sockeye.server.internal.server.ServerCore;
import io.sockeye.server.internal.socket.LocalSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The sockets of one namespace on this server, by their ids. Any thread. */
public final class NamespaceSockets implements LocalSockets {
    private final LocalNamespace namespace;
    private final ServerCore core;
    private final Map<String, LocalSocket> byId = new ConcurrentHashMap<>(4);

    NamespaceSockets(LocalNamespace namespace, ServerCore core) {
        this.namespace = namespace;
        this.core = core;
    }

    @Override
    public String namespace() {
        return namespace.name();
    }

    @Override
    public String server() {
        return core.member().node();
    }

    @Override
    public boolean isSocket(String id) {
        return byId.containsKey(id);
    }

    @Override
    public Json json() {
        return core.context().json();
    }

    @Override
    public void broadcast(SocketPacket.Event event, Target target, Flags flags) {
        var recovery = core.recovery();
        if (recovery != null && !recovery.isShared() && !flags.droppable()) {
            recovery.order().send(namespace, event, target, flags);
            return;
        }
        var outgoing = Outgoing.of(event, flags, core.context());
        Consumer<LocalSocket> delivery = socket -> socket.deliver(outgoing);
        for (var shard : core.shards()) {
            if (recovery == null) {
                shard.send(outgoing, () -> shard.forEach(namespace.name(), target, delivery));
            } else {
                shard.unlogged(namespace.name(), target, delivery, () -> {});
            }
        }
    }

    @Override
    public void request(SocketPacket.Event event, Target target, Flags flags, AnswerListener answers) {
        var shards = core.shards();
        if (shards.isEmpty()) {
            answers.asked(server(), 0);
            return;
        }
        long id = namespace.nextAckId();
        var asking = new SocketPacket.Event(event.namespace(), id, event.arguments());
        var outgoing = Outgoing.of(asking, flags, core.context());
        var pending = new Expected(server(), answers);
        var shardsLeft = new AtomicInteger(shards.size());
        var asked = new AtomicInteger();
        for (var shard : shards) {
            Consumer<LocalSocket> ask = socket -> {
                asked.incrementAndGet();
                socket.delivery().request(outgoing, shard.deadlineAfter(flags.timeout()), pending);
            };
            shard.unlogged(namespace.name(), target, ask, () -> {
                if (shardsLeft.decrementAndGet() == 0) {
                    answers.asked(server(), asked.get());
                }
            });
        }
    }

    @Override
    public CompletableFuture<List<SocketDetails>> fetch(Target target) {
        return collect(target, LocalSocket::details);
    }

    @Override
    public Set<String> rooms() {
        return namespace.roomEvents().rooms();
    }

    @Override
    public boolean hasRoom(String room) {
        return namespace.roomEvents().has(room);
    }

    @Override
    public void onRooms(RoomListener listener) {
        namespace.onRooms(listener);
    }

    @Override
    public void join(Target target, Set<String> rooms) {
        steer(new ClusterLog.Moved(namespace.name(), target, rooms, true));
    }

    @Override
    public void leave(Target target, Set<String> rooms) {
        steer(new ClusterLog.Moved(namespace.name(), target, rooms, false));
    }

    @Override
    public void disconnect(Target target, boolean close) {
        steer(new ClusterLog.Ended(namespace.name(), target, close));
    }

    private void steer(ClusterLog.Entry what) {
        var recovery = core.recovery();
        if (recovery == null || recovery.isShared()) {
            var steering = new LogEntry.SocketChange(what);
            for (var shard : core.shards()) {
                shard.inCallOrder(() -> shard.forEach(namespace.name(), what.target(), steering::applyTo));
            }
        } else {
            recovery.order().steer(what);
        }
    }

    @Override
    public void serverSideEvent(JsonArray arguments, @Nullable Consumer<List<?>> ack) {
        namespace.serverEvents().receive(arguments, ack);
    }

    /** The socket is one of these from now on. */
    public void add(LocalSocket socket) {
        byId.put(socket.id(), socket);
    }

    /** The socket is none of these any more. */
    public void remove(LocalSocket socket) {
        byId.remove(socket.id(), socket);
    }

    public int size() {
        return byId.size();
    }

    Optional<LocalSocket> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    CompletableFuture<List<Socket>> sockets(Target target) {
        return collect(target, socket -> socket);
    }

    private <T> CompletableFuture<List<T>> collect(Target target, Function<LocalSocket, T> what) {
        var parts = new ArrayList<CompletableFuture<List<T>>>();
        for (var shard : core.shards()) {
            var part = new CompletableFuture<List<T>>();
            parts.add(part);
            shard.inCallOrder(() -> {
                var found = new ArrayList<T>();
                shard.forEach(namespace.name(), target, socket -> found.add(what.apply(socket)));
                part.complete(found);
            });
        }
        if (parts.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
                .thenApplyAsync(
                        all -> parts.stream()
                                .flatMap(part -> part.join().stream())
                                .toList(),
                        core.context().replies().executor());
    }

    /** One acknowledgement of a broadcast. */
    private record Expected(String server, AnswerListener answers) implements PendingAck {
        @Override
        public void answered(JsonArray arguments) {
            answers.answered(server, arguments);
        }

        @Override
        public void timedOut() {
            answers.lost(server);
        }

        @Override
        public void disconnected() {
            answers.lost(server);
        }
    }
}
