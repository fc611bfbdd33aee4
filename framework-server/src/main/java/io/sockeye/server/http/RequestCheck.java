package io.sockeye.server.http;

/**
 * Decides whether a client may open a session, before there is one. Called on a thread of the handlers' executor for each
 * handshake, not for the further requests of a session; may block.
 *
 * <pre>{@code
 * SocketServer.builder().allowRequest(request -> {
 *     if (banned.contains(request.remoteAddress())) {
 *         throw new RequestRefused("banned");
 *     }
 * })
 * }</pre>
 */
@FunctionalInterface
public interface RequestCheck {
    /** Returns to admit the client. An exception other than {@link RequestRefused} refuses it, too, and is reported. */
    void check(HttpRequest request) throws Exception;
}
