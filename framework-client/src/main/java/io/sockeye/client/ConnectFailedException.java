package io.sockeye.client;

import io.sockeye.json.JsonValue;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A socket could not be connected: what {@link Socket#connect} fails with and what {@link Socket#onConnectError} tells.
 * Whether the client tries again by itself is told by {@link Socket#active}.
 *
 * <pre>{@code
 * client.onConnectError(failure -> {
 *     if (failure.reason() == ConnectFailedException.Reason.REFUSED) {
 *         log.warn("refused: {} {}", failure.getMessage(), failure.data());
 *     }
 * });
 * }</pre>
 */
public final class ConnectFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    /** Null unless the server sent some along. */
    private final transient @Nullable JsonValue data;

    /** Made by the client; for tests of code that handles it. */
    public ConnectFailedException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
        this.data = null;
    }

    private ConnectFailedException(String message, @Nullable JsonValue data) {
        super(message);
        this.reason = Reason.REFUSED;
        this.data = data;
    }

    /** What the server has refused, with the data of its middleware; null if it sent none. */
    public static ConnectFailedException refused(String message, @Nullable JsonValue data) {
        return new ConnectFailedException(message, data);
    }

    /** What went wrong. */
    public Reason reason() {
        return reason;
    }

    /** What the server's middleware sent along with its refusal. */
    public Optional<JsonValue> data() {
        return Optional.ofNullable(data);
    }

    /** Why a socket could not be connected. */
    public enum Reason {
        /** Nobody listens at that address, or the way there is blocked. Tried again. */
        UNREACHABLE,
        /** The host's name is not known. Tried again. */
        UNKNOWN_HOST,
        /** The connection cannot be encrypted as it must be, for instance because of the server's certificate. Tried again. */
        TLS,
        /**
         * The proxy cannot be reached, refuses the credentials or does not let the connection through; the message names it.
         * Tried again.
         */
        PROXY,
        /** The server did not answer in time. Tried again; an answer of the namespace is still awaited. */
        TIMEOUT,
        /** The server answered with an unexpected HTTP status; the message tells it. Tried again. */
        HTTP_STATUS,
        /**
         * The server speaks another version of the protocol, such as that of Socket.IO 2. Tried again unless it let the
         * client as far as a namespace: the next time there may be another server.
         */
        PROTOCOL_VERSION,
        /** What the server answered breaks the protocol. Tried again. */
        PROTOCOL,
        /** The connection was lost before the socket was connected. Tried again. */
        CONNECTION_LOST,
        /**
         * The supplier of {@link Socket#auth(java.util.function.Supplier)} failed or returned no object; the cause tells why.
         * Asked again as after other failures, after the delays of {@link Reconnection}.
         */
        AUTH,
        /**
         * The supplier of {@link SocketClientBuilder#headers} failed, did not answer in time or returned what no header can be;
         * the cause tells why. Tried again.
         */
        HEADERS,
        /** The namespace does not exist, or its middleware refuses the socket. Not tried again. */
        REFUSED,
        /** {@link Socket#disconnect} or {@link SocketClient#close} came first. */
        CLOSED
    }
}
