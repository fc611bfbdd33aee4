package io.sockeye.server;

/**
 * A {@link SocketHandlers} that decides who may join and is told of those who did. All methods may be called on any
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
public interface NamespaceHandlers<S extends NamespaceHandlers<S>> extends SocketHandlers<S> {
    /** Has each client that wants to join checked, after the checks that were added before. */
    S use(Middleware check);

    /** Has each client that wants to join checked, which may take its time without holding a thread. */
    S useAsync(AsyncMiddleware check);

    /** Has each event that arrives checked before any handler sees it. */
    S useForEvents(EventMiddleware check);

    /**
     * Calls the handler for each new socket, also one that was {@linkplain Socket#recovered() recovered}, before its
     * events. Where handlers are held up, a socket that has been gone for a second, has sent no event and cannot be recovered is left out, by all other
     * handlers, too: the application never hears of it.
     */
    S onConnection(ConnectionHandler handler);

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
    S register(Object annotated);
}
