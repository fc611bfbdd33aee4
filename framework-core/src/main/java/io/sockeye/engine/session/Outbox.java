package io.sockeye.engine.session;

import io.sockeye.engine.Limits;
import io.sockeye.engine.Transport;
import io.sockeye.engine.memory.Budget;
import io.sockeye.engine.memory.HeldPackets;
import io.sockeye.protocol.EnginePacket;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A session's present transport, and the queue of packets that wait until it is writable. Owned by the session. */
final class Outbox {
    /**
     * The most bytes in one answer to a poll, unless a single packet is longer; the client polls again for the rest.
     */
    private static final int ANSWER_BYTES = 256_000;

    private final long maxBytes;
    private Transport transport;
    /** Null while nothing waits: most sessions never need one. */
    private @Nullable ArrayDeque<List<EnginePacket>> waiting;

    private HeldPackets held = new HeldPackets(null);
    /** Null while bodies are not limited. */
    private @Nullable BodySize body;

    Outbox(Transport transport, Limits limits) {
        this.transport = transport;
        this.maxBytes = limits.outboxBytes();
    }

    Transport transport() {
        return transport;
    }

    /** Charges the queue to a budget from now on, with what is in it already. */
    void chargeTo(Budget budget) {
        held = new HeldPackets(budget);
        if (waiting != null) {
            waiting.forEach(held::add);
        }
    }

    /** Sends the queue and all further packets over this transport. */
    void moveTo(Transport next) {
        transport = next;
    }

    /** Limits bodies and messages to the bytes that the peer accepts; 0 for no limit. */
    void limitBodies(long maxPayload) {
        body = new BodySize(maxPayload, true);
    }

    /** Limits the answers to polls to {@link #ANSWER_BYTES}. */
    void limitAnswers() {
        body = new BodySize(ANSWER_BYTES, false);
    }

    /** See {@link ClientSession#tooLong}. */
    long tooLong(List<EnginePacket> packets) {
        return body == null ? 0 : body.tooLong(transport, packets);
    }

    /**
     * Writes packets, and queues those that do not fit into the body; true if all were queued since others wait before
     * them.
     */
    boolean send(List<EnginePacket> packets) {
        if (!isClear()) {
            add(packets);
            return true;
        }
        handOver(packets);
        return false;
    }

    void add(List<EnginePacket> packets) {
        queue().addLast(packets);
        held.add(packets);
    }

    void addFirst(List<EnginePacket> packets) {
        queue().addFirst(packets);
        held.add(packets);
    }

    /** Drops the queue: the session has ended. */
    void discard() {
        var lost = waiting;
        waiting = null;
        if (lost != null) {
            lost.forEach(held::remove);
        }
    }

    private ArrayDeque<List<EnginePacket>> queue() {
        if (waiting == null) {
            waiting = new ArrayDeque<>(4);
        }
        return waiting;
    }

    private List<EnginePacket> remove(ArrayDeque<List<EnginePacket>> queue) {
        var packets = queue.remove();
        held.remove(packets);
        if (queue.isEmpty()) {
            waiting = null;
        }
        return packets;
    }

    /** Removes packets from the queue; false if they are not there. Compares the list by identity. */
    boolean withdraw(List<EnginePacket> packets) {
        if (waiting == null) {
            return false;
        }
        // From the oldest on: packets are withdrawn when they time out, and the oldest mostly do so first.
        for (var candidates = waiting.iterator(); candidates.hasNext(); ) {
            if (candidates.next() == packets) {
                candidates.remove();
                held.remove(packets);
                waiting = waiting.isEmpty() ? null : waiting;
                return true;
            }
        }
        return false;
    }

    /** Writes the queue as long as the transport is writable and the body has room. */
    void drain() {
        while (waiting != null && transport.writable()) {
            if (!handOver(remove(waiting))) {
                return;
            }
        }
    }

    /** Writes packets and queues those for which the body has no room; false if there are any. */
    private boolean handOver(List<EnginePacket> packets) {
        int written = write(packets);
        if (written < packets.size()) {
            addFirst(written == 0 ? packets : packets.subList(written, packets.size()));
            return false;
        }
        return true;
    }

    private int write(List<EnginePacket> packets) {
        if (body != null) {
            return body.write(transport, packets);
        }
        transport.write(packets);
        return packets.size();
    }

    /** Whether packets that are written now leave without waiting. */
    boolean isClear() {
        return waiting == null && transport.writable();
    }

    /**
     * Whether the queue is empty and, if the transport {@linkplain Transport#closesByPacket closes by a packet}, it can
     * take that.
     */
    boolean mayEnd() {
        return waiting == null && (!transport.closesByPacket() || (transport.writable() && transport.flushed()));
    }

    /**
     * Writes the last packet, if the transport {@linkplain Transport#closesByPacket closes by a packet} and can take it
     * now.
     */
    void writeLast(List<EnginePacket> last) {
        if (transport.closesByPacket()
                && transport.writable()
                && write(last) == 0
                && body != null
                && !body.isStrict()) {
            transport.write(last);
        }
    }

    boolean isEmpty() {
        return waiting == null;
    }

    /** Whether messages are queued, and not only a ping. */
    boolean holdsMessages() {
        return waiting != null
                && waiting.stream().flatMap(List::stream).anyMatch(one -> one.type() == EnginePacket.Type.MESSAGE);
    }

    /** Whether the queue exceeds its limit. */
    boolean overflows() {
        return held.bytes() > maxBytes;
    }

    /** The budget to which the queue is charged; null if there is none. */
    @Nullable
    Budget budget() {
        return held.budget();
    }

    /** Whether the budget for the queues of all peers is used up. */
    boolean isBudgetFull() {
        var budget = held.budget();
        return budget != null && budget.isFull();
    }

    long bytes() {
        return held.bytes();
    }
}
