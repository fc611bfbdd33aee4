package io.sockeye.server.internal.socket;

import io.sockeye.protocol.CloseReason;
import io.sockeye.server.DisconnectReason;

/** Why sockets end, and what follows from that. */
public final class DisconnectReasons {
    private DisconnectReasons() {}

    /** That of the sockets of a session which ends for that reason. */
    public static DisconnectReason of(CloseReason reason) {
        return switch (reason) {
            case TRANSPORT_ERROR -> DisconnectReason.TRANSPORT_ERROR;
            case TRANSPORT_CLOSE -> DisconnectReason.TRANSPORT_CLOSE;
            case FORCED_CLOSE -> DisconnectReason.FORCED_CLOSE;
            case PING_TIMEOUT -> DisconnectReason.PING_TIMEOUT;
            case PARSE_ERROR -> DisconnectReason.PARSE_ERROR;
            case SERVER_SHUTTING_DOWN -> DisconnectReason.SERVER_SHUTTING_DOWN;
            case OUTBOX_OVERFLOW -> DisconnectReason.OUTBOX_OVERFLOW;
            case MAILBOX_OVERFLOW -> DisconnectReason.MAILBOX_OVERFLOW;
            case MEMORY -> DisconnectReason.MEMORY;
            case TOO_MANY_SESSIONS -> DisconnectReason.TOO_MANY_SESSIONS;
        };
    }

    /** Whether the client may come back and go on; the ones of the reference server, and a client of another pace. */
    static boolean isRecoverable(DisconnectReason reason) {
        return switch (reason) {
            case TRANSPORT_ERROR, TRANSPORT_CLOSE, FORCED_CLOSE, PING_TIMEOUT, OUTBOX_OVERFLOW, MAILBOX_OVERFLOW ->
                true;
            case CLIENT_NAMESPACE_DISCONNECT,
                    SERVER_NAMESPACE_DISCONNECT,
                    PARSE_ERROR,
                    SERVER_SHUTTING_DOWN,
                    MEMORY,
                    TOO_MANY_SESSIONS,
                    EVENTS_MISSED -> false;
        };
    }
}
