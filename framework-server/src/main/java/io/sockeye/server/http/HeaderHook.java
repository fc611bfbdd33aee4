package io.sockeye.server.http;

/**
 * Changes the headers of an answer just before it leaves. Called on an event loop: it must not block. If it throws,
 * that is reported and the answer is sent without the change.
 *
 * <pre>{@code
 * SocketServer.builder().headers((headers, request) -> headers.with("X-Frame-Options", "DENY"))
 * }</pre>
 */
@FunctionalInterface
public interface HeaderHook {
    /**
     * The headers to send instead. {@code Content-Length}, {@code Transfer-Encoding} and those that switch a connection
     * to WebSocket are the server's own.
     *
     * @param headers those of the answer so far
     * @param request the one that is answered
     */
    HttpHeaders apply(HttpHeaders headers, HttpRequest request);

    /** This hook, then another one. */
    default HeaderHook then(HeaderHook next) {
        return (headers, request) -> next.apply(apply(headers, request), request);
    }
}
