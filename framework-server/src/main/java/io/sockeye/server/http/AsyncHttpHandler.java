package io.sockeye.server.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * An {@link HttpHandler} that answers later. Called on a thread of the handlers' executor. There is no timeout: a
 * client waits until the stage completes, or closes its connection.
 *
 * <pre>{@code
 * SocketServer.builder().httpAsync(request -> database.find(request.path()).thenApply(row -> HttpResponse.json(200, row)))
 * }</pre>
 */
@FunctionalInterface
public interface AsyncHttpHandler {
    /** An exception, or a stage that fails, is reported to the error handler and answered with 500. */
    CompletionStage<HttpResponse> handle(HttpRequest request) throws Exception;

    /** The same as a handler that answers at once. */
    static AsyncHttpHandler of(HttpHandler handler) {
        return request -> CompletableFuture.completedFuture(handler.handle(request));
    }
}
