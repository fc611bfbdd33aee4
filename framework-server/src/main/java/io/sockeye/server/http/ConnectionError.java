package io.sockeye.server.http;

/**
 * A request of the protocol that was refused before a connection or a session took it: what the reference server tells as
 * {@code connection_error}.
 *
 * <pre>{@code
 * SocketServer.builder()
 *         .onConnectionError(error -> log.info("{} from {}: {}", error.code(), error.request().remoteAddress(), error.message()));
 * }</pre>
 *
 * @param request what was asked, without a body
 * @param code Engine.IO's: 0 for an unknown transport, 1 for an unknown session, 2 for a handshake by another method than
 *     GET, 3 for a request that is wrong otherwise, 4 for one that {@code allowRequest} or {@code cors} refuses, 5 for a
 *     revision of the protocol that is not spoken
 * @param message as the client reads it
 */
public record ConnectionError(HttpRequest request, int code, String message) {}
