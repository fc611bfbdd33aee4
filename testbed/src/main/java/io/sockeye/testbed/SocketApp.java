package io.sockeye.testbed;

import io.sockeye.event.Args;
import io.sockeye.server.Namespace;
import io.sockeye.server.SocketServer;
import io.sockeye.server.http.Cors;
import java.time.Duration;
import java.util.List;

/** The server of the Socket.IO suite. */
final class SocketApp {
    private SocketApp() {}

    static void start(Options options) {
        var server = options.apply(SocketServer.builder(), 1)
                .pingInterval(Duration.ofMillis(300))
                .pingTimeout(Duration.ofMillis(200))
                .connectTimeout(Duration.ofMillis(1000))
                .cors(Cors.any())
                .build();
        for (var name : List.of("/", "/custom")) {
            addHandlers(server.of(name));
        }
        server.start();
        Testbed.ready("socket", server.port());
    }

    private static void addHandlers(Namespace namespace) {
        namespace.onConnection(socket -> socket.emit("auth", socket.handshake().auth()));
        namespace.on("message", (socket, args) -> socket.emit("message-back", Values.of(args)));
        namespace.on("message-with-ack", (socket, args) -> args.ack(Values.of(args)));
        namespace.on(
                "emit-with-ack",
                (socket, args) -> socket.request("emit-with-ack", Args.class, Values.of(args))
                        .thenAccept(answer -> socket.emit("emit-with-ack", Values.of(answer))));
    }
}
