package io.sockeye.engine.session;

import io.sockeye.engine.EngineSettings;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.ProtocolException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The heartbeat of revision 3: the client pings after each interval, the server answers. A client that sends no ping
 * for pingInterval and pingTimeout together is dead, whatever else it sends.
 */
final class ClientPings implements Heartbeat {
    private static final List<EnginePacket> PONG = List.of(EnginePacket.PONG);

    private final EngineSettings settings;
    private final long maxSilenceMillis;
    private long dueMillis;

    ClientPings(EngineSettings settings, long now) {
        this.settings = settings;
        this.maxSilenceMillis = settings.pingIntervalMillis() + settings.pingTimeoutMillis();
        this.dueMillis = now + maxSilenceMillis;
    }

    @Override
    public long dueMillis() {
        return dueMillis;
    }

    @Override
    public boolean awaitsPong() {
        return false;
    }

    @Override
    public List<EnginePacket> receive(EnginePacket.Type type, long now) {
        if (type != EnginePacket.Type.PING) {
            throw new ProtocolException("invalid heartbeat direction", CloseReason.TRANSPORT_ERROR);
        }
        dueMillis = now + maxSilenceMillis;
        return PONG;
    }

    @Override
    public void extend(long now) {
        dueMillis = Math.max(dueMillis, now + settings.pingTimeoutMillis());
    }

    @Override
    public @Nullable List<EnginePacket> due(long now, boolean reading) {
        if (reading) {
            return null;
        }
        extend(now);
        return List.of();
    }

    @Override
    public List<EnginePacket> pingEarly(boolean reading) {
        return List.of();
    }

    @Override
    public void replaced() {
        throw new IllegalStateException("the client pings");
    }
}
