package io.sockeye.client;

/** Why a socket was disconnected; the texts are the official client's. */
public enum DisconnectReason {
    /** The server has disconnected the socket, which does not connect again by itself. */
    IO_SERVER_DISCONNECT("io server disconnect"),
    /** {@link Socket#disconnect} or {@link SocketClient#close} was called. The socket does not connect again by itself. */
    IO_CLIENT_DISCONNECT("io client disconnect"),
    /** The server's heartbeat was overdue. */
    PING_TIMEOUT("ping timeout"),
    /** The server has closed the connection. */
    TRANSPORT_CLOSE("transport close"),
    /** The connection was lost. */
    TRANSPORT_ERROR("transport error"),
    /** The server broke the protocol. */
    PARSE_ERROR("parse error");

    private final String text;

    DisconnectReason(String text) {
        this.text = text;
    }

    /** The official client's text. */
    public String text() {
        return text;
    }
}
