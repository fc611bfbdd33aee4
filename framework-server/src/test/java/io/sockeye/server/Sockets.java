package io.sockeye.server;

import io.sockeye.bytes.Bytes;
import io.sockeye.server.http.HttpRequest;
import io.sockeye.server.internal.connection.ServerCore;
import io.sockeye.server.internal.context.ServerContext;
import io.sockeye.server.internal.namespace.LocalNamespace;
import io.sockeye.server.internal.server.ServerBuilder;
import io.sockeye.server.internal.socket.HandlerMailboxes;
import io.sockeye.server.internal.socket.LocalSocket;
import io.sockeye.server.internal.socket.SocketSession;
import io.sockeye.server.internal.threads.HandlerExecutor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Sockets that have an id and a namespace but no connection: enough to stand in rooms. */
public final class Sockets {
    public static final ServerCore CORE =
            new ServerCore(new ServerBuilder().settings, HandlerExecutor.of(Runnable::run, null));
    public static final ServerContext CONTEXT = CORE.context();
    private static final LocalNamespace NAMESPACE = new LocalNamespace("/", CORE.namespaces(), null);

    private Sockets() {}

    @SuppressWarnings("NullAway") // Nothing that these tests call touches the connection or its shard.
    public static LocalSocket unconnected(String id) {
        var request = new HttpRequest("GET", "/socket.io/", List.of(), "127.0.0.1", false, Bytes.EMPTY);
        var handshake = new Handshake(request, CONTEXT.json().value(Map.of()), Instant.EPOCH);
        return new LocalSocket(session(id), null, handshake, null);
    }

    @SuppressWarnings("NullAway") // As above.
    public static SocketSession session(String id) {
        var mailboxes = new HandlerMailboxes(CONTEXT, NAMESPACE, null);
        return new SocketSession(id, NAMESPACE, new ConcurrentHashMap<>(), mailboxes, null);
    }
}
