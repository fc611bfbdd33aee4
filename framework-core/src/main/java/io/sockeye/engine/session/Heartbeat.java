package io.sockeye.engine.session;

import io.sockeye.engine.EngineSettings;
import io.sockeye.engine.Framing;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.ProtocolException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The server's part in the heartbeat of one session; which side asks depends on the revision. Owned by its session. */
sealed interface Heartbeat permits ServerPings, ClientPings {
    static Heartbeat of(Framing framing, EngineSettings settings, long now) {
        return framing.revision() == 3 ? new ClientPings(settings, now) : new ServerPings(settings, now);
    }

    /** From when on {@link #due} may be called. */
    long dueMillis();

    /** Whether the client has not answered everything yet. */
    boolean awaitsPong();

    /**
     * A PING or a PONG arrived.
     *
     * @return the answer, or null if there is none
     * @throws ProtocolException if it is not the client's to send it
     */
    @Nullable
    List<EnginePacket> receive(EnginePacket.Type type, long now);

    /** The client's packets were not read and are again: its heartbeat is not late yet. */
    void excuse(long now);

    /**
     * What is sent now that the time has come, perhaps nothing; null if the client is dead.
     *
     * @param reading whether the client's packets are read; what cannot be seen is not late
     */
    @Nullable
    List<EnginePacket> due(long now, boolean reading);

    /**
     * What is sent now to hear of the client before that is due, perhaps nothing; called while no pong is awaited. It has as
     * long for its answer as if it had been asked when that is due.
     *
     * @param reading as in {@link #due}
     */
    List<EnginePacket> early(boolean reading);

    /** What was sent last takes the place of one that had not left yet. */
    void replaced();
}
