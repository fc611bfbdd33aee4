package io.sockeye.engine.session;

import io.sockeye.engine.EngineSettings;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.ProtocolException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The heartbeat of revision 4: the server asks after each interval, the client answers in time. */
final class ServerPings implements Heartbeat {
    /** A tick may come so late without giving the client more time; later, the client is not to blame. */
    private static final long TICK_SLACK_MILLIS = 50;

    private static final List<EnginePacket> PING = List.of(EnginePacket.PING);

    private final EngineSettings settings;
    /** When the next ping is due, or the pong while one is awaited. */
    private long dueMillis;

    /** How many pings have not been answered; more than one only while nothing is read. */
    private int pongsDue;

    ServerPings(EngineSettings settings, long now) {
        this.settings = settings;
        this.dueMillis = now + settings.pingIntervalMillis();
    }

    @Override
    public long dueMillis() {
        return dueMillis;
    }

    @Override
    public boolean awaitsPong() {
        return pongsDue > 0;
    }

    @Override
    public @Nullable List<EnginePacket> receive(EnginePacket.Type type, long now) {
        if (type != EnginePacket.Type.PONG) {
            throw new ProtocolException("invalid heartbeat direction", CloseReason.TRANSPORT_ERROR);
        }
        pongsDue = Math.max(0, pongsDue - 1);
        dueMillis = now + (pongsDue == 0 ? settings.pingIntervalMillis() : settings.pingTimeoutMillis());
        return null;
    }

    @Override
    public void excuse(long now) {
        if (pongsDue > 0) {
            dueMillis = now + settings.pingTimeoutMillis();
        }
    }

    /** Pings also again while no pong can be seen: a client that hears none gives the connection up. */
    @Override
    public @Nullable List<EnginePacket> due(long now, boolean reading) {
        if (pongsDue > 0 && reading) {
            return null;
        }
        pongsDue++;
        boolean punctual = now - dueMillis <= TICK_SLACK_MILLIS;
        long wait = reading ? settings.pingTimeoutMillis() : settings.pingIntervalMillis();
        dueMillis = (punctual ? dueMillis : now) + wait;
        return PING;
    }

    @Override
    public List<EnginePacket> early(boolean reading) {
        pongsDue++;
        if (reading) {
            dueMillis += settings.pingTimeoutMillis();
        } // Else the next ping has its time, since this pong cannot be seen.
        return PING;
    }

    @Override
    public void replaced() {
        pongsDue--;
    }
}
