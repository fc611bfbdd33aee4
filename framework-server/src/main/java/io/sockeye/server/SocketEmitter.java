package io.sockeye.server;

import io.sockeye.event.DisconnectedException;
import io.sockeye.socket.SocketPacket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Emits to one socket in a certain way. Immutable; any thread. */
public final class SocketEmitter {
    private final Socket socket;
    private final boolean droppable;
    /** Null to wait as long as the socket lives. */
    private final @Nullable Duration timeout;

    SocketEmitter(Socket socket, boolean droppable, @Nullable Duration timeout) {
        this.socket = socket;
        this.droppable = droppable;
        this.timeout = timeout;
    }

    /** Also drops the event if the client cannot take it at once. */
    public SocketEmitter asVolatile() {
        return new SocketEmitter(socket, true, timeout);
    }

    /** Also limits the time in which an acknowledgement must arrive. */
    public SocketEmitter timeout(Duration limit) {
        return new SocketEmitter(socket, droppable, limit);
    }

    /** See {@link Socket#emit}. */
    public void emit(String event, @Nullable Object... args) {
        var packets = socket.namespace().encode(event, SocketPacket.Event.NO_ACK, args);
        socket.connection().shard().execute(() -> socket.deliver(packets, droppable));
    }

    /**
     * See {@link Socket#request}. After the timeout the future fails with an {@link
     * io.sockeye.event.AckTimeoutException}.
     */
    public <T> CompletableFuture<T> request(String event, Class<T> type, @Nullable Object... args) {
        if (!socket.isConnected()) {
            return CompletableFuture.failedFuture(new DisconnectedException(event));
        }
        var future = new CompletableFuture<T>();
        var limit = timeout == null ? Duration.ZERO : timeout;
        var pending = new Request<>(event, type, limit, socket.replies(), future);
        long id = socket.namespace().nextAckId();
        var packets = socket.namespace().encode(event, id, args);
        var shard = socket.connection().shard();
        shard.execute(() -> {
            long deadline = shard.deadlineAfter(timeout);
            socket.deliver(packets, id, deadline, pending);
        });
        return future;
    }
}
