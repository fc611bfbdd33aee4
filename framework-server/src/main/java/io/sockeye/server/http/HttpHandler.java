package io.sockeye.server.http;

/**
 * Answers the HTTP requests outside the path of Socket.IO. Called on a thread of the handlers' executor; may block.
 *
 * <pre>{@code
 * SocketServer.builder().http(request -> HttpResponse.text(200, "hello"))
 * }</pre>
 */
@FunctionalInterface
public interface HttpHandler {
    /** An exception is reported to the error handler and answered with 500. */
    HttpResponse handle(HttpRequest request) throws Exception;
}
