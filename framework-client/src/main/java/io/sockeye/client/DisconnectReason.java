package io.sockeye.client;

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
}
