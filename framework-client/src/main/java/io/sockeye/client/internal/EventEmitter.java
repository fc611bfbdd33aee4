package io.sockeye.client.internal;

import io.sockeye.client.Emitter;
import io.sockeye.client.internal.handlers.Handlers;
import io.sockeye.client.internal.socket.AckReceiver;
import io.sockeye.client.internal.socket.Flags;
import io.sockeye.client.internal.socket.OutgoingEvent;
import io.sockeye.client.internal.socket.Request;
import io.sockeye.client.internal.socket.SocketState;
import io.sockeye.event.Answer;
import io.sockeye.protocol.SocketPacket;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** Emits events of one socket, with flags. Immutable; any thread. */
final class EventEmitter implements Emitter {
    private final ClientContext client;
    private final SocketState socket;
    private final Flags flags;

    EventEmitter(ClientContext client, SocketState socket, Flags flags) {
        this.client = client;
        this.socket = socket;
        this.flags = flags;
    }

    @Override
    public void emit(String event, @Nullable Object @Nullable ... args) {
        client.checkOpen();
        send(packet(event, args, SocketPacket.NO_ACK), null);
    }

    @Override
    public <T> CompletableFuture<T> request(String event, Class<T> type, @Nullable Object @Nullable ... args) {
        return request(event, (Type) type, args);
    }

    @Override
    public <T> CompletableFuture<T> request(String event, TypeReference<T> type, @Nullable Object @Nullable ... args) {
        return request(event, type.getType(), args);
    }

    /** @param type the one that T was declared with */
    private <T> CompletableFuture<T> request(String event, Type type, @Nullable Object @Nullable [] args) {
        Answer<T> answer = Answer.of(type, client.options().json());
        client.checkOpen();
        var packet = packet(event, args, socket.sender().nextAckId());
        var future = new CompletableFuture<T>();
        send(packet, new Request<>(event, answer, timeout(), socket.replies(), future));
        future.whenComplete((value, failure) -> {
            if (isCancelled(failure)) {
                client.loop().execute(() -> socket.sender().giveUp(packet.ackId()));
            }
        });
        return future;
    }

    /** Whether the user has completed the future: by {@code cancel}, or by {@code orTimeout}. */
    private static boolean isCancelled(@Nullable Throwable failure) {
        return failure instanceof CancellationException || failure instanceof TimeoutException;
    }

    private SocketPacket.Event packet(String name, @Nullable Object @Nullable [] args, long ackId) {
        Handlers.checkName(name);
        return new SocketPacket.Event(
                socket.namespace(), ackId, client.options().json().event(name, args));
    }

    private void send(SocketPacket.Event packet, @Nullable AckReceiver receiver) {
        var parser = client.options().parser();
        client.send(
                socket,
                OutgoingEvent.of(packet, parser, flags, receiver, timeout().toMillis()));
    }

    private Duration timeout() {
        return flags.timeout() == null ? client.options().ackTimeout() : flags.timeout();
    }

    @Override
    public Emitter timeout(Duration limit) {
        return with(new Flags(flags.droppable(), flags.compress(), limit));
    }

    @Override
    public Emitter asVolatile() {
        return with(new Flags(true, flags.compress(), flags.timeout()));
    }

    @Override
    public Emitter compress(boolean wanted) {
        return with(new Flags(flags.droppable(), wanted, flags.timeout()));
    }

    private Emitter with(Flags changed) {
        return new EventEmitter(client, socket, changed);
    }
}
