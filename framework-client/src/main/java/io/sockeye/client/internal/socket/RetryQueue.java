package io.sockeye.client.internal.socket;

import io.sockeye.ack.PendingAck;
import io.sockeye.client.NotSentException;
import io.sockeye.client.internal.settings.ClientOptions;
import io.sockeye.json.JsonArray;
import io.sockeye.protocol.SocketPacket;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Sends events one after another, each again until the server acknowledges it: the next one is sent when the one before was
 * acknowledged or given up, which keeps their order. Owned by the loop.
 */
final class RetryQueue {
    private final ClientOptions options;
    private final EventSender sender;
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    /** Whether {@link #sendHead} is running: it continues by itself when the head turns out not to be sent. */
    private boolean sending;

    RetryQueue(ClientOptions options, EventSender sender) {
        this.options = options;
        this.sender = sender;
    }

    void add(OutgoingEvent outgoing) {
        entries.add(new Entry(outgoing));
        sendHead();
    }

    void sendHead() {
        if (sending) {
            return;
        }
        sending = true;
        try {
            var head = entries.peek();
            while (head != null && !head.inFlight && sender.isConnected()) {
                send(head);
                head = entries.peek();
            }
        } finally {
            sending = false;
        }
    }

    private void send(Entry head) {
        head.inFlight = true;
        head.attempts++;
        var first = head.outgoing.event();
        head.ackId = sender.nextAckId();
        var event = new SocketPacket.Event(first.namespace(), head.ackId, first.arguments());
        sender.send(
                OutgoingEvent.of(event, options.parser(), head.outgoing.flags(), head, head.outgoing.timeoutMillis())
                        .uncounted());
    }

    /** Removes the event with this id, since its acknowledgement is not awaited any more; whether it was here. */
    boolean giveUp(long first) {
        var found = entries.stream()
                .filter(entry -> entry.outgoing.event().ackId() == first)
                .findFirst();
        found.ifPresent(this::drop);
        return found.isPresent();
    }

    private void drop(Entry entry) {
        entries.remove(entry);
        sender.release(entry.outgoing);
        if (entry.inFlight) {
            sender.giveUpAttempt(entry.ackId);
        }
        sendHead();
    }

    void close() {
        for (var entry : List.copyOf(entries)) {
            entries.remove(entry);
            sender.release(entry.outgoing);
            entry.finish(PendingAck::disconnected);
        }
    }

    /** An event in the queue; equal only to itself. */
    private final class Entry implements AckReceiver {
        private final OutgoingEvent outgoing;
        private int attempts;
        private boolean inFlight;
        /** Of the last attempt. */
        private long ackId;

        private Entry(OutgoingEvent outgoing) {
            this.outgoing = outgoing;
        }

        @Override
        public void answered(JsonArray arguments) {
            if (entries.peek() == this) {
                removeHead();
                finish(receiver -> receiver.answered(arguments));
                sendHead();
            }
        }

        @Override
        public void timedOut() {
            failed(PendingAck::timedOut);
        }

        @Override
        public void disconnected() {
            failed(PendingAck::disconnected);
        }

        private void failed(Consumer<PendingAck> outcome) {
            if (entries.peek() != this) {
                return;
            }
            inFlight = false;
            if (attempts > options.retries()) {
                removeHead();
                finish(outcome);
            }
            sendHead();
        }

        /** No attempt can succeed. */
        @Override
        public void failed(NotSentException failure) {
            if (entries.peek() != this) {
                return;
            }
            removeHead();
            sender.failed(outgoing, failure);
            sendHead();
        }

        private void removeHead() {
            entries.remove();
            sender.release(outgoing);
        }

        private void finish(Consumer<PendingAck> outcome) {
            if (outgoing.receiver() != null) {
                outcome.accept(outgoing.receiver());
            }
        }
    }
}
