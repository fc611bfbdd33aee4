package io.sockeye.engine.session;

import io.sockeye.engine.EngineSettings;
import io.sockeye.engine.Framing;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.ProtocolException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server's part in the heartbeat of one session; which side pings depends on the revision. Owned by its session.
 */
sealed interface Heartbeat permits ServerPings, ClientPings {
    static Heartbeat of(Framing framing, EngineSettings settings, long now) {
        return framing.revision() == 3 ? new ClientPings(settings, now) : new ServerPings(settings, now);
    }

    /** The time from which on {@link #due} may be called. */
    long dueMillis();

    /** Whether a ping is not answered yet. */
    boolean awaitsPong();

    /**
     * A PING or a PONG arrived.
     *
     * @return the answer, or null if there is none
     * @throws ProtocolException if the client may not send this type
     */
    @Nullable
    List<EnginePacket> receive(EnginePacket.Type type, long now);

    /**
     * The client's packets are read again after they were not: extends its deadline, since its heartbeat may be among
     * them.
     */
    void extend(long now);

    /**
     * The packets to send now that the time has come, perhaps none; null if the client is dead.
     *
     * @param reading whether the client's packets are read; otherwise the client is never considered dead
     */
    @Nullable
    List<EnginePacket> due(long now, boolean reading);

    /**
     * The packets to send now to get a pong before the next ping is due, perhaps none; called while no pong is awaited.
     * The client has until the same moment to answer as if the ping were sent when it is due.
     *
     * @param reading as in {@link #due}
     */
    List<EnginePacket> pingEarly(boolean reading);

    /** The ping that was returned last replaces one that was queued and not sent. */
    void replaced();
}
