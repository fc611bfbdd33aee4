package io.sockeye.client;

import io.sockeye.json.JsonArray;
import io.sockeye.socket.AckTable;
import io.sockeye.socket.PendingAck;
import io.sockeye.socket.SocketPacket;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The events of one socket on their way to the server, and who waits for an answer. Owned by the loop. */
final class Outgoing {
    private final Loop loop;
    private final Connector connector;
    private final SocketState socket;
    private final SocketCalls calls;
    private final AckTable acks = new AckTable();
    private final Alarm ackAlarm;
    /** What waits for the connection, in order. */
    private final ArrayDeque<Emission> waiting = new ArrayDeque<>();
    /** Null if nothing is sent again. */
    private final @Nullable RetryQueue retries;
    /** Any thread may take one. */
    private final AtomicLong ackIds = new AtomicLong();

    private boolean closed;

    Outgoing(Loop loop, ClientOptions options, Connector connector, SocketState socket, SocketCalls calls) {
        this.loop = loop;
        this.connector = connector;
        this.socket = socket;
        this.calls = calls;
        this.ackAlarm = new Alarm(loop, this::expire);
        this.retries = options.retries() == 0 ? null : new RetryQueue(options, this);
    }

    long nextAckId() {
        return ackIds.getAndIncrement();
    }

    boolean isConnected() {
        return socket.isConnected();
    }

    /** Sends an event that a user emits, at once or as soon as there is a connection. */
    void emit(Emission emission) {
        if (retries != null && !emission.flags().droppable() && !closed) {
            retries.add(emission);
        } else {
            send(emission);
        }
    }

    /** Sends an event, at once or as soon as there is a connection. */
    void send(Emission emission) {
        connector.checkHeartbeat();
        boolean connected = socket.isConnected() && !closed;
        boolean dropped = emission.flags().droppable() && !connector.writable();
        boolean lost = closed || (emission.flags().droppable() && !connected);
        if (lost) {
            if (emission.pending() != null) {
                emission.pending().disconnected();
            }
            return;
        }
        await(emission);
        if (dropped) {
            return;
        }
        if (connected) {
            transmit(emission);
        } else {
            waiting.add(emission);
        }
    }

    private void transmit(Emission emission) {
        calls.outgoing(emission.event());
        connector.send(emission.packets());
    }

    private void await(Emission emission) {
        if (emission.pending() == null) {
            return;
        }
        long deadline = loop.nowMillis() + emission.timeoutMillis();
        acks.add(emission.event().ackId(), deadline, new Awaited(emission, emission.pending()));
        ackAlarm.set(acks.nextDeadlineMillis());
        connector.answersAwaited();
    }

    private void expire(long nowMillis) {
        acks.expire(nowMillis);
        ackAlarm.set(acks.nextDeadlineMillis());
        connector.answersAwaited();
    }

    /** Nobody waits for the answer any more: if the event still waits here, it never leaves. */
    void giveUp(long ackId) {
        if (retries == null || !retries.giveUp(ackId)) {
            giveUpTry(ackId);
        }
    }

    /** The same for one of several tries. */
    void giveUpTry(long ackId) {
        acks.giveUp(ackId);
        connector.answersAwaited();
    }

    /** Ids that nobody waits for are ignored: late answers, and a server's mistakes. */
    void answered(SocketPacket.Ack ack) {
        acks.complete(ack.ackId(), ack.arguments());
        connector.answersAwaited();
    }

    /** Whether somebody waits for the answer to what was sent. */
    boolean awaitsAnswer() {
        return socket.isConnected() && acks.size() > 0;
    }

    /** Sends what waits. */
    void connected() {
        while (!waiting.isEmpty() && socket.isConnected()) {
            transmit(waiting.remove());
        }
        if (retries != null) {
            retries.sendHead();
        }
    }

    /** What was sent is not answered any more; what waits still may be. */
    void disconnected() {
        Set<Long> ids = new HashSet<>();
        waiting.forEach(emission -> ids.add(emission.event().ackId()));
        acks.disconnect(id -> !ids.contains(id));
        connector.answersAwaited();
    }

    void close() {
        closed = true;
        waiting.clear();
        ackAlarm.set(Long.MAX_VALUE);
        acks.close();
        if (retries != null) {
            retries.close();
        }
    }

    /** Takes an event back that is not answered in time: if it has not left, it never will. */
    private final class Awaited implements PendingAck {
        private final Emission emission;
        private final PendingAck pending;

        private Awaited(Emission emission, PendingAck pending) {
            this.emission = emission;
            this.pending = pending;
        }

        @Override
        public void answered(JsonArray arguments) {
            pending.answered(arguments);
        }

        @Override
        public void timedOut() {
            if (!waiting.remove(emission)) {
                connector.withdraw(emission.packets());
            }
            pending.timedOut();
        }

        @Override
        public void disconnected() {
            pending.disconnected();
        }
    }
}
