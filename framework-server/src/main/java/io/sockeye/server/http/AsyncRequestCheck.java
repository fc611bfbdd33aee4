package io.sockeye.server.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A {@link RequestCheck} that decides later. Called on a thread of the handlers' executor. A client waits for as long as
 * the stage takes, or leaves.
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
     * Completes if the client may go on; its value means nothing. A stage that fails with {@link RequestRefused} refuses;
     * one that fails otherwise is reported, and refuses too.
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
