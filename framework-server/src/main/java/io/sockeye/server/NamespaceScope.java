package io.sockeye.server;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * A {@link HandlerScope} that decides who may join and is told of those who did. All methods may be called on any
 * thread; what is added counts for clients that join from now on.
 *
 * <pre>{@code
 * server.of("/admin")
 *         .use(context -> check(context.auth(Token.class)))
 *         .onConnection(socket -> socket.join("admins"));
 * }</pre>
 *
 * @param <S> the type itself
 */
public abstract sealed class NamespaceScope<S extends NamespaceScope<S>> extends HandlerScope<S>
        permits SocketServer, Namespace, DynamicNamespace {
    NamespaceScope() {}

    /** The checks of those who want to join, in order. */
    abstract List<AsyncMiddleware> middleware();

    /** Has each client that wants to join checked, after the checks that were added before. */
    public S use(Middleware check) {
        Objects.requireNonNull(check);
        return useAsync(context -> {
            check.check(context);
            return CompletableFuture.completedFuture(null);
        });
    }

    /** Has each client that wants to join checked, which may take its time without holding a thread. */
    public S useAsync(AsyncMiddleware check) {
        middleware().add(Objects.requireNonNull(check));
        return self();
    }

    /** Has each event that arrives checked before any handler sees it. */
    public S useForEvents(EventMiddleware check) {
        handlers().middleware().add(Objects.requireNonNull(check));
        return self();
    }

    /**
     * Calls the handler for each new socket, also one that was {@linkplain Socket#recovered() recovered}, before its
     * events. Where handlers are held up, a socket that has been gone for a second, has sent no event and cannot be recovered is left out, by all other
     * handlers, too: the application never hears of it.
     */
    public S onConnection(ConnectionHandler handler) {
        handlers().connection().add(Objects.requireNonNull(handler));
        return self();
    }

    /**
     * Handles what happens to sockets by the methods of a plain object that are annotated with {@link
     * io.sockeye.server.annotation.OnConnect}, {@link io.sockeye.server.annotation.OnDisconnect} or {@link
     * io.sockeye.server.annotation.OnEvent}. They may be private, and inherited; several for connections are called in
     * the order of their names. They are looked for now, once, and called without reflection.
     *
     * <pre>{@code
     * final class Lobby {
     *     @OnConnect
     *     void arrived(Socket socket) {
     *         socket.join("lobby");
     *     }
     *
     *     @OnEvent("sum")
     *     int sum(int a, int b) {
     *         return a + b; // the acknowledgement
     *     }
     * }
     * server.register(new Lobby());
     * }</pre>
     *
     * @throws IllegalArgumentException naming the method that cannot be a handler, such as one with a parameter that no
     *     JSON can be read as or for an event that another method handles, or if there is none; then nothing is registered
     */
    public S register(Object annotated) {
        AnnotatedHandlers.of(annotated, json()).applyTo(this);
        return self();
    }
}
