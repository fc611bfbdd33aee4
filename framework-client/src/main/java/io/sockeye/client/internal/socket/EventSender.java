package io.sockeye.client.internal.socket;

import io.sockeye.client.NotSentException;
import io.sockeye.client.internal.connection.Connector;
import io.sockeye.client.internal.connection.WaitingBytes;
import io.sockeye.client.internal.handlers.UserCallbacks;
import io.sockeye.client.internal.threads.DeadlineTimer;
import io.sockeye.client.internal.threads.Loop;
import io.sockeye.engine.EnginePacket;
import io.sockeye.json.JsonArray;
import io.sockeye.socket.AckTable;
import io.sockeye.socket.PendingAck;
import io.sockeye.socket.SocketPacket;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The events of one socket on their way to the server, and who waits for an answer. Owned by the loop. */
public final class EventSender {
    private final Loop loop;
    private final Connector connector;
    private final SocketState socket;
    private final UserCallbacks callbacks;
    private final WaitingBytes bytes;
    private final AckTable acks = new AckTable();
    private final DeadlineTimer ackAlarm;
    /** What waits for the connection, in order. */
    private final ArrayDeque<OutgoingEvent> waiting = new ArrayDeque<>();
    /** Null if nothing is sent again. */
    private final @Nullable RetryQueue retries;
    /** Any thread may take one. */
    private final AtomicLong ackIds = new AtomicLong();

    private boolean closed;

    EventSender(SocketContext context, SocketState socket) {
        this.loop = context.loop();
        this.connector = context.connector();
        this.socket = socket;
        this.callbacks = context.callbacks();
        this.bytes = connector.wire().waitingBytes();
        this.ackAlarm = new DeadlineTimer(loop, this::expire);
        var options = context.options();
        this.retries = options.retries() == 0 ? null : new RetryQueue(options, this);
    }

    public long nextAckId() {
        return ackIds.getAndIncrement();
    }

    boolean isConnected() {
        return socket.isConnected();
    }

    /** Sends an event that a user emits, at once or as soon as there is a connection. */
    public void emit(OutgoingEvent emission) {
        if (retries != null && !emission.flags().droppable() && !closed) {
            retries.add(emission);
        } else {
            send(emission);
        }
    }

    /** Sends an event, at once or as soon as there is a connection. */
    void send(OutgoingEvent emission) {
        connector.wire().checkHeartbeat();
        boolean droppable = emission.flags().droppable();
        if (closed || (droppable && !socket.isConnected())) {
            leaves(emission);
            if (emission.pending() != null) {
                emission.pending().disconnected();
            }
        } else if (droppable && !connector.wire().writable()) {
            leaves(emission);
            if (emission.pending() != null) {
                emission.pending().failed(NotSent.busy(emission.event().name()));
            }
        } else {
            await(emission);
            sendOrKeep(emission);
        }
    }

    private void sendOrKeep(OutgoingEvent emission) {
        if (socket.isConnected()) {
            transmit(emission);
        } else {
            waiting.add(emission);
        }
    }

    private void transmit(OutgoingEvent emission) {
        long tooLong = connector.wire().tooLong(emission.packets());
        if (tooLong > 0) {
            refuse(
                    emission,
                    NotSent.tooBig(
                            emission.event().name(), tooLong, connector.wire().maxPayload()));
            return;
        }
        callbacks.outgoing(emission.event());
        leaves(emission); // First: what the connection holds is counted there.
        connector.wire().send(emission.packets());
    }

    /** An answer to the server leaves at once, if the server takes it. */
    void acknowledge(SocketPacket.Event event, List<EnginePacket> packets) {
        long tooLong = connector.wire().tooLong(packets);
        if (tooLong == 0) {
            connector.wire().send(packets);
            return;
        }
        callbacks.failed(
                "acknowledgement",
                NotSent.tooBig(event.name(), tooLong, connector.wire().maxPayload()));
        connector.wire().send(callbacks.insteadOfAnswer(event));
    }

    /** It would end the connection. */
    private void refuse(OutgoingEvent emission, NotSentException failure) {
        leaves(emission);
        acks.remove(emission.event().ackId());
        failed(emission, failure);
        connector.answersAwaited();
    }

    /** An event that a user has emitted is not sent: who waits for its answer hears so, else whoever hears of errors. */
    void failed(OutgoingEvent emission, NotSentException failure) {
        if (emission.pending() == null) {
            callbacks.failed("emit of '" + emission.event().name() + "'", failure);
        } else {
            emission.pending().failed(failure);
        }
    }

    /** An event does not wait any more. */
    void leaves(OutgoingEvent emission) {
        bytes.giveBack(emission.bytes());
    }

    private void await(OutgoingEvent emission) {
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
    public void giveUp(long ackId) {
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
        waiting.forEach(this::leaves);
        waiting.clear();
        ackAlarm.set(Long.MAX_VALUE);
        acks.close();
        if (retries != null) {
            retries.close();
        }
    }

    /** Takes an event back that is not answered in time: if it has not left, it never will. */
    private final class Awaited implements PendingAck {
        private final OutgoingEvent emission;
        private final AckReceiver pending;

        private Awaited(OutgoingEvent emission, AckReceiver pending) {
            this.emission = emission;
            this.pending = pending;
        }

        @Override
        public void answered(JsonArray arguments) {
            pending.answered(arguments);
        }

        @Override
        public void timedOut() {
            if (waiting.remove(emission)) {
                leaves(emission);
            } else {
                connector.wire().withdraw(emission.packets());
            }
            pending.timedOut();
        }

        @Override
        public void disconnected() {
            pending.disconnected();
        }
    }
}
