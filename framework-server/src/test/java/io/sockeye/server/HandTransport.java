package io.sockeye.server;

import io.sockeye.engine.Transport;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.TransportKind;
import java.util.ArrayList;
import java.util.List;

/** A WebSocket whose peer takes what is sent if the test says so, or something that its peer polls. */
public final class HandTransport implements Transport {
    final List<String> sent = new ArrayList<>();
    public boolean writable = true;
    public boolean closed;
    /** Whether its peer has to ask for what is sent. */
    public boolean collects;

    @Override
    public TransportKind kind() {
        return TransportKind.WEBSOCKET;
    }

    @Override
    public boolean collects() {
        return collects;
    }

    @Override
    public boolean writable() {
        return writable;
    }

    @Override
    public boolean flushed() {
        return true;
    }

    @Override
    public void write(List<EnginePacket> packets) {
        packets.forEach(packet ->
                sent.add(framing().frame(packet).head().utf8() + packet.data().utf8()));
    }

    @Override
    public void reading(boolean wanted) {}

    @Override
    public void close() {
        closed = true;
    }
}
