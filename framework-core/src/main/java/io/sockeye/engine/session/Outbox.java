package io.sockeye.engine.session;

import io.sockeye.engine.Limits;
import io.sockeye.engine.Transport;
import io.sockeye.engine.memory.Budget;
import io.sockeye.engine.memory.HeldPackets;
import io.sockeye.protocol.EnginePacket;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The transport of a session at present, and the packets that wait until it is writable, in order. Owned by the session. */
final class Outbox {
    /** What is in one answer to a poll, unless a single packet is longer; the client polls again for the rest. */
    private static final int ANSWER_BYTES = 256_000;

    private final long maxBytes;
    private Transport transport;
    /** Null while nothing waits: most sessions never need one. */
    private @Nullable ArrayDeque<List<EnginePacket>> waiting;

    private HeldPackets held = new HeldPackets(null);
    /** Null while there are no limits. */
    private @Nullable PostBody body;

    Outbox(Transport transport, Limits limits) {
        this.transport = transport;
        this.maxBytes = limits.outboxBytes();
    }

    Transport transport() {
        return transport;
    }

    /** From now on what waits is charged to a budget, also what waits already. */
    void chargeTo(Budget budget) {
        held = new HeldPackets(budget);
        if (waiting != null) {
            waiting.forEach(held::add);
        }
    }

    /** What waits, and what follows, leaves over this transport. */
    void moveTo(Transport next) {
        transport = next;
    }

    /** From now on the peer takes so many bytes in one body or message; 0 if it tells no limit. */
    void limitBodies(long maxPayload) {
        body = new PostBody(maxPayload, true);
    }

    /** From now on so much is in one answer as a client should be made to take at once. */
    void limitAnswers() {
        body = new PostBody(ANSWER_BYTES, false);
    }

    /** See {@link ClientSession#tooLong}. */
    long tooLong(List<EnginePacket> packets) {
        return body == null ? 0 : body.tooLong(transport, packets);
    }

    /** Hands packets over, those that must wait later; whether others wait before them. */
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

    /** The session has ended: what waits never leaves. */
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

    /** Takes packets back that still wait; whether they did. The very same list is meant, not an equal one. */
    boolean withdraw(List<EnginePacket> packets) {
        if (waiting == null) {
            return false;
        }
        // From the oldest on: what times out first was mostly sent first.
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

    /** Hands over what waits, as long as the transport takes it and the body has room. */
    void drain() {
        while (waiting != null && transport.writable()) {
            if (!handOver(remove(waiting))) {
                return;
            }
        }
    }

    /** Whether the body had room for all of them; the others wait. */
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

    /** Whether what is handed over now is not late. */
    boolean isClear() {
        return waiting == null && transport.writable();
    }

    /** Whether all was handed over, and the transport can take a packet that says so, where it takes one to say so. */
    boolean mayEnd() {
        return waiting == null && (!transport.closesByPacket() || (transport.writable() && transport.flushed()));
    }

    /** Hands over the last packet, if the transport takes one to say so and can take it now. */
    void sayGoodbye(List<EnginePacket> farewell) {
        if (transport.closesByPacket()
                && transport.writable()
                && write(farewell) == 0
                && body != null
                && !body.isStrict()) {
            transport.write(farewell);
        }
    }

    boolean isEmpty() {
        return waiting == null;
    }

    /** Whether messages wait, and not only a ping. */
    boolean holdsMessages() {
        return waiting != null
                && waiting.stream().flatMap(List::stream).anyMatch(one -> one.type() == EnginePacket.Type.MESSAGE);
    }

    /** Whether more waits than may. */
    boolean overflows() {
        return held.bytes() > maxBytes;
    }

    /** To which what waits is charged; null if nobody counts it. */
    @Nullable
    Budget budget() {
        return held.budget();
    }

    /** Whether all peers together have taken less than there is memory for. */
    boolean isBudgetFull() {
        var budget = held.budget();
        return budget != null && budget.isFull();
    }

    long bytes() {
        return held.bytes();
    }
}
