package io.sockeye.server.internal.namespace;

import io.sockeye.json.JsonArray;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.adapter.Adapter;
import io.sockeye.server.adapter.AnswerListener;
import io.sockeye.server.adapter.ClusterLog;
import io.sockeye.server.adapter.Flags;
import io.sockeye.server.adapter.SocketDetails;
import io.sockeye.server.adapter.Target;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** Appends to the log of the cluster what belongs there, and leaves the rest to the adapter. */
final class LoggedAdapter implements Adapter {
    private final String namespace;
    private final EventOrder order;
    private final Adapter adapter;

    LoggedAdapter(String namespace, EventOrder order, Adapter adapter) {
        this.namespace = namespace;
        this.order = order;
        this.adapter = adapter;
    }

    @Override
    public void broadcast(SocketPacket.Event event, Target target, Flags flags) {
        if (flags.droppable()) {
            adapter.broadcast(event, target, flags);
        } else {
            order.send(namespace, event, target, flags);
        }
    }

    @Override
    public void request(SocketPacket.Event event, Target target, Flags flags, AnswerListener answers) {
        adapter.request(event, target, flags, answers);
    }

    @Override
    public CompletableFuture<List<String>> servers() {
        return adapter.servers();
    }

    @Override
    public CompletionStage<?> hear(Set<String> rooms) {
        return adapter.hear(rooms);
    }

    @Override
    public void fetch(Target target, Flags flags, BiConsumer<String, List<SocketDetails>> found) {
        adapter.fetch(target, flags, found);
    }

    @Override
    public void join(Target target, Set<String> rooms) {
        order.change(new ClusterLog.Moved(namespace, target, rooms, true));
    }

    @Override
    public void leave(Target target, Set<String> rooms) {
        order.change(new ClusterLog.Moved(namespace, target, rooms, false));
    }

    @Override
    public void disconnect(Target target, boolean close) {
        order.change(new ClusterLog.Ended(namespace, target, close));
    }

    @Override
    public void serverSideEmit(JsonArray arguments) {
        adapter.serverSideEmit(arguments);
    }

    @Override
    public void serverSideRequest(JsonArray arguments, Flags flags, AnswerListener answers) {
        adapter.serverSideRequest(arguments, flags, answers);
    }

    @Override
    public void close() {
        adapter.close();
    }
}
