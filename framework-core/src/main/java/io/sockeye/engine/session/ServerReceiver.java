package io.sockeye.engine.session;

import io.sockeye.engine.Transport;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.ProtocolException;
import java.util.List;

/** Handles the packets that arrive over the transports of a server's session. Owned by the session. */
final class ServerReceiver implements Intake.Receiver {
    private static final List<EnginePacket> NOOP = List.of(EnginePacket.NOOP);

    private final ServerSession session;
    private final SessionListener listener;
    private final ServerUpgrade upgrade;
    private final SessionPings pings;

    ServerReceiver(ServerSession session, SessionListener listener, ServerUpgrade upgrade, SessionPings pings) {
        this.session = session;
        this.listener = listener;
        this.upgrade = upgrade;
        this.pings = pings;
    }

    @Override
    public boolean accepts(Transport from) {
        return !session.isClosed() && (from == session.transport() || upgrade.isProbe(from));
    }

    @Override
    public boolean reads() {
        return session.isReading();
    }

    @Override
    public void receive(Transport from, EnginePacket packet, long now) {
        if (upgrade.isProbe(from)) {
            receiveOnProbe(from, packet, now);
        } else if (packet.type() == EnginePacket.Type.CLOSE) {
            session.end(CloseReason.TRANSPORT_CLOSE, NOOP);
        } else if (session.isOpen()) {
            receiveWhileOpen(packet, now);
        }
    }

    private void receiveWhileOpen(EnginePacket packet, long now) {
        switch (packet.type()) {
            case MESSAGE -> listener.onMessage(packet);
            case PING, PONG -> receiveHeartbeat(packet.type(), now);
            case OPEN, CLOSE, UPGRADE, NOOP -> {
                // The reference server ignores them.
            }
        }
    }

    private void receiveHeartbeat(EnginePacket.Type type, long now) {
        var answer = pings.receive(type, session.isReading(), now);
        listener.onDeadline(session.deadlineMillis());
        if (answer != null) {
            session.send(answer);
        }
    }

    private void receiveOnProbe(Transport from, EnginePacket packet, long now) {
        if (packet.type() == EnginePacket.Type.UPGRADE) {
            upgrade.complete(from, session.isReading());
            listener.onUpgrade(from);
            session.transportReady(from);
        } else if (upgrade.answer(packet, now)) {
            listener.onDeadline(session.deadlineMillis());
        } else {
            upgrade.abandon();
        }
    }

    @Override
    public void reject(Transport from, ProtocolException fault) {
        listener.onProtocolError(fault);
        if (upgrade.isProbe(from)) {
            upgrade.abandon();
        } else {
            from.refuse();
            session.end(fault.reason(), ServerSession.CLOSE);
        }
    }
}
