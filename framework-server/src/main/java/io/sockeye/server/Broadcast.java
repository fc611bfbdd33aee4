package io.sockeye.server;

import io.sockeye.socket.SocketPacket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sockets of a namespace to emit to. Immutable: each method returns another one. Any thread.
 *
 * <pre>{@code
 * server.to("lobby", "garden").except("muted").emit("said", "hello");
 * }</pre>
 */
public final class Broadcast {
    private final Namespace namespace;
    private final Target target;
    private final boolean droppable;
    /** Null to wait for acknowledgements as long as the sockets live. */
    private final @Nullable Duration timeout;

    Broadcast(Namespace namespace, Target target, boolean droppable, @Nullable Duration timeout) {
        this.namespace = namespace;
        this.target = target;
        this.droppable = droppable;
        this.timeout = timeout;
    }

    /** Also the sockets in these rooms. A socket in several rooms gets an event once. */
    public Broadcast to(String... rooms) {
        return new Broadcast(namespace, target.to(Arrays.asList(rooms)), droppable, timeout);
    }

    /** But not the sockets in these rooms. */
    public Broadcast except(String... rooms) {
        return new Broadcast(namespace, target.except(Arrays.asList(rooms)), droppable, timeout);
    }

    /** Each event is dropped for those that cannot take it at once. */
    public Broadcast asVolatile() {
        return new Broadcast(namespace, target, true, timeout);
    }

    /** Limits the time in which acknowledgements must arrive. */
    public Broadcast timeout(Duration limit) {
        return new Broadcast(namespace, target, droppable, limit);
    }

    /** Sends an event; see {@link Socket#emit}. It is encoded once, whatever the number of sockets. */
    public void emit(String event, @Nullable Object... args) {
        var packets = namespace.encode(event, SocketPacket.Event.NO_ACK, args);
        for (var shard : shards()) {
            shard.execute(() -> shard.rooms(namespace).forEach(target, socket -> socket.deliver(packets, droppable)));
        }
    }

    /**
     * Sends an event and asks everybody for an acknowledgement. The future is completed on a thread of the handlers, as
     * soon as all have answered or are gone, or the timeout is over; it does not fail.
     */
    public CompletableFuture<Answers> request(String event, @Nullable Object... args) {
        var shards = shards();
        if (shards.isEmpty()) {
            return CompletableFuture.completedFuture(new Answers(List.of(), 0));
        }
        var future = new CompletableFuture<Answers>();
        var mailbox = new Mailbox(namespace.context().replies());
        var collector = new AnswerCollector(shards.size(), answers -> mailbox.post(() -> future.complete(answers)));
        long id = namespace.nextAckId();
        var packets = namespace.encode(event, id, args);
        for (var shard : shards) {
            shard.execute(() -> {
                long deadline = shard.deadlineAfter(timeout);
                shard.rooms(namespace).forEach(target, socket -> {
                    collector.expectOneMore();
                    socket.deliver(packets, id, deadline, collector);
                });
                collector.shardDone();
            });
        }
        return future;
    }

    /** The sockets that are meant, as of now. */
    public CompletableFuture<List<Socket>> fetchSockets() {
        var shards = shards();
        if (shards.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        var parts = new ArrayList<CompletableFuture<List<Socket>>>();
        for (var shard : shards) {
            var part = new CompletableFuture<List<Socket>>();
            parts.add(part);
            shard.execute(() -> {
                var sockets = new ArrayList<Socket>();
                shard.rooms(namespace).forEach(target, sockets::add);
                part.complete(sockets);
            });
        }
        var replies = namespace.context().replies();
        return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
                .thenApplyAsync(
                        all -> parts.stream()
                                .flatMap(part -> part.join().stream())
                                .toList(),
                        replies);
    }

    private List<Shard> shards() {
        return namespace.context().shards();
    }
}
