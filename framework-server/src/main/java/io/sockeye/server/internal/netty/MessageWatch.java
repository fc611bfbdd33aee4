package io.sockeye.server.internal.netty;

import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.sockeye.server.host.WebSocketChannel;
import io.sockeye.server.internal.http.Pace;
import io.sockeye.server.internal.netty.tls.TlsRecords;
import io.sockeye.server.internal.netty.websocket.FrameDecoder;
import org.jspecify.annotations.Nullable;

/** What one WebSocket holds of a message that is not whole: it is told to the listener, and must come fast enough. Owned by the loop. */
final class MessageWatch {
    private final NettyWebSocket socket;
    private final FrameDecoder decoder;
    private final NettyLoop loop;
    /** Null without TLS. */
    private @Nullable TlsRecords records;
    /** Whether a part of a message has come. */
    private boolean receiving;
    /** How many bytes the listener knows to be held. */
    private int toldHeld;

    MessageWatch(NettyWebSocket socket, FrameDecoder decoder, NettyLoop loop) {
        this.socket = socket;
        this.decoder = decoder;
        this.loop = loop;
    }

    /** The parts of records count as well. */
    void count(@Nullable TlsRecords encrypted) {
        records = encrypted;
    }

    /** Looks what there is at the end of a read. */
    void look(WebSocketChannel.@Nullable Listener listener) {
        if (decoder.isReceiving() != receiving) {
            receiving = !receiving;
            register();
        }
        int held = decoder.held() + (records == null ? 0 : records.held());
        if (held != toldHeld) {
            toldHeld = held;
            if (listener != null) {
                listener.onHeld(held);
            }
        }
    }

    private void register() {
        if (receiving) {
            loop.receiving().add(this);
        } else {
            loop.receiving().remove(this);
        }
    }

    /** The connection is gone. */
    void end() {
        loop.receiving().remove(this);
    }

    /** Ends the connection if the message that is under way comes too slowly, whatever else the peer does. */
    void endIfLate(long nowMillis) {
        var ctx = socket.context();
        if (decoder.late(ctx.channel().config().isAutoRead(), nowMillis)) {
            socket.exceptionCaught(
                    ctx,
                    new CorruptedWebSocketFrameException(
                            WebSocketCloseStatus.POLICY_VIOLATION,
                            "a message comes too slowly: less than " + Pace.RATE + " bytes a second"));
        }
    }
}
