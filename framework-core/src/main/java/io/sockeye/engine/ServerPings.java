package io.sockeye.engine;

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

    private boolean awaitingPong;

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
        return awaitingPong;
    }

    @Override
    public @Nullable List<EnginePacket> receive(EnginePacket.Type type, long now) {
        if (type != EnginePacket.Type.PONG) {
            throw new ProtocolException("invalid heartbeat direction", CloseReason.TRANSPORT_ERROR);
        }
        awaitingPong = false;
        dueMillis = now + settings.pingIntervalMillis();
        return null;
    }

    @Override
    public void excuse(long now) {
        if (awaitingPong) {
            dueMillis = now + settings.pingTimeoutMillis();
        }
    }

    @Override
    public @Nullable List<EnginePacket> due(long now) {
        if (awaitingPong) {
            return null;
        }
        awaitingPong = true;
        boolean punctual = now - dueMillis <= TICK_SLACK_MILLIS;
        dueMillis = (punctual ? dueMillis : now) + settings.pingTimeoutMillis();
        return PING;
    }
}
