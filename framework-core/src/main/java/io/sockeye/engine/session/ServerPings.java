package io.sockeye.engine.session;

import io.sockeye.engine.EngineSettings;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.ProtocolException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The heartbeat of revision 4: the server pings after each interval, the client answers in time. */
final class ServerPings implements Heartbeat {
    /**
     * A tick that is late by more than this extends the client's deadline, since the delay is not the client's fault.
     */
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
    public void extend(long now) {
        if (pongsDue > 0) {
            dueMillis = now + settings.pingTimeoutMillis();
        }
    }

    /** Pings again while the session does not read pongs, since a client that gets no pings closes the connection. */
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
    public List<EnginePacket> pingEarly(boolean reading) {
        pongsDue++;
        if (reading) {
            dueMillis += settings.pingTimeoutMillis();
        } // Otherwise the next ping stays due when it was, since this pong is not read.
        return PING;
    }

    @Override
    public void replaced() {
        pongsDue--;
    }
}
