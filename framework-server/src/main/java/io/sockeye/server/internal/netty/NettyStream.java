package io.sockeye.server.internal.netty;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.sockeye.bytes.Bytes;
import io.sockeye.engine.memory.Budget;
import io.sockeye.server.host.Exchange;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The body of an answer that goes on, in chunks. Owned by the loop of its connection. */
final class NettyStream implements Exchange.Stream {
    private static final Logger log = LoggerFactory.getLogger(NettyStream.class);

    private final NettyExchange exchange;
    private final ChannelHandlerContext ctx;
    /** Whether the request was for the head alone. */
    private final boolean empty;
    /** Sends the end, by which the answer is complete. */
    private final Consumer<LastHttpContent> last;

    /** Null unless somebody counts. */
    private @Nullable Budget budget;

    private boolean ended;
    private boolean cut;

    NettyStream(NettyExchange exchange, boolean empty, Consumer<LastHttpContent> last) {
        this.exchange = exchange;
        this.ctx = exchange.context();
        this.empty = empty;
        this.last = last;
    }

    @Override
    public void chargeTo(Budget chosen) {
        budget = chosen;
    }

    @Override
    public boolean writable() {
        return !ended && !cut && ctx.channel().isWritable();
    }

    @Override
    public void write(Bytes part) {
        if (ended || cut || empty || part.isEmpty()) {
            return;
        }
        if (CloseTimer.unsent(ctx.channel()) + part.length() > MAX_WAITING) {
            cut = true;
            log.warn(
                    "an answer that goes on is cut off: more than {} bytes were written that its peer has not taken",
                    MAX_WAITING);
            ctx.close(); // The listener is told of that.
            return;
        }
        var buffer = ctx.alloc().buffer(part.length());
        part.writeTo(buffer::writeBytes);
        charge(exchange.write(new DefaultHttpContent(buffer)), part.length());
        exchange.connection().touch();
    }

    private void charge(ChannelFuture leaving, int bytes) {
        var charged = budget;
        if (charged != null) {
            charged.add(bytes);
            leaving.addListener(left -> charged.add(-bytes));
        }
    }

    /** Whether it goes on, and the peer has taken all of it so far. */
    boolean rests() {
        return !ended && CloseTimer.unsent(ctx.channel()) == 0;
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
