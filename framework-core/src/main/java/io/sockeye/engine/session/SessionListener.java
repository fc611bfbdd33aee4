package io.sockeye.engine.session;

import io.sockeye.engine.Transport;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.ProtocolException;

/** Callbacks of a session to its owner, on the owner's thread. */
@FunctionalInterface
public interface SessionListener {
    /**
     * A message arrived.
     *
     * @throws ProtocolException if its content breaks the protocol above; ends the session
     */
    void onMessage(EnginePacket message);

    /** The session has moved to another transport. */
    default void onUpgrade(Transport transport) {}

    /** A ping was sent, and all packets before it, too: its pong, or the next poll, confirms that they have arrived. */
    default void onPing() {}

    /** What was sent before the last {@link #onPing} has arrived. */
    default void onPong() {}

    /** A packet was queued for the peer while the budget for the queues of all peers is used up. */
    default void onBudgetFull() {}

    /** The session's {@code tick} must be called earlier than was announced before. */
    default void onDeadline(long deadlineMillis) {}

    /** The peer broke the protocol; the session or its probe ends next. */
    default void onProtocolError(ProtocolException error) {}

    /** The session has ended; called once, last. */
    default void onClose(CloseReason reason) {}
}
