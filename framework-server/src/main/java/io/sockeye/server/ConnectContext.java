package io.sockeye.server;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A client that wants to join a namespace, as the {@link Middleware} sees it: there is no socket yet. Any thread.
 *
 * <pre>{@code
 * server.use(context -> {
 *     var user = users.check(context.auth(Token.class));
 *     context.data().put("user", user); // later: socket.data().get("user")
 * });
 * }</pre>
 */
public final class ConnectContext {
    private final String namespace;
    private final Handshake handshake;
    private final ConcurrentMap<String, Object> data = new ConcurrentHashMap<>(4);

    public ConnectContext(String namespace, Handshake handshake) {
        this.namespace = namespace;
        this.handshake = handshake;
    }

    /** The name of the namespace. */
    public String namespace() {
        return namespace;
    }

    /** The request and the auth payload of the client. */
    public Handshake handshake() {
        return handshake;
    }

    /**
     * The auth payload as a record or a map; see {@link Handshake#auth(Class)}.
     *
     * @throws io.sockeye.json.JsonException if it cannot be read as that type; thrown by a middleware, it refuses the
     *     client
     */
    public <T> T auth(Class<T> type) {
        return handshake.auth(type);
    }

    /** The initial {@link Socket#data()} of the socket. */
    public ConcurrentMap<String, Object> data() {
        return data;
    }
}
