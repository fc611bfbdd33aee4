package io.sockeye.client.internal.connection;

import io.sockeye.client.ConnectFailedException;
import io.sockeye.client.ConnectFailedException.Reason;
import io.sockeye.client.DisconnectReason;
import io.sockeye.client.Disconnection;
import io.sockeye.client.internal.transport.TransportFailure;
import io.sockeye.protocol.CloseReason;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Translates failures of transports and sessions to exceptions and reasons of the API. */
public final class Failures {
    private Failures() {}

    /** The same as {@link #toConnect(CloseReason, TransportFailure)}; the message names the server. */
    static ConnectFailedException toConnect(URI server, CloseReason reason, @Nullable TransportFailure failure) {
        var known = toConnect(reason, failure);
        var message = "cannot connect to %s: %s".formatted(server, known.getMessage());
        return new ConnectFailedException(known.reason(), message, known.getCause());
    }

    /** @param failure what is known beyond the reason; null for nothing */
    static ConnectFailedException toConnect(CloseReason reason, @Nullable TransportFailure failure) {
        if (failure != null) {
            return new ConnectFailedException(reason(failure.kind()), failure.message(), failure.cause());
        }
        return switch (reason) {
            case TRANSPORT_ERROR, PING_TIMEOUT ->
                new ConnectFailedException(Reason.TIMEOUT, "the server did not answer in time", null);
            case TRANSPORT_CLOSE, SERVER_SHUTTING_DOWN, OUTBOX_OVERFLOW, MAILBOX_OVERFLOW, MEMORY, TOO_MANY_SESSIONS ->
                new ConnectFailedException(Reason.CONNECTION_LOST, "the server closed the connection", null);
            case PARSE_ERROR -> new ConnectFailedException(Reason.PROTOCOL, "what the server sent is no packet", null);
            case FORCED_CLOSE -> closed();
        };
    }

    private static Reason reason(TransportFailure.Kind kind) {
        return switch (kind) {
            case UNREACHABLE -> Reason.UNREACHABLE;
            case UNKNOWN_HOST -> Reason.UNKNOWN_HOST;
            case TLS -> Reason.TLS;
            case PROXY -> Reason.PROXY;
            case TIMEOUT -> Reason.TIMEOUT;
            case HEADERS -> Reason.HEADERS;
            case HTTP_STATUS -> Reason.HTTP_STATUS;
            case PROTOCOL_VERSION -> Reason.PROTOCOL_VERSION;
            case PROTOCOL -> Reason.PROTOCOL;
            case CONNECTION_LOST -> Reason.CONNECTION_LOST;
        };
    }

    /** Why a socket is disconnected, when its connection was closed for this reason. */
    static DisconnectReason disconnectReason(CloseReason reason) {
        return switch (reason) {
            case TRANSPORT_CLOSE, SERVER_SHUTTING_DOWN -> DisconnectReason.TRANSPORT_CLOSE;
            case TRANSPORT_ERROR, OUTBOX_OVERFLOW, MAILBOX_OVERFLOW, MEMORY, TOO_MANY_SESSIONS ->
                DisconnectReason.TRANSPORT_ERROR;
            case FORCED_CLOSE -> DisconnectReason.IO_CLIENT_DISCONNECT;
            case PING_TIMEOUT -> DisconnectReason.PING_TIMEOUT;
            case PARSE_ERROR -> DisconnectReason.PARSE_ERROR;
        };
    }

    /** For futures that wait for a connection, after it has ended and no attempt follows. */
    public static ConnectFailedException lost(Disconnection end) {
        if (end.reason() == DisconnectReason.IO_CLIENT_DISCONNECT) {
            return closed();
        }
        return new ConnectFailedException(Reason.CONNECTION_LOST, end.toString(), null);
    }

    public static ConnectFailedException clientClosed() {
        return new ConnectFailedException(Reason.CLOSED, "the client is closed", null);
    }

    public static ConnectFailedException closed() {
        return new ConnectFailedException(Reason.CLOSED, "disconnected before the connection stood", null);
    }
}
