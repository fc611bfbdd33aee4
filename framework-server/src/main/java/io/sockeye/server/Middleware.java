package io.sockeye.server;

/**
 * Decides whether a client may join a namespace. Called off the event loop by default, in the order of registration.
 *
 * <pre>{@code
 * server.of("/admin").use(context -> {
 *     if (!"s3cret".equals(context.auth(Token.class).token())) {
 *         throw new ConnectionRefused("not authorized");
 *     }
 * });
 * }</pre>
 */
@FunctionalInterface
public interface Middleware {
    /**
     * Returns to admit the client.
     *
     * @throws ConnectionRefused to refuse it; any other exception refuses it too and is reported to the error handler
     */
    void check(ConnectContext context) throws Exception;
}
