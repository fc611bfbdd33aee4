package io.sockeye.server;

import io.sockeye.json.Json;
import io.sockeye.json.JsonArray;
import io.sockeye.socket.PendingAck;
import io.sockeye.socket.SocketPacket;
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

/**
 * The sockets of one namespace on this server: what an {@link Adapter} works with. All methods may be called on any
 * thread and return at once; the calls of one thread take effect in their order.
 */
public final class LocalSockets {
    private final Namespace namespace;
    private final ServerContext context;
    private final Map<String, Socket> byId = new ConcurrentHashMap<>(4);

    LocalSockets(Namespace namespace, ServerContext context) {
        this.namespace = namespace;
        this.context = context;
    }

    /** The namespace's name. */
    public String namespace() {
        return namespace.name();
    }

    /** The name of this server; see {@link Cluster#node}. */
    public String server() {
        return context.member().node();
    }

    /** Whether that is the id of a socket of this server, and so the name of its own room. */
    public boolean isSocket(String id) {
        return byId.containsKey(id);
    }

    /** Reads and writes the arguments of events. */
    public Json json() {
        return context.json();
    }

    /** Sends an event. It is encoded once, whatever the number of sockets. */
    public void broadcast(SocketPacket.Event event, Target target, Flags flags) {
        var recovery = context.recovery();
        if (recovery != null && !recovery.isShared() && !flags.droppable()) {
            recovery.order().send(namespace, event, target, flags);
            return;
        }
        var outgoing = Outgoing.of(event, flags, context);
        Consumer<Socket> delivery = socket -> socket.deliver(outgoing);
        for (var shard : context.shards()) {
            if (recovery == null) {
                shard.send(outgoing, () -> shard.forEach(namespace.name(), target, delivery));
            } else {
                shard.unlogged(namespace.name(), target, delivery, () -> {});
            }
        }
    }

    /** Sends an event and asks for acknowledgements, under an id of this server's. */
    public void request(SocketPacket.Event event, Target target, Flags flags, AnswerListener answers) {
        var shards = context.shards();
        if (shards.isEmpty()) {
            answers.asked(server(), 0);
            return;
        }
        long id = namespace.nextAckId();
        var asking = new SocketPacket.Event(event.namespace(), id, event.arguments());
        var outgoing = Outgoing.of(asking, flags, context);
        var pending = new Expected(server(), answers);
        var shardsLeft = new AtomicInteger(shards.size());
        var asked = new AtomicInteger();
        for (var shard : shards) {
            Consumer<Socket> ask = socket -> {
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

    /** The sockets that are meant, as of now. Completed on a thread of the handlers. */
    public CompletableFuture<List<SocketDetails>> fetch(Target target) {
        return collect(target, Socket::details);
    }

    /** The rooms that sockets of this server are in, also those of their own ids, as of now. */
    public Set<String> rooms() {
        return namespace.roomEvents().rooms();
    }

    /** Whether a socket of this server is in the room. */
    public boolean hasRoom(String room) {
        return namespace.roomEvents().has(room);
    }

    /** Tells the listener of the rooms of this server, as {@link Namespace#onRooms} does. */
    public void onRooms(RoomListener listener) {
        namespace.onRooms(listener);
    }

    /** Has the sockets that are meant join rooms, also those whose client may come back. */
    public void join(Target target, Set<String> rooms) {
        steer(new ClusterLog.Moved(namespace.name(), target, rooms, true));
    }

    /** Has the sockets that are meant leave rooms, also those whose client may come back. */
    public void leave(Target target, Set<String> rooms) {
        steer(new ClusterLog.Moved(namespace.name(), target, rooms, false));
    }

    /** Disconnects the sockets that are meant; with {@code close} also their connections. Who is away may not come back. */
    public void disconnect(Target target, boolean close) {
        steer(new ClusterLog.Ended(namespace.name(), target, close));
    }

    private void steer(ClusterLog.Entry what) {
        var recovery = context.recovery();
        if (recovery == null || recovery.isShared()) {
            var steering = new LogEntry.Steering(what);
            for (var shard : context.shards()) {
                shard.inCallOrder(() -> shard.forEach(namespace.name(), what.target(), steering::applyTo));
            }
        } else {
            recovery.order().steer(what);
        }
    }

    /**
     * Another server's {@link Namespace#serverSideEmit} arrived.
     *
     * @param arguments the event's name, then its arguments
     * @param ack takes the acknowledgement at most once; null if none is asked for
     */
    public void serverSideEvent(JsonArray arguments, @Nullable Consumer<List<?>> ack) {
        namespace.serverEvents().receive(arguments, ack);
    }

    /** The socket is one of these from now on. */
    void add(Socket socket) {
        byId.put(socket.id(), socket);
    }

    /** The socket is none of these any more. */
    void remove(Socket socket) {
        byId.remove(socket.id(), socket);
    }

    int size() {
        return byId.size();
    }

    Optional<Socket> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    CompletableFuture<List<Socket>> sockets(Target target) {
        return collect(target, Function.identity());
    }

    private <T> CompletableFuture<List<T>> collect(Target target, Function<Socket, T> what) {
        var parts = new ArrayList<CompletableFuture<List<T>>>();
        for (var shard : context.shards()) {
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
                        context.replies().executor());
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
