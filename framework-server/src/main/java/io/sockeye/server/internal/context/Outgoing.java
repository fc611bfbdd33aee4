package io.sockeye.server.internal.context;

import io.sockeye.engine.memory.Budget;
import io.sockeye.engine.memory.Share;
import io.sockeye.engine.memory.SharedPackets;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.adapter.Flags;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event on its way to one or many sockets, encoded once for all of them. Any thread. */
public final class Outgoing {
    private final SocketPacket.Event event;
    private final SharedPackets packets;
    private final boolean droppable;
    /** Null if it is not kept for clients that lose it. */
    private final @Nullable String offset;
    /** What the event takes as the application emitted it; null until somebody keeps that. Guarded by this. */
    private @Nullable Share emitted;

    private Outgoing(SocketPacket.Event event, List<EnginePacket> packets, boolean droppable, @Nullable String offset) {
        this.event = event;
        this.packets = new SharedPackets(packets);
        this.droppable = droppable;
        this.offset = offset;
    }

    /** An event that is not kept for clients that lose it. */
    public static Outgoing of(SocketPacket.Event event, Flags flags, ServerContext context) {
        return new Outgoing(event, encode(event, flags, context), flags.droppable(), null);
    }

    /** An event that is kept for clients that lose it. */
    public static Outgoing logged(SocketPacket.Event event, Flags flags, ServerContext context, String offset) {
        // The offset is the last argument: so the official clients know it, and send it when they come back.
        var marked = new SocketPacket.Event(
                event.namespace(), event.ackId(), event.arguments().append(offset));
        return new Outgoing(event, encode(marked, flags, context), false, offset);
    }

    private static List<EnginePacket> encode(SocketPacket.Event event, Flags flags, ServerContext context) {
        var packets = context.parser().encode(event);
        return flags.compress()
                ? packets
                : packets.stream().map(EnginePacket::uncompressed).toList();
    }

    /** What the application emitted. */
    public SocketPacket.Event event() {
        return event;
    }

    /** The very same list for everybody: transports recognise it. */
    public List<EnginePacket> packets() {
        return packets;
    }

    /** What they take in memory. */
    public Share share() {
        return packets.share();
    }

    /** Whether it is dropped for those who cannot take it at once. */
    public boolean droppable() {
        return droppable;
    }

    /** By which clients say that they have got it; null if it is not kept for those that lose it. */
    @Nullable
    public String offset() {
        return offset;
    }

    /** What it takes in memory, about: as the application emitted it and as it is sent. */
    public long bytes() {
        return share().bytes() + event.arguments().raw().length();
    }

    private synchronized Share emitted() {
        var present = emitted;
        if (present == null) {
            present = new Share(event.arguments().raw().length());
            emitted = present;
        }
        return present;
    }

    /** One more place keeps all of it, not only the packets; {@link #release} follows. */
    public void hold(Budget budget) {
        share().hold(budget);
        emitted().hold(budget);
    }

    /** One of these places keeps it no more. */
    public void release(Budget budget) {
        share().release(budget);
        emitted().release(budget);
    }
}
