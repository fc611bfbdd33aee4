package io.sockeye.testbed.client;

import io.sockeye.client.Reconnection;
import io.sockeye.client.SocketClient;
import io.sockeye.client.SocketClientBuilder;
import io.sockeye.server.SocketServer;
import java.time.Duration;

/** Our own server with what the tests of the client ask for. */
final class GoodServer {
    static final Reconnection QUICK = Reconnection.DEFAULT.delay(Duration.ofMillis(5), Duration.ofMillis(20));

    private GoodServer() {}

    static SocketServer start() {
        var server = SocketServer.builder().host("127.0.0.1").port(0).build();
        server.on("echo", (socket, args) -> {
            if (args.ackRequested()) {
                args.ack(args.values().toArray());
            } else {
                socket.emit("echo", args.values().toArray());
            }
        });
        server.start();
        return server;
    }

    static SocketClientBuilder client(ScriptedServer server, Way way) {
        return way.set(SocketClient.builder(server.url())).reconnection(QUICK);
    }
}
