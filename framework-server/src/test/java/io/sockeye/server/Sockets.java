package io.sockeye.server;

import io.sockeye.bytes.Bytes;
import io.sockeye.server.http.HttpRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Sockets that have an id and a namespace but no connection: enough to stand in rooms. */
final class Sockets {
    static final ServerContext CONTEXT = new ServerContext(SocketServer.builder(), HandlerExecutor.of(Runnable::run));
    private static final Namespace NAMESPACE = new Namespace("/", CONTEXT, null);

    private Sockets() {}

    @SuppressWarnings("NullAway") // Nothing that these tests call touches the connection.
    static Socket unconnected(String id) {
        var request = new HttpRequest("GET", "/socket.io/", List.of(), "127.0.0.1", false, Bytes.EMPTY);
        var handshake = new Handshake(request, CONTEXT.json().value(Map.of()), Instant.EPOCH);
        return new Socket(id, NAMESPACE, null, new ConnectContext("/", handshake), null);
    }
}
