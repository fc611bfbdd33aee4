package io.sockeye.server.http;

/**
 * A request of the protocol that was refused before it reached a connection or a session: the {@code connection_error}
 * of the reference server.
 *
 * <pre>{@code
 * SocketServer.builder()
 *         .onConnectionError(error -> log.info("{} from {}: {}", error.code(), error.request().remoteAddress(), error.message()));
 * }</pre>
 *
 * @param request the refused request, without its body
 * @param code Engine.IO's: 0 for an unknown transport, 1 for an unknown session, 2 for a handshake by another method than
 *     GET, 3 for any other bad request, 4 for one that {@code allowRequest} or {@code cors} refuses, 5 for a revision
 *     of the protocol that is not supported
 * @param message the one that the client gets
 */
public record ConnectionError(HttpRequest request, int code, String message) {}
