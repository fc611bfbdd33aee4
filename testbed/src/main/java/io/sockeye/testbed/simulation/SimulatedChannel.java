package io.sockeye.testbed.simulation;

import io.sockeye.engine.Framing;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.server.host.Loop;
import io.sockeye.server.host.WebSocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The server's end of a WebSocket. */
final class SimulatedChannel implements WebSocketChannel, Loop.Flushable, Wire.End {
    private final HostConnection connection;
    private final Framing framing;
    private List<Message.Frame> unsent = new ArrayList<>();
    /** Null until the channel is known to the server. */
    private @Nullable Listener listener;

    private boolean closed;

    SimulatedChannel(HostConnection connection, Framing framing) {
        this.connection = connection;
        this.framing = framing;
    }

    void listener(Listener told) {
        listener = told;
    }

    @Override
    public void receive(Message message) {
        if (closed || listener == null) {
            return;
        }
        if (message instanceof Message.Frame frame) {
            listener.onMessage(frame.data(), frame.binary());
        } else {
            closed = true;
            listener.onClosed(CloseReason.TRANSPORT_CLOSE);
        }
    }

    @Override
    public void writableAgain() {
        if (writable() && listener != null) {
            listener.onWritable();
        }
    }

    @Override
    public boolean writable() {
        return !closed && connection.wire().down().writable();
    }

    @Override
    public boolean flushed() {
        return unsent.isEmpty();
    }

    @Override
    public void write(List<EnginePacket> packets) {
        if (closed) {
            return;
        }
        if (unsent.isEmpty()) {
            connection.loop().flushLater(this);
        }
        for (var packet : packets) {
            unsent.add(Message.Frame.of(packet, framing));
        }
    }

    @Override
    public void flush() {
        var batch = unsent;
        unsent = new ArrayList<>();
        connection.host().faults().flush(batch).forEach(connection.wire().down()::send);
    }

    @Override
    public void reading(boolean wanted) {
        connection.wire().up().reading(wanted);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            reading(true);
            flush();
            connection.wire().halfClose(false);
        }
    }
}
