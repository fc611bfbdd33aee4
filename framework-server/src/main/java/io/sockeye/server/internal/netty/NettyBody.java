package io.sockeye.server.internal.netty;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.sockeye.bytes.Bytes;
import io.sockeye.server.internal.netty.io.Faults;
import java.util.Iterator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A long body of an answer, of which the next part is copied when the last one has left: however long it is, and however
 * slow the peer, one part is in the channel. Owned by the loop of its connection.
 */
final class NettyBody {
    /** What is copied at once. */
    private static final int PART = 64 << 10;

    private static final Logger log = LoggerFactory.getLogger(NettyBody.class);

    private final NettyExchange exchange;
    private final Iterator<Bytes> content;
    /** Sends the end, by which the answer is complete. */
    private final Runnable end;
    /** What has not been copied of the part of the content that is under way. */
    private Bytes rest = Bytes.EMPTY;

    NettyBody(NettyExchange exchange, List<Bytes> content, Runnable end) {
        this.exchange = exchange;
        this.content = content.iterator();
        this.end = end;
    }

    /** Whether it is more than is copied at once. */
    static boolean isLong(List<Bytes> content) {
        return Bytes.length(content) > PART;
    }

    /** Sends the next part, or the end. */
    void proceed() {
        try {
            if (rest.isEmpty() && !content.hasNext()) {
                end.run();
                return;
            }
            exchange.write(new DefaultHttpContent(nextPart())).addListener(done -> {
                if (done.isSuccess()) {
                    exchange.connection().touch();
                    proceed();
                } else {
                    exchange.context().close();
                }
            });
        } catch (Throwable e) { // The peer would wait for the rest for ever.
            Faults.log(log, exchange.context().channel(), e);
            exchange.context().close();
        }
    }

    private ByteBuf nextPart() {
        var part = exchange.context().alloc().directBuffer(PART);
        try {
            while (part.readableBytes() < PART && (!rest.isEmpty() || content.hasNext())) {
                var next = rest.isEmpty() ? content.next() : rest;
                int taken = Math.min(next.length(), PART - part.readableBytes());
                next.slice(0, taken).writeTo(part::writeBytes);
                rest = next.slice(taken);
            }
            return part;
        } catch (Throwable e) {
            part.release();
            throw e;
        }
    }
}
