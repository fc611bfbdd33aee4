package io.sockeye.server;

/**
 * A {@link SocketHandlers} with middleware and connection handlers. All methods may be called on any thread; what is
 * added has effect for clients that join from now on.
 *
 * <pre>{@code
 * server.of("/admin")
 *         .use(context -> check(context.auth(Token.class)))
 *         .onConnection(socket -> socket.join("admins"));
 * }</pre>
 *
 * @param <S> the type itself
 */
public interface NamespaceHandlers<S extends NamespaceHandlers<S>> extends SocketHandlers<S> {
    /** Checks each client that wants to join, after the checks that were added before. */
    S use(Middleware check);

    /** Checks each client that wants to join without holding a thread meanwhile. */
    S useAsync(AsyncMiddleware check);

    /** Checks each event that arrives before any handler gets it. */
    S useForEvents(EventMiddleware check);

    /**
     * Calls the handler for each new socket, also one that was {@linkplain Socket#recovered() recovered}, before its
     * events. If handlers are delayed, none is called for a socket that has been gone for a second, has sent no event
     * and cannot be recovered: the application never sees it.
     */
    S onConnection(ConnectionHandler handler);

    /**
     * Handles what happens to sockets by the methods of a plain object that are annotated with {@link
     * io.sockeye.server.annotation.OnConnect}, {@link io.sockeye.server.annotation.OnDisconnect} or {@link
     * io.sockeye.server.annotation.OnEvent}. They may be private, and inherited; several for connections are called in
     * the order of their names. They are searched once, by this call, and called without reflection.
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
    S register(Object annotated);
}
