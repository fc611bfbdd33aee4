package io.sockeye.testbed.simulation;

import io.sockeye.json.JsonArray;
import io.sockeye.server.Adapter;
import io.sockeye.server.AnswerListener;
import io.sockeye.server.Flags;
import io.sockeye.server.LocalSockets;
import io.sockeye.server.SocketDetails;
import io.sockeye.server.Target;
import io.sockeye.socket.SocketPacket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Tells the other servers what is not in the log; nobody in the simulation asks them anything. */
final class BusAdapter implements Adapter {
    private final BusMember member;
    private final LocalSockets local;

    BusAdapter(BusMember member, LocalSockets local) {
        this.member = member;
        this.local = local;
    }

    private void everywhere(Consumer<LocalSockets> what) {
        member.publish(local.namespace(), what);
        what.accept(local);
    }

    @Override
    public void broadcast(SocketPacket.Event event, Target target, Flags flags) {
        everywhere(sockets -> sockets.broadcast(event, target, flags));
    }

    @Override
    public void request(SocketPacket.Event event, Target target, Flags flags, AnswerListener answers) {
        local.request(event, target, flags, answers);
    }

    @Override
    public CompletableFuture<List<String>> servers() {
        return CompletableFuture.completedFuture(List.of(member.node()));
    }

    @Override
    public void fetch(Target target, Flags flags, BiConsumer<String, List<SocketDetails>> found) {
        local.fetch(target).thenAccept(sockets -> found.accept(member.node(), sockets));
    }

    @Override
    public void join(Target target, Set<String> rooms) {
        everywhere(sockets -> sockets.join(target, rooms));
    }

    @Override
    public void leave(Target target, Set<String> rooms) {
        everywhere(sockets -> sockets.leave(target, rooms));
    }

    @Override
    public void disconnect(Target target, boolean close) {
        everywhere(sockets -> sockets.disconnect(target, close));
    }

    @Override
    public void serverSideEmit(JsonArray arguments) {
        member.publish(local.namespace(), sockets -> sockets.serverSideEvent(arguments, null));
    }

    @Override
    public void serverSideRequest(JsonArray arguments, Flags flags, AnswerListener answers) {
        throw new UnsupportedOperationException("nobody in the simulation asks servers");
    }

    @Override
    public void close() {
        // The member is closed with its server.
    }
}
