package io.sockeye.protocol;

import io.sockeye.engine.Limits;

/**
 * Why an Engine.IO session ended. The texts are the reference server's, so that users find them in its documentation;
 * the ones marked as ours have no counterpart there.
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
    /** More bytes waited for the peer than {@link Limits#outboxBytes()} allows. Ours. */
    OUTBOX_OVERFLOW("outbox overflow"),
    /** The peer went on sending although far too many of its messages waited to be handled. Ours. */
    MAILBOX_OVERFLOW("mailbox overflow"),
    /** All peers together took too much memory, and this one had the most. Ours. */
    MEMORY("memory"),
    /** There were too many peers, and this one made room for another one. Ours. */
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
