package io.sockeye.engine.session;

import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.ProtocolException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The pings and pongs of one server's session. Owned by the session. */
final class SessionPings {
    private final Heartbeat heartbeat;
    private final Outbox outbox;
    private final SessionListener listener;
    /** Whether the session neither ended nor is about to. */
    private final BooleanSupplier isOpen;
    /** Whether somebody wants to know soon what has arrived. */
    private boolean confirming;
    /** Whether all of that was handed over to a transport that is polled, so that the next poll says that it has arrived. */
    private boolean pollConfirms;

    SessionPings(Heartbeat heartbeat, Outbox outbox, SessionListener listener, BooleanSupplier isOpen) {
        this.heartbeat = heartbeat;
        this.outbox = outbox;
        this.listener = listener;
        this.isOpen = isOpen;
    }

    /** When {@link #sendDue} has something to do. */
    long dueMillis() {
        return heartbeat.dueMillis();
    }

    /** The client's packets were not read and are again: its heartbeat is not late yet. */
    void excuse(long now) {
        heartbeat.excuse(now);
    }

    /**
     * A PING or a PONG arrived.
     *
     * @param reading whether the client's packets are read
     * @return the answer, or null if there is none
     * @throws ProtocolException if it is not the client's to send it
     */
    @Nullable
    List<EnginePacket> receive(EnginePacket.Type type, boolean reading, long now) {
        boolean awaited = heartbeat.awaitsPong();
        var answer = heartbeat.receive(type, now);
        if (awaited && !heartbeat.awaitsPong()) {
            listener.onPong();
            askIfWanted(reading);
        }
        return answer;
    }

    /** See {@link ServerSession#confirm}. */
    void confirm(boolean reading) {
        confirming = true;
        askIfWanted(reading);
    }

    /** Who polls says by the next poll that the answer has arrived: a pong would be one more request, perhaps amid an upgrade. */
    void askIfWanted(boolean reading) {
        if (!confirming || !isOpen.getAsBoolean() || heartbeat.awaitsPong()) {
            return;
        }
        if (!outbox.transport().collects()) {
            var ping = heartbeat.early(reading);
            if (!ping.isEmpty()) {
                send(ping);
            }
        } else if (outbox.isEmpty() && !pollConfirms) {
            pollConfirms = true;
            listener.onPing();
        }
    }

    /** A poll arrived, or the client has left polling. */
    void polled() {
        if (pollConfirms) {
            pollConfirms = false;
            confirming = false;
            listener.onPong();
        }
    }

    /** Sends what is due; false if the client is dead. */
    boolean sendDue(boolean reading, long now) {
        var ping = heartbeat.due(now, reading);
        if (ping != null && !ping.isEmpty()) {
            send(ping);
        }
        return ping != null;
    }

    private void send(List<EnginePacket> ping) {
        if (outbox.withdraw(ping)) { // One that has not left yet is enough.
            heartbeat.replaced();
        }
        boolean last = outbox.isEmpty();
        // Ahead of what waits: a client that is slow to take it is not dead.
        outbox.addFirst(ping);
        outbox.drain();
        if (last) {
            confirming = false;
            listener.onPing();
        }
    }
}
