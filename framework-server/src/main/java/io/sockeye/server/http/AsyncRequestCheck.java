package io.sockeye.server.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A {@link RequestCheck} that decides later. Called on a thread of the handlers' executor. There is no timeout: a
 * client waits until the stage completes, or closes its connection.
 *
 * <pre>{@code
 * SocketServer.builder().allowRequestAsync(request -> sessions.verify(request.header("authorization").orElse(""))
 *         .thenAccept(valid -> {
 *             if (!valid) {
 *                 throw new RequestRefused("who are you?");
 *             }
 *         }))
 * }</pre>
 */
@FunctionalInterface
public interface AsyncRequestCheck {
    /**
     * Completes to admit the client; its value is ignored. A stage that fails with {@link RequestRefused} refuses it;
     * any other failure refuses it, too, and is reported.
     */
    CompletionStage<?> check(HttpRequest request) throws Exception;

    /** The same as a check that decides at once. */
    static AsyncRequestCheck of(RequestCheck check) {
        return request -> {
            check.check(request);
            return CompletableFuture.completedFuture(null);
        };
    }
}
