package io.sockeye.client;

import io.sockeye.json.JsonValue;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A socket could not be connected: {@link Socket#connect} fails with this, and handlers of {@link Socket#onConnectError} get it.
 * {@link Socket#active} says whether the client will try again by itself.
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
    /** Null unless the server sent some. */
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

    /**
     * A refusal of the server, with {@link Reason#REFUSED}. Made by the client; for tests of code that handles it.
     *
     * @param data of the server's middleware; null for none
     */
    public static ConnectFailedException refused(String message, @Nullable JsonValue data) {
        return new ConnectFailedException(message, data);
    }

    /** Why the socket could not be connected. */
    public Reason reason() {
        return reason;
    }

    /** The data of the server's refusal, from its middleware. */
    public Optional<JsonValue> data() {
        return Optional.ofNullable(data);
    }

    /** Why a socket could not be connected. */
    public enum Reason {
        /** The server does not listen at that address, or the network blocks it. Tried again. */
        UNREACHABLE,
        /** The host's name is not known. Tried again. */
        UNKNOWN_HOST,
        /** TLS failed, for instance because of the server's certificate. Tried again. */
        TLS,
        /**
         * The proxy cannot be reached, rejects the credentials or does not allow the connection; the message names it. Tried
         * again.
         */
        PROXY,
        /** The server did not answer in time. Tried again; a late answer for the namespace is still accepted. */
        TIMEOUT,
        /** The server answered with an unexpected HTTP status; the message contains it. Tried again. */
        HTTP_STATUS,
        /**
         * The server speaks another version of the protocol, such as that of Socket.IO 2. Tried again, since another server
         * may answer then, unless it was found when joining a namespace.
         */
        PROTOCOL_VERSION,
        /** The server broke the protocol. Tried again. */
        PROTOCOL,
        /** The connection was lost before the socket was connected. Tried again. */
        CONNECTION_LOST,
        /**
         * The supplier of {@link Socket#auth(java.util.function.Supplier)} failed or returned no object; see the cause. It is
         * called again after the delays of {@link Reconnection}.
         */
        AUTH,
        /**
         * The supplier of {@link SocketClientBuilder#headers} failed, did not return in time or returned an invalid header;
         * see the cause. Tried again.
         */
        HEADERS,
        /** The namespace does not exist, or its middleware has refused the socket. Not tried again. */
        REFUSED,
        /** {@link Socket#disconnect} or {@link SocketClient#close} was called before. */
        CLOSED
    }
}
