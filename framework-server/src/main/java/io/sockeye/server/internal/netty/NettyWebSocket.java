package io.sockeye.server.internal.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.sockeye.bytes.Bytes;
import io.sockeye.engine.memory.Budget;
import io.sockeye.engine.memory.HeldPackets;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.server.host.Loop;
import io.sockeye.server.host.WebSocketChannel;
import io.sockeye.server.internal.netty.io.Faults;
import io.sockeye.server.internal.netty.tls.TlsRecords;
import io.sockeye.server.internal.netty.websocket.FrameDecoder;
import io.sockeye.server.internal.netty.websocket.FrameEncoder;
import io.sockeye.server.internal.netty.websocket.MessageTooBigException;
import io.sockeye.server.internal.netty.websocket.PlainEncoder;
import io.sockeye.server.internal.netty.websocket.Pongs;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A WebSocket connection: frames in, frames out. Owned by the channel's loop. */
final class NettyWebSocket extends ChannelInboundHandlerAdapter implements WebSocketChannel, Loop.Flushable {
    private static final Logger log = LoggerFactory.getLogger(NettyWebSocket.class);
    /** How long the peer may take to answer a close frame. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final NettyLoop loop;
    private final FrameEncoder frames;
    private final FrameDecoder decoder;
    private final MessageWatch watch;
    private final Pongs pongs = new Pongs();
    private @Nullable ChannelHandlerContext context;
    /** Null at first and once it was told of the end. */
    private @Nullable Listener listener;
    /** Null unless somebody counts. */
    private @Nullable UnsentFrames unsent;

    private boolean dirty;
    private boolean closed;
    /** Whether the peer broke the protocol: nothing that it sends counts any more. */
    private boolean failed;

    /** @param decoder the one that is before this in the channel's pipeline */
    NettyWebSocket(NettyLoop loop, FrameEncoder frames, FrameDecoder decoder) {
        this.loop = loop;
        this.frames = frames;
        this.decoder = decoder;
        this.watch = new MessageWatch(this, decoder, loop);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        watch.count(ctx.pipeline().get(TlsRecords.class));
        loop.webSockets().add(ctx.channel());
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        frames.connectionGone();
        if (unsent != null) {
            unsent.close();
        }
        loop.webSockets().remove(ctx.channel());
        watch.end();
        pongs.release();
    }

    ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }

    /** From now on this one is told. */
    void listen(Listener told) {
        listener = told;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof WebSocketFrame frame && listener != null && !failed) {
                receive(frame, listener);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void receive(WebSocketFrame frame, Listener told) {
        if (frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame) {
            told.onMessage(Bytes.wrap(FrameDecoder.array(frame)), frame instanceof BinaryWebSocketFrame);
        } else if (frame instanceof PingWebSocketFrame) {
            answerPing(frame);
        } else if (frame instanceof CloseWebSocketFrame) {
            receiveClose(frame.content());
        }
    }

    /** What is held of a message that is not whole is told, and watched. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        watch.look(listener);
        ctx.fireChannelReadComplete();
    }

    @Override
    public void limit(int maxBytes) {
        decoder.limit(maxBytes);
    }

    /** A peer that does not read gets no pongs, which are bytes that wait like others. */
    private void answerPing(WebSocketFrame ping) {
        if (writable()) {
            pongs.add(ping.content(), context());
            flushLater();
        }
    }

    private void flushLater() {
        if (!dirty) {
            dirty = true;
            loop.flushConnectionLater(this);
        }
    }

    /** "… the endpoint typically echos the status code it received": RFC 6455, 5.5.1. */
    private void receiveClose(ByteBuf body) {
        if (closed) {
            context().close();
            return;
        }
        closeSoon(body).addListener(written -> context().close());
        tellClosed(CloseReason.TRANSPORT_CLOSE);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (writable() && listener != null) {
            listener.onWritable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closed = true;
        tellClosed(CloseReason.TRANSPORT_CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Faults.log(log, ctx.channel(), cause);
        if (cause instanceof CorruptedWebSocketFrameException violation) {
            fail(violation.closeStatus());
        } else if (cause instanceof MessageTooBigException tooBig) {
            if (listener != null) {
                listener.onTooLong(tooBig.bytes());
            }
            fail(WebSocketCloseStatus.MESSAGE_TOO_BIG);
        } else {
            closed = true;
            ctx.close();
            tellClosed(CloseReason.TRANSPORT_CLOSE);
        }
    }

    /**
     * The peer may be in the middle of a message that is too long, and is to read why it ends: by a code alone, as the
     * reference server tells it.
     */
    private void fail(WebSocketCloseStatus status) {
        if (failed) {
            return;
        }
        failed = true;
        decoder.end();
        // "… MUST NOT send any more data frames after sending a Close frame": RFC 6455, 5.5.1.
        var lastWord = closed
                ? Unpooled.EMPTY_BUFFER
                : PlainEncoder.close(
                        Unpooled.copyShort(status.code()), context().alloc());
        closed = true;
        pongs.write(context());
        Lingering.close(context(), lastWord);
        tellClosed(CloseReason.TRANSPORT_ERROR);
    }

    private void tellClosed(CloseReason reason) {
        var told = listener;
        listener = null; // Once is enough.
        if (told != null) {
            told.onClosed(reason);
        }
    }

    @Override
    public boolean writable() {
        return !closed && context().channel().isWritable();
    }

    @Override
    public boolean flushed() {
        return !dirty;
    }

    @Override
    public void write(List<EnginePacket> packets) {
        if (closed) {
            return;
        }
        pongs.write(context());
        var ctx = context();
        try {
            var encoded = frames.frames(packets, ctx.alloc());
            int bytes = encoded.readableBytes();
            ctx.write(encoded, ctx.voidPromise());
            if (unsent != null) {
                unsent.wrote(packets, bytes);
            }
            flushLater();
        } catch (Throwable e) {
            // The packets are lost, and what follows may build on them. The session hears of it when the channel is
            // gone.
            Faults.log(log, ctx.channel(), e);
            closed = true;
            ctx.close();
        }
    }

    @Override
    public void flush() {
        dirty = false;
        pongs.write(context());
        context().flush();
        if (unsent != null) {
            unsent.flushed();
        }
    }

    @Override
    public void chargeTo(Budget budget) {
        unsent = new UnsentFrames(context(), new HeldPackets(budget), frames.shares());
    }

    @Override
    public long unsentBytes() {
        return unsent == null ? 0 : unsent.bytes();
    }

    @Override
    public void cut() {
        context().close();
    }

    @Override
    public void reading(boolean wanted) {
        context().channel().config().setAutoRead(wanted);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closeSoon(Unpooled.EMPTY_BUFFER);
    }

    @Override
    public void hangUp() {
        if (context().channel().isWritable()) {
            context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        } else {
            context().close();
        }
    }

    /** Does not wait for the peer any more if its end was announced to it; what was written still leaves. */
    void hangUpIfClosed() {
        if (closed) {
            context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Sends and takes nothing more, and ends the connection in time even if the peer does not. */
    private ChannelFuture closeSoon(ByteBuf body) {
        closed = true;
        decoder.takeNoMessages();
        reading(true); // Else the peer's close frame would never be seen.
        pongs.write(context());
        var sent = context().writeAndFlush(PlainEncoder.close(body, context().alloc()));
        CloseTimer.start(sent, CLOSE_TIMEOUT);
        return sent;
    }
}
