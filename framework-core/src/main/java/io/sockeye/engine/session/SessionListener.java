package io.sockeye.engine.session;

import io.sockeye.engine.Transport;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.ProtocolException;

/** What a session tells its owner, on the owner's thread. An owner that has no use of something need not listen to it. */
@FunctionalInterface
public interface SessionListener {
    /**
     * A message arrived.
     *
     * @throws ProtocolException if its content breaks the protocol above; ends the session
     */
    void onMessage(EnginePacket message);

    /** The session goes on over another transport. */
    default void onUpgrade(Transport transport) {}

    /** A ping was sent, and nothing waits that was sent before it: its pong, or the next poll, will say that all of it has arrived. */
    default void onPing() {}

    /** What was sent before the last {@link #onPing} has arrived. */
    default void onPong() {}

    /** Something waits for the peer, and all peers together have taken so little that there is no memory for it. */
    default void onBudgetFull() {}

    /** The session's {@code tick} has something to do earlier than it seemed. */
    default void onDeadline(long deadlineMillis) {}

    /** The peer broke the protocol; the session or its probe ends next. */
    default void onProtocolError(ProtocolException error) {}

    /** The session has ended; called once, last. */
    default void onClose(CloseReason reason) {}
}
