package io.sockeye.client.internal.socket;

import io.sockeye.ack.AckTable;
import io.sockeye.ack.PendingAck;
import io.sockeye.client.NotSentException;
import io.sockeye.client.internal.connection.Connector;
import io.sockeye.client.internal.connection.WaitingBytes;
import io.sockeye.client.internal.handlers.UserCallbacks;
import io.sockeye.client.internal.threads.DeadlineTimer;
import io.sockeye.client.internal.threads.Loop;
import io.sockeye.json.JsonArray;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.SocketPacket;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Sends the events of one socket, keeps them until it is connected, and passes acknowledgements on. Owned by the loop. */
public final class EventSender {
    private final Loop loop;
    private final Connector connector;
    private final SocketState socket;
    private final UserCallbacks callbacks;
    private final WaitingBytes bytes;
    private final AckTable acks = new AckTable();
    private final DeadlineTimer ackTimer;
    /** Events that wait until the socket is connected, in order. */
    private final ArrayDeque<OutgoingEvent> queue = new ArrayDeque<>();
    /** Null if no event is sent again. */
    private final @Nullable RetryQueue retries;
    /** Used by any thread. */
    private final AtomicLong ackIds = new AtomicLong();

    private boolean closed;

    EventSender(SocketContext context, SocketState socket) {
        this.loop = context.loop();
        this.connector = context.connector();
        this.socket = socket;
        this.callbacks = context.callbacks();
        this.bytes = connector.currentLink().waitingBytes();
        this.ackTimer = new DeadlineTimer(loop, this::expire);
        var options = context.options();
        this.retries = options.retries() == 0 ? null : new RetryQueue(options, this);
    }

    public long nextAckId() {
        return ackIds.getAndIncrement();
    }

    boolean isConnected() {
        return socket.isConnected();
    }

    /** Sends an event of the user's, at once or as soon as the socket is connected; again if that is wanted. */
    public void emit(OutgoingEvent outgoing) {
        if (retries != null && !outgoing.flags().droppable() && !closed) {
            retries.add(outgoing);
        } else {
            send(outgoing);
        }
    }

    /** Sends an event once, at once or as soon as the socket is connected. */
    void send(OutgoingEvent outgoing) {
        connector.currentLink().checkHeartbeat();
        boolean droppable = outgoing.flags().droppable();
        if (closed || (droppable && !socket.isConnected())) {
            release(outgoing);
            if (outgoing.receiver() != null) {
                outgoing.receiver().disconnected();
            }
        } else if (droppable && !connector.currentLink().writable()) {
            release(outgoing);
            if (outgoing.receiver() != null) {
                outgoing.receiver().failed(NotSent.busy(outgoing.event().name()));
            }
        } else {
            awaitAck(outgoing);
            sendOrQueue(outgoing);
        }
    }

    private void sendOrQueue(OutgoingEvent outgoing) {
        if (socket.isConnected()) {
            transmit(outgoing);
        } else {
            queue.add(outgoing);
        }
    }

    private void transmit(OutgoingEvent outgoing) {
        long tooLong = connector.currentLink().tooLong(outgoing.packets());
        if (tooLong > 0) {
            rejectTooBig(
                    outgoing,
                    NotSent.tooBig(
                            outgoing.event().name(),
                            tooLong,
                            connector.currentLink().maxPayload()));
            return;
        }
        callbacks.outgoing(outgoing.event());
        release(outgoing); // First: from now on the connection counts its bytes.
        connector.currentLink().send(outgoing.packets());
    }

    /** Sends an acknowledgement, or another one in its place if it is bigger than the server takes. */
    void acknowledge(SocketPacket.Event event, List<EnginePacket> packets) {
        long tooLong = connector.currentLink().tooLong(packets);
        if (tooLong == 0) {
            connector.currentLink().send(packets);
            return;
        }
        callbacks.failed(
                "acknowledgement",
                NotSent.tooBig(event.name(), tooLong, connector.currentLink().maxPayload()));
        connector.currentLink().send(callbacks.insteadOfAnswer(event));
    }

    /** Does not send what the server does not take: the server would end the connection. */
    private void rejectTooBig(OutgoingEvent outgoing, NotSentException failure) {
        release(outgoing);
        acks.remove(outgoing.event().ackId());
        failed(outgoing, failure);
        connector.updateReading();
    }

    /** An event will not be sent: its request fails, or the user's error handler is called. */
    void failed(OutgoingEvent outgoing, NotSentException failure) {
        if (outgoing.receiver() == null) {
            callbacks.failed("emit of '" + outgoing.event().name() + "'", failure);
        } else {
            outgoing.receiver().failed(failure);
        }
    }

    /** An event does not wait any more: its bytes are not counted any longer. */
    void release(OutgoingEvent outgoing) {
        bytes.giveBack(outgoing.bytes());
    }

    private void awaitAck(OutgoingEvent outgoing) {
        if (outgoing.receiver() == null) {
            return;
        }
        long deadline = loop.nowMillis() + outgoing.timeoutMillis();
        acks.add(outgoing.event().ackId(), deadline, new Awaited(outgoing, outgoing.receiver()));
        ackTimer.set(acks.nextDeadlineMillis());
        connector.updateReading();
    }

    private void expire(long nowMillis) {
        acks.expire(nowMillis);
        ackTimer.set(acks.nextDeadlineMillis());
        connector.updateReading();
    }

    /** The user does not wait for the acknowledgement any more: if the event still waits here, it is not sent. */
    public void giveUp(long ackId) {
        if (retries == null || !retries.giveUp(ackId)) {
            giveUpAttempt(ackId);
        }
    }

    /** The same for one attempt of several. */
    void giveUpAttempt(long ackId) {
        acks.giveUp(ackId);
        connector.updateReading();
    }

    /** Unknown ids are ignored: late acknowledgements, and a server's mistakes. */
    void answered(SocketPacket.Ack ack) {
        acks.complete(ack.ackId(), ack.arguments());
        connector.updateReading();
    }

    /** Whether an acknowledgement of what was sent is awaited. */
    boolean awaitsAnswer() {
        return socket.isConnected() && acks.size() > 0;
    }

    /** Sends the events that wait. */
    void connected() {
        while (!queue.isEmpty() && socket.isConnected()) {
            transmit(queue.remove());
        }
        if (retries != null) {
            retries.sendHead();
        }
    }

    /** What was sent will not be acknowledged any more; what waits stays. */
    void disconnected() {
        Set<Long> ids = new HashSet<>();
        queue.forEach(outgoing -> ids.add(outgoing.event().ackId()));
        acks.disconnect(id -> !ids.contains(id));
        connector.updateReading();
    }

    void close() {
        closed = true;
        queue.forEach(this::release);
        queue.clear();
        ackTimer.set(Long.MAX_VALUE);
        acks.close();
        if (retries != null) {
            retries.close();
        }
    }

    /** Withdraws an event that is not acknowledged in time, if it has not been sent. */
    private final class Awaited implements PendingAck {
        private final OutgoingEvent outgoing;
        private final AckReceiver receiver;

        private Awaited(OutgoingEvent outgoing, AckReceiver receiver) {
            this.outgoing = outgoing;
            this.receiver = receiver;
        }

        @Override
        public void answered(JsonArray arguments) {
            receiver.answered(arguments);
        }

        @Override
        public void timedOut() {
            if (queue.remove(outgoing)) {
                release(outgoing);
            } else {
                connector.currentLink().withdraw(outgoing.packets());
            }
            receiver.timedOut();
        }

        @Override
        public void disconnected() {
            receiver.disconnected();
        }
    }
}
