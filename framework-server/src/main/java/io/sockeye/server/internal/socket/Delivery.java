package io.sockeye.server.internal.socket;

import io.sockeye.ack.PendingAck;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.internal.context.Outgoing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is sent to one client, and the acknowledgements that it owes. Owned by the loop. */
public final class Delivery {
    private final LocalSocket socket;
    private final HandlerCalls calls;
    /** Null until the first event that asks for an acknowledgement. */
    private @Nullable PendingAcks acks;

    Delivery(LocalSocket socket, HandlerCalls calls) {
        this.socket = socket;
        this.calls = calls;
    }

    /** Sends packets that are no event. */
    void packets(List<EnginePacket> packets) {
        if (socket.connected()) {
            socket.connection().send(packets);
        }
    }

    /** Sends an event, unless it may be dropped and would have to wait. */
    void event(Outgoing outgoing) {
        boolean fits = !outgoing.droppable() || socket.connection().session().writable();
        if (socket.connected() && fits) {
            calls.outgoing(outgoing);
            socket.connection().send(outgoing.packets());
        }
    }

    /** Sends an event that waits for an acknowledgement. */
    public void request(Outgoing outgoing, long deadlineMillis, PendingAck pending) {
        if (!socket.connected()) {
            pending.disconnected();
            return;
        }
        var connection = socket.connection();
        if (acks == null) {
            acks = new PendingAcks(
                    connection.loop().deadlines(),
                    connection.attention()::awaitsAnswerChanged,
                    socket.memory()::owesAnswers);
        }
        boolean timed = deadlineMillis != Long.MAX_VALUE;
        var waiting = timed ? new Withdrawal(connection.session(), outgoing.packets(), pending) : pending;
        acks.add(outgoing.event().ackId(), deadlineMillis, waiting);
        event(outgoing);
    }

    /** An acknowledgement arrived. */
    public void receive(SocketPacket.Ack ack) {
        if (acks != null) {
            acks.receive(ack);
        }
    }

    /** Whether the client owes an acknowledgement. */
    public boolean awaitsAnswer() {
        return acks != null && acks.any();
    }

    /** How many acknowledgements the client owes. */
    public int acknowledgements() {
        return acks == null ? 0 : acks.size();
    }

    /** How many events wait for their handlers. */
    public int waitingEvents() {
        return calls.mailboxes().backlog().size();
    }

    /** How many bytes of events wait for catch-all handlers to be told of them. */
    public long overheardBytes() {
        return calls.overheard().bytes();
    }

    /** The client is gone: no acknowledgement comes any more. */
    void close() {
        if (acks != null) {
            acks.close();
        }
    }
}
