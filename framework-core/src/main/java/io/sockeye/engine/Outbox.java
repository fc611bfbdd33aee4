package io.sockeye.engine;

import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The transport of a session at present, and the packets that wait until it is writable, in order. Owned by the session. */
final class Outbox {
    /** What the objects of a small packet take, about; else a limit in bytes would let many tiny ones through. */
    private static final int PACKET_OVERHEAD = 64;

    private final long maxBytes;
    private Transport transport;
    /** Null while nothing waits: most sessions never need one. */
    private @Nullable ArrayDeque<List<EnginePacket>> waiting;

    private long bytes;
    /** Of these, what is nobody else's. */
    private long ownBytes;
    /** To which what waits is charged; null if nobody counts it. */
    private @Nullable Budget budget;

    private @Nullable Held held;
    /** Null while the peer has told no limits. */
    private @Nullable PostBody body;

    Outbox(Transport transport, Limits limits) {
        this.transport = transport;
        this.maxBytes = limits.outboxBytes();
    }

    Transport transport() {
        return transport;
    }

    /** From now on what waits is charged to a budget; called while nothing waits. */
    void chargeTo(Budget chosen) {
        budget = chosen;
        held = new Held(chosen);
    }

    /** What waits, and what follows, leaves over this transport. */
    void moveTo(Transport next) {
        transport = next;
    }

    /** From now on the peer takes so many bytes in one body or message; 0 if it tells no limit. */
    void limitBodies(long maxPayload) {
        body = new PostBody(maxPayload);
    }

    /** See {@link ClientSession#tooLong}. */
    long tooLong(List<EnginePacket> packets) {
        return body == null ? 0 : body.tooLong(transport, packets);
    }

    void add(List<EnginePacket> packets) {
        queue().addLast(packets);
        added(packets);
    }

    void addFirst(List<EnginePacket> packets) {
        queue().addFirst(packets);
        added(packets);
    }

    private void added(List<EnginePacket> packets) {
        long size = sizeOf(packets);
        bytes += size;
        if (budget != null && packets instanceof SharedPackets shared) {
            shared.hold(budget);
        } else {
            own(size);
        }
    }

    private void removed(List<EnginePacket> packets) {
        long size = sizeOf(packets);
        bytes -= size;
        if (budget != null && packets instanceof SharedPackets shared) {
            shared.release(budget);
        } else {
            own(-size);
        }
    }

    private void own(long more) {
        ownBytes += more;
        if (held != null) {
            held.set(ownBytes);
        }
    }

    /** The session has ended: what waits never leaves. */
    void discard() {
        var lost = waiting;
        waiting = null;
        if (lost != null) {
            lost.forEach(this::removed);
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
        removed(packets);
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
                removed(packets);
                waiting = waiting.isEmpty() ? null : waiting;
                return true;
            }
        }
        return false;
    }

    /** Hands over what waits, as long as the transport takes it and the body has room. */
    void drain() {
        while (waiting != null && transport.writable()) {
            var packets = remove(waiting);
            int written = write(packets);
            if (written < packets.size()) {
                addFirst(packets.subList(written, packets.size()));
                return;
            }
        }
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
        if (transport.closesByPacket() && transport.writable()) {
            write(farewell);
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
        return bytes > maxBytes;
    }

    long bytes() {
        return bytes;
    }

    static long sizeOf(List<EnginePacket> packets) {
        long size = 0;
        for (var packet : packets) {
            size += packet.data().length() + PACKET_OVERHEAD;
        }
        return size;
    }
}
