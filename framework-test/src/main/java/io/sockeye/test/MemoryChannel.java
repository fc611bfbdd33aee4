package io.sockeye.test;

import io.sockeye.bytes.Bytes;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.server.host.Loop;
import io.sockeye.server.host.WebSocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A WebSocket without a network: both ends in one object, on the loop. */
final class MemoryChannel implements WebSocketChannel, Loop.Flushable {
    private final MemoryLoop loop;
    private final Options options;
    private final PlayedConnection client;
    private final ArrayDeque<EnginePacket> arrived = new ArrayDeque<>();
    private List<EnginePacket> written = new ArrayList<>();
    /** Null until the server has it. */
    private @Nullable Listener server;

    private int maxBytes;
    private boolean reading = true;
    private boolean closed;

    MemoryChannel(MemoryLoop loop, Options options, PlayedConnection client) {
        this.loop = loop;
        this.options = options;
        this.client = client;
        this.maxBytes = options.maxPayload();
    }

    void open(Listener listener) {
        server = listener;
    }

    /** The client sends a packet; it waits while the server does not read. */
    void send(EnginePacket packet) {
        arrived.add(packet);
        deliver();
    }

    private void deliver() {
        while (server != null && reading && !closed && !arrived.isEmpty()) {
            var frame = options.framing().frame(arrived.remove());
            long length = frame.head().length() + (long) frame.data().length();
            if (length > maxBytes) {
                server.onTooLong(length);
                lose(CloseReason.TRANSPORT_ERROR);
            } else {
                server.onMessage(Bytes.join(List.of(frame.head(), frame.data())), frame.binary());
            }
        }
    }

    /** The client's end is gone. */
    void lose(CloseReason reason) {
        if (!closed && server != null) {
            closed = true;
            server.onClosed(reason);
            client.closed();
        }
    }

    @Override
    public boolean writable() {
        return !closed;
    }

    @Override
    public boolean flushed() {
        return written.isEmpty();
    }

    @Override
    public void write(List<EnginePacket> packets) {
        if (closed) {
            return;
        }
        if (written.isEmpty()) {
            loop.flushLater(this);
        }
        written.addAll(packets);
    }

    @Override
    public void flush() {
        var batch = written;
        written = new ArrayList<>();
        batch.forEach(client::receive);
    }

    @Override
    public void reading(boolean wanted) {
        reading = wanted;
        loop.post(this::deliver);
    }

    @Override
    public void limit(int bytes) {
        maxBytes = bytes;
    }

    @Override
    public void close() {
        if (!closed) {
            flush();
            closed = true;
            client.closed();
        }
    }
}
