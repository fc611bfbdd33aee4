package io.sockeye.server.internal.engine;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.Framing;
import io.sockeye.engine.session.ServerSession;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.TransportKind;
import io.sockeye.server.host.Loop;
import io.sockeye.server.host.WebSocketChannel;
import io.sockeye.server.internal.http.Call;
import io.sockeye.server.internal.http.PayloadHint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A WebSocket that carries a session, a message for each packet. Owned by the session's loop. */
final class WebSocketTransport implements ServerTransport, WebSocketChannel.Listener {
    private final WebSocketChannel channel;
    private final WebSocketChannel.Options options;
    private final Loop loop;
    private final PayloadHint payloadHint;
    /** How many bytes a message may have. */
    private int limit;
    /** Null only while it is made. */
    private @Nullable ServerSession session;

    WebSocketTransport(WebSocketChannel channel, WebSocketChannel.Options options, Loop loop, PayloadHint payloadHint) {
        this.channel = channel;
        this.options = options;
        this.limit = options.maxPayload();
        this.loop = loop;
        this.payloadHint = payloadHint;
    }

    void attach(ServerSession owner) {
        session = owner;
        var budget = owner.outBudget();
        if (budget != null) {
            channel.chargeTo(budget);
        }
    }

    @Override
    public boolean handle(Call call) {
        return false;
    }

    @Override
    public void onMessage(Bytes data, boolean binary) {
        if (session != null) {
            session.receiveFrame(this, data, binary, loop.nowMillis());
        }
    }

    @Override
    public void onHeld(long bytes) {
        if (session != null) {
            session.receiving(this, bytes);
        }
    }

    @Override
    public void onTooLong(long bytes) {
        payloadHint.tooBig("a message", bytes, limit, loop.nowMillis());
    }

    @Override
    public void onWritable() {
        if (session != null) {
            session.transportReady(this);
        }
    }

    @Override
    public void onClosed(CloseReason reason) {
        if (session != null) {
            session.transportClosed(this, reason);
        }
    }

    @Override
    public TransportKind kind() {
        return TransportKind.WEBSOCKET;
    }

    @Override
    public Framing framing() {
        return options.framing();
    }

    @Override
    public boolean writable() {
        return channel.writable();
    }

    @Override
    public boolean flushed() {
        return channel.flushed();
    }

    @Override
    public void write(List<EnginePacket> packets) {
        channel.write(packets);
    }

    @Override
    public void reading(boolean wanted) {
        channel.reading(wanted);
    }

    @Override
    public void limit(int maxBytes) {
        limit = Math.min(maxBytes, options.maxPayload());
        channel.limit(limit);
    }

    @Override
    public void close() {
        channel.close();
    }

    @Override
    public void hangUp() {
        channel.hangUp();
    }

    @Override
    public long unsentBytes() {
        return channel.unsentBytes();
    }

    @Override
    public void cut() {
        channel.cut();
    }
}
