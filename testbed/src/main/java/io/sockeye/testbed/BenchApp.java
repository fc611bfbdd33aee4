package io.sockeye.testbed;

import io.sockeye.server.SocketServer;

/** What the load generator talks to. */
final class BenchApp {
    private BenchApp() {}

    static void start(Options options) {
        var builder = options.apply(SocketServer.builder(), Runtime.getRuntime().availableProcessors());
        var server = builder.serveClient(false).build();
        server.onRequest("echo", String.class, (socket, payload) -> payload);
        server.on("join", (socket, args) -> {
            socket.join(args.get(0, String.class));
            args.ack();
        });
        server.on(
                "say", (socket, args) -> server.to(args.get(0, String.class)).emit("said", args.get(1, String.class)));
        server.start();
        Testbed.ready("bench", server.port());
    }
}
