package io.sockeye.server;

import java.util.concurrent.CompletionStage;

/**
 * Decides whether a client may join a namespace, and may take its time without holding a thread.
 *
 * <pre>{@code
 * server.useAsync(context -> users.find(context.auth(Token.class))
 *         .thenAccept(user -> context.data().put("user", user)));
 * }</pre>
 */
@FunctionalInterface
public interface AsyncMiddleware {
    /**
     * A stage that completes to admit the client; its value is ignored. If it fails with {@link ConnectionRefused} the
     * client is refused; any other failure refuses it too and is reported to the error handler.
     */
    CompletionStage<?> check(ConnectContext context) throws Exception;
}
