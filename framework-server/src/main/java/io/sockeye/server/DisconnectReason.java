package io.sockeye.server;

import io.sockeye.protocol.CloseReason;

/**
 * Why a socket was disconnected; the texts are those of the reference server.
 *
 * <pre>{@code
 * server.onDisconnect((socket, reason) -> {
 *     if (reason == DisconnectReason.PING_TIMEOUT) {
 *         log.info("{} does not answer any more", socket.id());
 *     }
 * });
 * }</pre>
 */
public enum DisconnectReason {
    /** The client left the namespace. */
    CLIENT_NAMESPACE_DISCONNECT("client namespace disconnect"),
    /** The server disconnected the socket. */
    SERVER_NAMESPACE_DISCONNECT("server namespace disconnect"),
    /** The connection failed. */
    TRANSPORT_ERROR(CloseReason.TRANSPORT_ERROR.text()),
    /** The connection ended, for example because the page was closed. */
    TRANSPORT_CLOSE(CloseReason.TRANSPORT_CLOSE.text()),
    /** The server closed the connection below the socket, also because the client misused a namespace. */
    FORCED_CLOSE(CloseReason.FORCED_CLOSE.text()),
    /** The client did not answer a ping in time. */
    PING_TIMEOUT(CloseReason.PING_TIMEOUT.text()),
    /** The client sent a malformed packet. */
    PARSE_ERROR(CloseReason.PARSE_ERROR.text()),
    /** {@link SocketServer#stop}. */
    SERVER_SHUTTING_DOWN(CloseReason.SERVER_SHUTTING_DOWN.text()),
    /** More waited for the client than {@link SocketServerBuilder#outboxBytes}. Not known to the reference server. */
    OUTBOX_OVERFLOW(CloseReason.OUTBOX_OVERFLOW.text()),
    /**
     * The client sent far more events than {@link SocketServerBuilder#mailboxLimit} while it owed an answer. Not known
     * to the reference server.
     */
    MAILBOX_OVERFLOW(CloseReason.MAILBOX_OVERFLOW.text()),
    /**
     * All clients together held more than {@link SocketServerBuilder#memory} allows, and this one held the most. Events of it that
     * wait for handlers are dropped, and it cannot come back to its session. Not known to the reference server.
     */
    MEMORY(CloseReason.MEMORY.text()),
    /**
     * There were as many sessions as {@link SocketServerBuilder#memory} allows, and this one was ended for a new one:
     * it had been silent for the longest, or its address had the most sessions. It cannot come back to its session. Not
     * known to the reference server.
     */
    TOO_MANY_SESSIONS(CloseReason.TOO_MANY_SESSIONS.text()),
    /**
     * The log of the cluster has lost events before this server read them. The client may have missed events, and gets
     * a new session when it comes back. Not known to the reference server.
     */
    EVENTS_MISSED("events missed");

    private final String text;

    DisconnectReason(String text) {
        this.text = text;
    }

    /** The reason as the reference implementation spells it. */
    public String text() {
        return text;
    }
}
