package io.sockeye.server.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.sockeye.bytes.Bytes;
import io.sockeye.server.engine.Exchange;
import java.util.function.Consumer;

/** The body of an answer that goes on, in chunks. Owned by the loop of its connection. */
final class NettyStream implements Exchange.Stream {
    private final NettyExchange exchange;
    private final ChannelHandlerContext ctx;
    /** Whether the request was for the head alone. */
    private final boolean empty;
    /** Sends the end, by which the answer is complete. */
    private final Consumer<LastHttpContent> last;

    private boolean ended;

    NettyStream(NettyExchange exchange, boolean empty, Consumer<LastHttpContent> last) {
        this.exchange = exchange;
        this.ctx = exchange.context();
        this.empty = empty;
        this.last = last;
    }

    @Override
    public boolean writable() {
        return !ended && ctx.channel().isWritable();
    }

    @Override
    public void write(Bytes part) {
        if (ended || empty || part.isEmpty()) {
            return;
        }
        var buffer = ctx.alloc().buffer(part.length());
        part.writeTo(buffer::writeBytes);
        exchange.write(new DefaultHttpContent(buffer));
        exchange.connection().touch();
    }

    /** The peer has left; whether that was before the end. */
    boolean abort() {
        boolean early = !ended;
        ended = true;
        return early;
    }

    @Override
    public void end() {
        if (!ended) {
            ended = true;
            last.accept(LastHttpContent.EMPTY_LAST_CONTENT);
        }
    }
}
