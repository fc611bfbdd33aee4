package io.sockeye.test;

import io.sockeye.event.Ack;
import io.sockeye.event.Args;
import io.sockeye.json.JsonArray;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.adapter.Adapter;
import io.sockeye.server.adapter.AdapterFactory;
import io.sockeye.server.adapter.AnswerListener;
import io.sockeye.server.adapter.Flags;
import io.sockeye.server.adapter.LocalSockets;
import io.sockeye.server.adapter.SocketDetails;
import io.sockeye.server.adapter.Target;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** The adapter of a server that is alone, which writes down the broadcasts that pass it. */
final class RecordingAdapter implements Adapter {
    private final Adapter adapter;
    private final LocalSockets sockets;
    private final Recorder recorder;

    RecordingAdapter(LocalSockets sockets, Recorder recorder) {
        this.adapter = AdapterFactory.inMemory().create(sockets);
        this.sockets = sockets;
        this.recorder = recorder;
        recorder.watchRooms(sockets);
    }

    @Override
    public void broadcast(SocketPacket.Event event, Target target, Flags flags) {
        recorder.broadcast(sent(event, target, flags, false));
        adapter.broadcast(event, target, flags);
    }

    @Override
    public void request(SocketPacket.Event event, Target target, Flags flags, AnswerListener answers) {
        recorder.broadcast(sent(event, target, flags, true));
        adapter.request(event, target, flags, answers);
    }

    private SentBroadcast sent(SocketPacket.Event event, Target target, Flags flags, boolean asks) {
        var args = new Args(event.arguments().from(1), Ack.NONE);
        return new SentBroadcast(sockets.namespace(), target, flags, new SentEvent(event.name(), args), asks);
    }

    @Override
    public CompletableFuture<List<String>> servers() {
        return adapter.servers();
    }

    @Override
    public void fetch(Target target, Flags flags, BiConsumer<String, List<SocketDetails>> found) {
        adapter.fetch(target, flags, found);
    }

    @Override
    public void join(Target target, Set<String> rooms) {
        adapter.join(target, rooms);
    }

    @Override
    public void leave(Target target, Set<String> rooms) {
        adapter.leave(target, rooms);
    }

    @Override
    public void disconnect(Target target, boolean close) {
        adapter.disconnect(target, close);
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
