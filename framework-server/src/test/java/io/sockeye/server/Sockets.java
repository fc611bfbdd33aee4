package io.sockeye.server;

import io.sockeye.bytes.Bytes;
import io.sockeye.server.http.HttpRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Sockets that have an id and a namespace but no connection: enough to stand in rooms. */
final class Sockets {
    static final ServerCore CORE =
            new ServerCore(SocketServer.builder().settings, HandlerExecutor.of(Runnable::run, null));
    static final ServerContext CONTEXT = CORE.context();
    private static final LocalNamespace NAMESPACE = new LocalNamespace("/", CORE, null);

    private Sockets() {}

    @SuppressWarnings("NullAway") // Nothing that these tests call touches the connection or its shard.
    static LocalSocket unconnected(String id) {
        var request = new HttpRequest("GET", "/socket.io/", List.of(), "127.0.0.1", false, Bytes.EMPTY);
        var handshake = new Handshake(request, CONTEXT.json().value(Map.of()), Instant.EPOCH);
        return new LocalSocket(session(id), null, new ConnectContext("/", handshake), null);
    }

    @SuppressWarnings("NullAway") // As above.
    static SocketSession session(String id) {
        var mailboxes = new HandlerMailboxes(CONTEXT, NAMESPACE, null);
        return new SocketSession(id, NAMESPACE, new ConcurrentHashMap<>(), mailboxes, null);
    }
}
