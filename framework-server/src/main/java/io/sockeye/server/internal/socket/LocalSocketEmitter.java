package io.sockeye.server.internal.socket;

import io.sockeye.event.Answer;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.Emitter;
import io.sockeye.server.adapter.Flags;
import io.sockeye.server.internal.context.Outgoing;
import io.sockeye.server.internal.context.Request;
import io.sockeye.server.internal.namespace.NamespaceBroadcast;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** Emits to one socket with certain flags. Immutable; any thread. */
final class LocalSocketEmitter implements Emitter {
    private final LocalSocket socket;
    private final Flags flags;

    LocalSocketEmitter(LocalSocket socket, Flags flags) {
        this.socket = socket;
        this.flags = flags;
    }

    @Override
    public LocalSocketEmitter timeout(Duration limit) {
        return new LocalSocketEmitter(socket, flags.timeout(limit));
    }

    @Override
    public LocalSocketEmitter asVolatile() {
        return new LocalSocketEmitter(socket, flags.asDroppable());
    }

    @Override
    public LocalSocketEmitter compress(boolean wanted) {
        return new LocalSocketEmitter(socket, flags.compress(wanted));
    }

    @Override
    public NamespaceBroadcast broadcast() {
        return socket.broadcast().with(flags);
    }

    @Override
    public void emit(String event, @Nullable Object @Nullable ... args) {
        socket.membership().emit(socket.namespace().event(event, args), flags);
    }

    @Override
    public <T> CompletableFuture<T> request(String event, Class<T> type, @Nullable Object @Nullable ... args) {
        return request(event, (Type) type, args);
    }

    @Override
    public <T> CompletableFuture<T> request(String event, TypeReference<T> type, @Nullable Object @Nullable ... args) {
        return request(event, type.getType(), args);
    }

    /** @param type the one that T was said with */
    private <T> CompletableFuture<T> request(String event, Type type, @Nullable Object @Nullable [] args) {
        Answer<T> answer = Answer.of(type, socket.context().json());
        var namespace = socket.namespace();
        var arguments = namespace.event(event, args).arguments();
        var packet = new SocketPacket.Event(namespace.name(), namespace.nextAckId(), arguments);
        var outgoing = Outgoing.of(packet, flags, socket.context());
        var future = new CompletableFuture<T>();
        var limit = flags.timeout() == null ? Duration.ZERO : flags.timeout();
        var pending = new Request<>(event, answer, limit, socket.replies(), future);
        socket.membership()
                .act(
                        present -> present.delivery()
                                .request(outgoing, present.connection().loop().deadlineAfter(flags.timeout()), pending),
                        pending::disconnected);
        return future;
    }
}
