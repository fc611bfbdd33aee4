package io.sockeye.server.internal.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;

/**
 * The end of a connection whose peer may still be sending: closes our half after our last word, and takes and forgets
 * what comes until the peer closes too, for a limited time and number of bytes. "If a server performs an immediate close
 * of a TCP connection, there is a significant risk that the client will not be able to read the last HTTP response": RFC
 * 9112, 9.6. Owned by the channel's loop.
 */
final class Lingering extends ChannelInboundHandlerAdapter {
    static final long MAX_BYTES = 16 << 20;
    private static final Duration TIME = Duration.ofSeconds(10);

    private long bytes;

    private Lingering() {}

    /**
     * Sends the last word of ours; nothing that arrives from now on is handled.
     *
     * @return done when the last word has left
     */
    static ChannelFuture close(ChannelHandlerContext ctx, Object lastWord) {
        var pipeline = ctx.pipeline();
        // Before TLS too: what is forgotten need not be decrypted.
        pipeline.addFirst(new Lingering());
        ctx.channel().config().setAutoRead(true);
        var sent = ctx.writeAndFlush(lastWord);
        CloseTimer.start(sent, TIME);
        return sent.addListener(written -> {
            var tls = pipeline.get(SslHandler.class);
            if (!written.isSuccess()) {
                ctx.close();
            } else if (tls == null) {
                closeOutput(ctx);
            } else {
                tls.closeOutbound().addListener(closed -> closeOutput(ctx));
            }
        });
    }

    private static void closeOutput(ChannelHandlerContext ctx) {
        if (ctx.channel() instanceof DuplexChannel channel && channel.isActive()) {
            ChannelFuture closed = channel.shutdownOutput();
            closed.addListener(done -> {
                if (!done.isSuccess()) {
                    ctx.close();
                }
            });
        } else {
            ctx.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        bytes += message instanceof ByteBuf buffer ? buffer.readableBytes() : 0;
        ReferenceCountUtil.release(message);
        if (bytes > MAX_BYTES) {
            ctx.close();
        }
    }
}
