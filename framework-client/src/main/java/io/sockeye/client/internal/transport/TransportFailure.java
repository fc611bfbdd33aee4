package io.sockeye.client.internal.transport;

import org.jspecify.annotations.Nullable;

/**
 * Why a transport came to its end, as far as this side can tell.
 *
 * @param message in words, for the user
 * @param cause what the HTTP client said; null if it is no fault of its own
 */
public record TransportFailure(
        Kind kind, String message, @Nullable Throwable cause) {
    /** What went wrong. */
    public enum Kind {
        /** Nobody listens there, or the way is blocked. */
        UNREACHABLE,
        UNKNOWN_HOST,
        TLS,
        PROXY,
        TIMEOUT,
        /** The user's supplier of headers failed. */
        HEADERS,
        /** The answer's status is not the expected one. */
        HTTP_STATUS,
        /** The server speaks another version of the protocol. */
        PROTOCOL_VERSION,
        /** What arrived is not what the protocol allows. */
        PROTOCOL,
        /** The connection was closed or broke. */
        CONNECTION_LOST
    }
}
