package io.sockeye.hello;

import io.sockeye.client.SocketClient;
import io.sockeye.server.SocketServer;
import java.util.concurrent.CompletableFuture;

/** A server, and a client that talks to it. */
public final class Hello {
    record Line(String text) {}

    record Numbers(int a, int b) {}

    private Hello() {}

    public static void main(String[] args) throws Exception {
        try (SocketServer server = server();
                SocketClient client = client(server.port())) {
            var said = new CompletableFuture<Line>();
            client.on("said", Line.class, said::complete);
            client.connect().get();

            client.emit("say", new Line("hello"));
            System.out.println("Somebody said: " + said.get().text());
            System.out.println("1 + 2 = "
                    + client.request("sum", Integer.class, new Numbers(1, 2)).get());
        }
    }

    private static SocketServer server() {
        SocketServer server = SocketServer.builder().port(0).build(); // any free port
        server.onConnection(socket -> socket.join("lobby"));
        server.on("say", Line.class, (socket, line) -> server.to("lobby").emit("said", line));
        server.onRequest("sum", Numbers.class, (socket, n) -> n.a() + n.b()); // the answer is what is returned
        return server.start();
    }

    private static SocketClient client(int port) {
        return SocketClient.builder("http://localhost:" + port).build();
    }
}
