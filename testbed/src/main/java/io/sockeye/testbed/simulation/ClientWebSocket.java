package io.sockeye.testbed.simulation;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.Transport;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.TransportKind;
import java.util.List;

/** A client's WebSocket: a message for each packet. */
final class ClientWebSocket implements Transport, Wire.End {
    private static final int SWITCHING = 101;

    private final ClientConnection owner;
    private final Wire wire;
    private boolean open;
    private boolean closed;

    ClientWebSocket(ClientConnection owner, Wire wire) {
        this.owner = owner;
        this.wire = wire;
        wire.client(this);
        wire.up().send(new Message.Request("GET", owner.query("websocket"), Bytes.EMPTY));
    }

    @Override
    public void receive(Message message) {
        if (closed) {
            return;
        }
        if (message instanceof Message.Frame frame && open) {
            owner.session().receiveFrame(this, frame.data(), frame.binary(), owner.nowMillis());
        } else if (message instanceof Message.Response response && response.status() == SWITCHING) {
            open = true;
            owner.session().transportReady(this);
        } else {
            close();
            owner.session().transportClosed(this, open ? CloseReason.TRANSPORT_CLOSE : CloseReason.TRANSPORT_ERROR);
        }
    }

    @Override
    public void writableAgain() {
        if (writable()) {
            owner.session().transportReady(this);
        }
    }

    @Override
    public TransportKind kind() {
        return TransportKind.WEBSOCKET;
    }

    @Override
    public boolean writable() {
        return open && !closed && wire.up().writable();
    }

    @Override
    public boolean flushed() {
        return true;
    }

    @Override
    public void write(List<EnginePacket> packets) {
        for (var packet : packets) {
            wire.up().send(Message.Frame.of(packet, framing()));
        }
    }

    @Override
    public void reading(boolean wanted) {
        wire.down().reading(wanted);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            wire.halfClose(true);
        }
    }
}
