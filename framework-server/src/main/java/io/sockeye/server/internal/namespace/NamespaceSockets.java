package io.sockeye.server.internal.namespace;

import io.sockeye.ack.PendingAck;
import io.sockeye.json.Json;
import io.sockeye.json.JsonArray;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.RoomListener;
import io.sockeye.server.Socket;
import io.sockeye.server.adapter.AnswerListener;
import io.sockeye.server.adapter.ClusterLog;
import io.sockeye.server.adapter.Flags;
import io.sockeye.server.adapter.LocalSockets;
import io.sockeye.server.adapter.SocketDetails;
import io.sockeye.server.adapter.Target;
import io.sockeye.server.internal.context.Outgoing;
import io.sockeye.server.internal.rooms.LoopRooms;
import io.sockeye.server.internal.rooms.RoomMember;
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
    private final NamespaceParts server;
    private final Map<String, RoomMember> byId = new ConcurrentHashMap<>(4);

    NamespaceSockets(LocalNamespace namespace, NamespaceParts server) {
        this.namespace = namespace;
        this.server = server;
    }

    @Override
    public String namespace() {
        return namespace.name();
    }

    @Override
    public String server() {
        return server.server();
    }

    @Override
    public boolean isSocket(String id) {
        return byId.containsKey(id);
    }

    @Override
    public Json json() {
        return server.context().json();
    }

    @Override
    public void broadcast(SocketPacket.Event event, Target target, Flags flags) {
        var order = server.order();
        if (order != null && !order.isShared() && !flags.droppable()) {
            order.send(namespace.name(), event, target, flags);
            return;
        }
        var outgoing = Outgoing.of(event, flags, server.context());
        Consumer<RoomMember> delivery = socket -> socket.deliver(outgoing);
        for (var rooms : server.loops().running()) {
            if (order == null) {
                rooms.loop().send(outgoing, () -> rooms.forEach(namespace.name(), target, delivery));
            } else {
                unlogged(rooms, target, delivery, () -> {});
            }
        }
    }

    @Override
    public void request(SocketPacket.Event event, Target target, Flags flags, AnswerListener answers) {
        var loops = server.loops().running();
        if (loops.isEmpty()) {
            answers.asked(server(), 0);
            return;
        }
        long id = namespace.nextAckId();
        var asking = new SocketPacket.Event(event.namespace(), id, event.arguments());
        var outgoing = Outgoing.of(asking, flags, server.context());
        var pending = new Expected(server(), answers);
        var loopsLeft = new AtomicInteger(loops.size());
        var asked = new AtomicInteger();
        for (var rooms : loops) {
            Consumer<RoomMember> ask = socket -> {
                asked.incrementAndGet();
                socket.request(outgoing, rooms.loop().deadlineAfter(flags.timeout()), pending);
            };
            unlogged(rooms, target, ask, () -> {
                if (loopsLeft.decrementAndGet() == 0) {
                    answers.asked(server(), asked.get());
                }
            });
        }
    }

    /**
     * Calls the action, on the loop and in the order of the calls of each thread, for each socket there that is meant: something
     * that is not logged. With recovery it is left out for those whose client came back meanwhile, see {@link RoomMember#follows}.
     *
     * @param then runs after that
     */
    private void unlogged(LoopRooms rooms, Target target, Consumer<RoomMember> action, Runnable then) {
        rooms.loop().inCallOrder(end -> {
            rooms.forEach(namespace.name(), target, socket -> {
                if (socket.follows(end)) {
                    action.accept(socket);
                }
            });
            then.run();
        });
    }

    @Override
    public CompletableFuture<List<SocketDetails>> fetch(Target target) {
        return collect(target, RoomMember::details);
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
        change(new ClusterLog.Moved(namespace.name(), target, rooms, true));
    }

    @Override
    public void leave(Target target, Set<String> rooms) {
        change(new ClusterLog.Moved(namespace.name(), target, rooms, false));
    }

    @Override
    public void disconnect(Target target, boolean close) {
        change(new ClusterLog.Ended(namespace.name(), target, close));
    }

    private void change(ClusterLog.Entry what) {
        var order = server.order();
        if (order != null && !order.isShared()) {
            order.change(what);
            return;
        }
        for (var rooms : server.loops().running()) {
            rooms.loop()
                    .inCallOrder(() -> rooms.forEach(namespace.name(), what.target(), socket -> socket.change(what)));
        }
    }

    @Override
    public void serverSideEvent(JsonArray arguments, @Nullable Consumer<List<?>> ack) {
        namespace.serverEvents().receive(arguments, ack);
    }

    /** Written by the rooms on each loop. */
    Map<String, RoomMember> byId() {
        return byId;
    }

    public int size() {
        return byId.size();
    }

    Optional<RoomMember> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    CompletableFuture<List<Socket>> sockets(Target target) {
        return collect(target, socket -> socket);
    }

    private <T> CompletableFuture<List<T>> collect(Target target, Function<RoomMember, T> what) {
        var parts = new ArrayList<CompletableFuture<List<T>>>();
        for (var rooms : server.loops().running()) {
            var part = new CompletableFuture<List<T>>();
            parts.add(part);
            rooms.loop().inCallOrder(() -> {
                var found = new ArrayList<T>();
                rooms.forEach(namespace.name(), target, socket -> found.add(what.apply(socket)));
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
                        server.context().replies().executor());
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
