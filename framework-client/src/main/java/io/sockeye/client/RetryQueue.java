package io.sockeye.client;

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
    private final Outgoing outgoing;
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();

    RetryQueue(ClientOptions options, Outgoing outgoing) {
        this.options = options;
        this.outgoing = outgoing;
    }

    void add(Emission emission) {
        entries.add(new Entry(emission));
        sendHead(false);
    }

    /** @param anew also if it was sent already, over a connection that is lost */
    void sendHead(boolean anew) {
        var head = entries.peek();
        if (head == null || !outgoing.isConnected() || (head.underWay && !anew)) {
            return;
        }
        head.underWay = true;
        head.tries++;
        var first = head.emission.event();
        var event = new SocketPacket.Event(first.namespace(), outgoing.nextAckId(), first.arguments());
        outgoing.send(Emission.of(event, options.parser(), head.emission.flags(), head, head.emission.timeoutMillis()));
    }

    void close() {
        for (var entry : List.copyOf(entries)) {
            entries.remove(entry);
            entry.tell(PendingAck::disconnected);
        }
    }

    /** An event that is at the head or waits behind it; equal only to itself. */
    private final class Entry implements PendingAck {
        private final Emission emission;
        private int tries;
        private boolean underWay;

        private Entry(Emission emission) {
            this.emission = emission;
        }

        @Override
        public void answered(JsonArray arguments) {
            if (entries.peek() == this) {
                entries.remove();
                tell(pending -> pending.answered(arguments));
                sendHead(false);
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
                entries.remove();
                tell(outcome);
            }
            sendHead(false);
        }

        private void tell(Consumer<PendingAck> outcome) {
            if (emission.pending() != null) {
                outcome.accept(emission.pending());
            }
        }
    }
}
