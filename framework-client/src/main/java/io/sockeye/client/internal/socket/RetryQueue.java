package io.sockeye.client.internal.socket;

import io.sockeye.client.NotSentException;
import io.sockeye.client.internal.settings.ClientOptions;
import io.sockeye.json.JsonArray;
import io.sockeye.socket.PendingAck;
import io.sockeye.socket.SocketPacket;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Events that are sent again until the server acknowledges them, one after another: the next one leaves when the one
 * before has arrived or was given up, so that their order stays. Owned by the loop.
 */
final class RetryQueue {
    private final ClientOptions options;
    private final EventSender outgoing;
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    /** Whether {@link #sendHead} is at work, which goes on by itself when a head turns out not to be sent. */
    private boolean sending;

    RetryQueue(ClientOptions options, EventSender outgoing) {
        this.options = options;
        this.outgoing = outgoing;
    }

    void add(OutgoingEvent emission) {
        entries.add(new Entry(emission));
        sendHead();
    }

    void sendHead() {
        if (sending) {
            return;
        }
        sending = true;
        try {
            var head = entries.peek();
            while (head != null && !head.underWay && outgoing.isConnected()) {
                send(head);
                head = entries.peek();
            }
        } finally {
            sending = false;
        }
    }

    private void send(Entry head) {
        head.underWay = true;
        head.tries++;
        var first = head.emission.event();
        head.ackId = outgoing.nextAckId();
        var event = new SocketPacket.Event(first.namespace(), head.ackId, first.arguments());
        outgoing.send(
                OutgoingEvent.of(event, options.parser(), head.emission.flags(), head, head.emission.timeoutMillis())
                        .uncounted());
    }

    /** Nobody waits any more for what was to be acknowledged with this id; whether it was here. */
    boolean giveUp(long first) {
        var found = entries.stream()
                .filter(entry -> entry.emission.event().ackId() == first)
                .findFirst();
        found.ifPresent(this::drop);
        return found.isPresent();
    }

    private void drop(Entry entry) {
        entries.remove(entry);
        outgoing.leaves(entry.emission);
        if (entry.underWay) {
            outgoing.giveUpTry(entry.ackId);
        }
        sendHead();
    }

    void close() {
        for (var entry : List.copyOf(entries)) {
            entries.remove(entry);
            outgoing.leaves(entry.emission);
            entry.tell(PendingAck::disconnected);
        }
    }

    /** An event that is at the head or waits behind it; equal only to itself. */
    private final class Entry implements AckReceiver {
        private final OutgoingEvent emission;
        private int tries;
        private boolean underWay;
        /** Of the last try. */
        private long ackId;

        private Entry(OutgoingEvent emission) {
            this.emission = emission;
        }

        @Override
        public void answered(JsonArray arguments) {
            if (entries.peek() == this) {
                removeHead();
                tell(pending -> pending.answered(arguments));
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
            underWay = false;
            if (tries > options.retries()) {
                removeHead();
                tell(outcome);
            }
            sendHead();
        }

        /** No try can succeed. */
        @Override
        public void failed(NotSentException failure) {
            if (entries.peek() != this) {
                return;
            }
            removeHead();
            outgoing.failed(emission, failure);
            sendHead();
        }

        private void removeHead() {
            entries.remove();
            outgoing.leaves(emission);
        }

        private void tell(Consumer<PendingAck> outcome) {
            if (emission.pending() != null) {
                outcome.accept(emission.pending());
            }
        }
    }
}
