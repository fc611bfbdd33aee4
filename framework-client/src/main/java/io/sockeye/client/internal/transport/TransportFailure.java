package io.sockeye.client.internal.transport;

import org.jspecify.annotations.Nullable;

/**
 * Why a transport has ended, as far as the client knows.
 *
 * @param message for the user
 * @param cause the HTTP client's exception; null if it threw none
 */
public record TransportFailure(
        Kind kind, String message, @Nullable Throwable cause) {
    /** What went wrong. */
    public enum Kind {
        /** The server does not listen at that address, or the network blocks it. */
        UNREACHABLE,
        UNKNOWN_HOST,
        TLS,
        PROXY,
        TIMEOUT,
        /** The user's supplier of headers failed. */
        HEADERS,
        /** The server answered with an unexpected status. */
        HTTP_STATUS,
        /** The server speaks another version of the protocol. */
        PROTOCOL_VERSION,
        /** The server broke the protocol. */
        PROTOCOL,
        /** The connection was closed or broke. */
        CONNECTION_LOST
    }
}
