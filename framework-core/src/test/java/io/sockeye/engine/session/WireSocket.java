package io.sockeye.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.EngineCodec;
import io.sockeye.engine.Transport;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.TransportKind;
import java.util.List;

/** One end of a WebSocket in memory: frames arrive one by one, in order, and only some fit on their way. */
final class WireSocket implements Transport {
    private static final int MAX_ON_THE_WAY = 8;

    private final Wire wire;
    private final Side side;
    private WireSocket peer;
    private int onTheWay;
    private long lastArrivalMillis;
    private boolean connected;
    private boolean closed;

    private WireSocket(Wire wire, Side side) {
        this.wire = wire;
        this.side = side;
        this.peer = this;
    }

    /** A connection of which only the server knows yet. */
    static WireSocket connect(Wire wire, Side client, Side server) {
        var socket = new WireSocket(wire, client);
        socket.peer = new WireSocket(wire, server);
        socket.peer.peer = socket;
        socket.peer.connected = true;
        return socket;
    }

    WireSocket peer() {
        return peer;
    }

    void connected() {
        if (!closed) {
            connected = true;
            side.ready(this);
        }
    }

    @Override
    public TransportKind kind() {
        return TransportKind.WEBSOCKET;
    }

    @Override
    public boolean writable() {
        return connected && !closed && onTheWay < MAX_ON_THE_WAY;
    }

    @Override
    public boolean flushed() {
        return true;
    }

    @Override
    public void write(List<EnginePacket> packets) {
        assertThat(writable()).isTrue();
        for (var packet : packets) {
            onTheWay++;
            var frame = packet.binary() ? packet.data() : EngineCodec.encodePayload(List.of(packet));
            lastArrivalMillis = wire.carry(lastArrivalMillis, () -> arrive(frame, packet.binary()));
        }
    }

    private void arrive(Bytes frame, boolean binary) {
        boolean wasFull = !writable();
        onTheWay--;
        if (!peer.closed) {
            peer.side.receiveFrame(peer, frame, binary);
        }
        if (wasFull && writable()) {
            side.ready(this);
        }
    }

    @Override
    public void reading(boolean wanted) {
        throw new UnsupportedOperationException("the wire always reads");
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            lastArrivalMillis = wire.carry(lastArrivalMillis, () -> peer.fail(CloseReason.TRANSPORT_CLOSE));
        }
    }

    /** The connection breaks; what is on its way is lost. */
    void reset() {
        fail(CloseReason.TRANSPORT_ERROR);
        peer.fail(CloseReason.TRANSPORT_ERROR);
    }

    /** Nothing arrives any more, and nobody is told. */
    void fallSilent() {
        closed = true;
        peer.closed = true;
    }

    private void fail(CloseReason reason) {
        if (!closed) {
            closed = true;
            side.lost(this, reason);
        }
    }

    /** What a side does with its end. */
    interface Side {
        void receiveFrame(Transport from, Bytes frame, boolean binary);

        void ready(Transport transport);

        void lost(Transport transport, CloseReason reason);
    }
}
