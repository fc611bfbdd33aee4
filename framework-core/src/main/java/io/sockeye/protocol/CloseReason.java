package io.sockeye.protocol;

import io.sockeye.engine.Limits;

/**
 * Why an Engine.IO session ended. The texts are the reference server's, so that users find them in its documentation;
 * reasons marked "Sockeye's own" have no counterpart there.
 */
public enum CloseReason {
    /** The connection broke: an aborted request, overlapping polls or a frame that breaks WebSocket's rules. */
    TRANSPORT_ERROR("transport error"),
    /** The peer closed the connection, or it was reset. */
    TRANSPORT_CLOSE("transport close"),
    /** This side closed the session. */
    FORCED_CLOSE("forced close"),
    /** No heartbeat arrived in time. */
    PING_TIMEOUT("ping timeout"),
    /** The peer sent bytes that are no valid packet. */
    PARSE_ERROR("parse error"),
    /** The server stops. */
    SERVER_SHUTTING_DOWN("server shutting down"),
    /** More bytes waited for the peer than {@link Limits#outboxBytes()} allows. Sockeye's own. */
    OUTBOX_OVERFLOW("outbox overflow"),
    /** Far too many messages of the peer waited to be handled, and it sent more. Sockeye's own. */
    MAILBOX_OVERFLOW("mailbox overflow"),
    /**
     * More memory was held for all peers together than the limit allows, and the most of it for this one. Sockeye's
     * own.
     */
    MEMORY("memory"),
    /** There were too many peers; this one was disconnected for a new one. Sockeye's own. */
    TOO_MANY_SESSIONS("too many sessions");

    private final String text;

    CloseReason(String text) {
        this.text = text;
    }

    /** The reason as the reference implementation spells it. */
    public String text() {
        return text;
    }
}
