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
    /** Whether the session is neither closing nor closed. */
    private final BooleanSupplier isOpen;
    /** Whether {@link #confirm} was called and its ping was not sent yet. */
    private boolean confirming;
    /** Whether all packets were written to a transport that is polled, so that the next poll confirms their arrival. */
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

    /** The client's packets are read again: extends its deadline. */
    void extend(long now) {
        heartbeat.extend(now);
    }

    /**
     * A PING or a PONG arrived.
     *
     * @param reading whether the client's packets are read
     * @return the answer, or null if there is none
     * @throws ProtocolException if the client may not send this type
     */
    @Nullable
    List<EnginePacket> receive(EnginePacket.Type type, boolean reading, long now) {
        boolean awaited = heartbeat.awaitsPong();
        var answer = heartbeat.receive(type, now);
        if (awaited && !heartbeat.awaitsPong()) {
            listener.onPong();
            pingIfWanted(reading);
        }
        return answer;
    }

    /** See {@link ServerSession#confirm}. */
    void confirm(boolean reading) {
        confirming = true;
        pingIfWanted(reading);
    }

    /**
     * Pings if a confirmation is wanted. A client that polls confirms by its next poll; a pong would be one more
     * request, perhaps amid an upgrade.
     */
    void pingIfWanted(boolean reading) {
        if (!confirming || !isOpen.getAsBoolean() || heartbeat.awaitsPong()) {
            return;
        }
        if (!outbox.transport().collects()) {
            var ping = heartbeat.pingEarly(reading);
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
        if (outbox.withdraw(ping)) { // One queued ping is enough.
            heartbeat.replaced();
        }
        boolean last = outbox.isEmpty();
        // Ahead of the queue: a client that takes it slowly is not dead.
        outbox.addFirst(ping);
        outbox.drain();
        if (last) {
            confirming = false;
            listener.onPing();
        }
    }
}
