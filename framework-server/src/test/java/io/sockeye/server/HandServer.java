package io.sockeye.server;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.session.ServerSession;
import io.sockeye.server.http.HttpRequest;
import io.sockeye.server.internal.connection.ServerCore;
import io.sockeye.server.internal.connection.Shard;
import io.sockeye.server.internal.server.ServerBuilder;
import io.sockeye.server.internal.threads.HandlerExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The inside of a server without a host: its loops run on the test's own thread, and handlers when the test says so. */
public final class HandServer {
    /** What waits for a thread of the handlers. */
    public final List<Runnable> handlers = new ArrayList<>();

    public final ServerCore core;
    public final List<HandLoop> loops = new ArrayList<>();
    public final List<Shard> shards = new ArrayList<>();

    public HandServer(int loopCount, UnaryOperator<SocketServerBuilder> settings) {
        var builder = (ServerBuilder) settings.apply(SocketServer.builder());
        core = new ServerCore(builder.settings, HandlerExecutor.of(handlers::add, Runnable::run));
        for (int i = 0; i < loopCount; i++) {
            var loop = new HandLoop();
            loops.add(loop);
            shards.add(new Shard(loop, core, core.namespaces()));
        }
        core.namespaces().getOrCreate("/");
        core.start(shards);
        shards.forEach(Shard::start);
    }

    public Namespace namespace(String name) {
        return core.namespaces().getOrCreate(name);
    }

    /** A client on the first loop. */
    HandClient open(String... headers) {
        return open(0, headers);
    }

    HandClient open(int loop, String... headers) {
        return open(loop, request("192.0.2.1", headers));
    }

    /** A client on that loop from another address. */
    public HandClient openFrom(String address, int loop) {
        return open(loop, request(address));
    }

    public static HttpRequest request(String address, String... headers) {
        return new HttpRequest(
                "GET", "/socket.io/?EIO=4&transport=websocket", List.of(headers), address, false, Bytes.EMPTY);
    }

    private HandClient open(int loop, HttpRequest request) {
        var transport = new HandTransport();
        ServerSession session = shards.get(loop).open(transport, request);
        return new HandClient(this, loops.get(loop), session, transport);
    }

    /** A client on the first loop that has joined the first namespace. */
    public HandClient join() {
        return join(0);
    }

    public HandClient join(int loop) {
        var client = open(loop);
        client.send("40");
        return client;
    }

    /** Lets each loop do what is to be done again and again. */
    void look() {
        pass(Duration.ofMillis(20));
    }

    public void pass(Duration time) {
        loops.forEach(loop -> loop.pass(time));
    }

    public void runHandlers() {
        while (!handlers.isEmpty()) {
            handlers.remove(0).run();
        }
    }

    /** What has arrived and is held. */
    public long in() {
        return core.context().memory().in().heldBytes();
    }

    /** What clients have not taken. */
    long out() {
        return core.context().memory().out().heldBytes();
    }
}
