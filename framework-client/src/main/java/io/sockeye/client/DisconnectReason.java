package io.sockeye.client;

import io.sockeye.engine.CloseReason;

/** Why a socket was disconnected; the texts are the official client's. */
public enum DisconnectReason {
    /** The server has disconnected the socket. It does not come back by itself. */
    IO_SERVER_DISCONNECT("io server disconnect"),
    /** {@link Socket#disconnect} or {@link SocketClient#close}. It does not come back by itself. */
    IO_CLIENT_DISCONNECT("io client disconnect"),
    /** No heartbeat of the server arrived in time. */
    PING_TIMEOUT("ping timeout"),
    /** The server has closed the connection. */
    TRANSPORT_CLOSE("transport close"),
    /** The connection broke. */
    TRANSPORT_ERROR("transport error"),
    /** What the server sent breaks the protocol. */
    PARSE_ERROR("parse error");

    private final String text;

    DisconnectReason(String text) {
        this.text = text;
    }

    /** As the official client spells it. */
    public String text() {
        return text;
    }

    static DisconnectReason of(CloseReason reason) {
        return switch (reason) {
            case TRANSPORT_CLOSE, SERVER_SHUTTING_DOWN -> TRANSPORT_CLOSE;
            case TRANSPORT_ERROR, OUTBOX_OVERFLOW, MAILBOX_OVERFLOW, MEMORY -> TRANSPORT_ERROR;
            case FORCED_CLOSE -> IO_CLIENT_DISCONNECT;
            case PING_TIMEOUT -> PING_TIMEOUT;
            case PARSE_ERROR -> PARSE_ERROR;
        };
    }
}
