package io.sockeye.server.internal.namespace;

import io.sockeye.json.JsonArray;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.adapter.Adapter;
import io.sockeye.server.adapter.AnswerListener;
import io.sockeye.server.adapter.Flags;
import io.sockeye.server.adapter.LocalSockets;
import io.sockeye.server.adapter.SocketDetails;
import io.sockeye.server.adapter.Target;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** A server that is alone. */
public final class InMemoryAdapter implements Adapter {
    private final LocalSockets sockets;

    public InMemoryAdapter(LocalSockets sockets) {
        this.sockets = sockets;
    }

    @Override
    public void broadcast(SocketPacket.Event event, Target target, Flags flags) {
        sockets.broadcast(event, target, flags);
    }

    @Override
    public void request(SocketPacket.Event event, Target target, Flags flags, AnswerListener answers) {
        sockets.request(event, target, flags, answers);
    }

    @Override
    public CompletableFuture<List<String>> servers() {
        return CompletableFuture.completedFuture(List.of(sockets.server()));
    }

    @Override
    public void fetch(Target target, Flags flags, BiConsumer<String, List<SocketDetails>> found) {
        sockets.fetch(target).thenAccept(own -> found.accept(sockets.server(), own));
    }

    @Override
    public void join(Target target, Set<String> rooms) {
        sockets.join(target, rooms);
    }

    @Override
    public void leave(Target target, Set<String> rooms) {
        sockets.leave(target, rooms);
    }

    @Override
    public void disconnect(Target target, boolean close) {
        sockets.disconnect(target, close);
    }

    @Override
    public void serverSideEmit(JsonArray arguments) {
        // There are no others.
    }

    @Override
    public void serverSideRequest(JsonArray arguments, Flags flags, AnswerListener answers) {
        // There are no others.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
