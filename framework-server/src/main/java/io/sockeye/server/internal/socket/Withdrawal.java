package io.sockeye.server.internal.socket;

import io.sockeye.ack.PendingAck;
import io.sockeye.engine.session.ServerSession;
import io.sockeye.json.JsonArray;
import io.sockeye.protocol.EnginePacket;
import java.util.List;

/** Takes an event back when nobody waits for its acknowledgement any more. */
record Withdrawal(ServerSession session, List<EnginePacket> packets, PendingAck pending) implements PendingAck {
    @Override
    public void answered(JsonArray arguments) {
        pending.answered(arguments);
    }

    @Override
    public void timedOut() {
        session.withdraw(packets);
        pending.timedOut();
    }

    @Override
    public void disconnected() {
        pending.disconnected();
    }
}
