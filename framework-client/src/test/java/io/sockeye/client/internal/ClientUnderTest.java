package io.sockeye.client.internal;

import io.sockeye.client.Reconnection;
import io.sockeye.client.SocketClient;
import io.sockeye.client.SocketClientBuilder;
import io.sockeye.client.internal.threads.ManualLoop;
import io.sockeye.client.internal.transport.FakeTransport;
import io.sockeye.client.internal.transport.FakeTransports;
import io.sockeye.event.Args;
import io.sockeye.protocol.TransportKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A client without threads and sockets; handlers are called at once. The test plays the server, and tells the time. */
public final class ClientUnderTest {
    public static final String OPEN =
            "0{\"sid\":\"engine\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}";

    public final ManualLoop loop = new ManualLoop();
    public final FakeTransports transports = new FakeTransports();
    public final SocketClient client;
    /** What the client's handlers were told. */
    final List<String> heard = new ArrayList<>();

    public ClientUnderTest() {
        this(builder -> builder);
    }

    public ClientUnderTest(UnaryOperator<SocketClientBuilder> settings) {
        var builder = SocketClient.builder("http://localhost")
                .transports(TransportKind.WEBSOCKET)
                .handlerExecutor(Runnable::run)
                .reconnection(Reconnection.DEFAULT.randomization(0));
        client = ((ClientBuilder) settings.apply(builder)).build(loop, transports);
        client.onConnect(() -> heard.add("connect"));
        client.onDisconnect(end -> heard.add("disconnect " + end));
        client.onConnectError(failure -> heard.add("connect_error " + failure.reason() + " " + failure.getMessage()));
        client.onAny((event, args) -> heard.add(event + texts(args)));
    }

    static List<String> texts(Args args) {
        return args.values().stream().map(value -> value.raw().utf8()).toList();
    }

    public FakeTransport wire() {
        return transports.last();
    }

    /** Connects, and answers as a server does. */
    public ClientUnderTest connect() {
        client.connect();
        loop.run();
        return answer("40{\"sid\":\"me\"}");
    }

    /** The server opens the session and says this. */
    ClientUnderTest answer(String connect) {
        receive(OPEN, connect);
        wire().take();
        return this;
    }

    public ClientUnderTest receive(String... frames) {
        for (var frame : frames) {
            wire().receive(frame);
        }
        loop.run();
        return this;
    }

    /** What the client has sent since the last call. */
    public List<String> sent() {
        loop.run();
        return wire().take();
    }

    public List<String> heard() {
        loop.run();
        var taken = List.copyOf(heard);
        heard.clear();
        return taken;
    }
}
