package io.sockeye.server.internal.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.sockeye.bytes.Bytes;
import io.sockeye.server.internal.netty.http.HeadRules;
import io.sockeye.server.internal.netty.http.RequestBody;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request as it comes: collected for whoever wants it, otherwise read and forgotten, so that the peer sees the
 * answer. Owned by the loop of its connection.
 */
final class IncomingBody {
    private final NettyExchange exchange;
    /** Null if nobody wants it, or no more of it. */
    private @Nullable RequestBody wanted;

    private boolean read;
    /** Bytes that nobody wanted. */
    private long discarded;

    IncomingBody(NettyExchange exchange) {
        this.exchange = exchange;
    }

    /** See {@link io.sockeye.server.host.Exchange#readBody}. */
    void collect(int maxBytes, Consumer<Bytes> consumer, LongConsumer tooLong) {
        long announced = HttpUtil.getContentLength(exchange.head(), -1L);
        wanted = new RequestBody(
                announced, maxBytes, consumer, () -> tooLong.accept(Math.max(announced, maxBytes + 1L)));
        if (HeadRules.awaitsContinue(exchange.head())) {
            exchange.write(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
    }

    /** Whether it has come to its end. */
    boolean isRead() {
        return read;
    }

    /** Takes the next part. */
    void receive(HttpContent content) {
        if (content.decoderResult().isFailure()) {
            forget();
            exchange.bodyBroken(HeadRules.ofBrokenBody(content.decoderResult().cause()));
        } else {
            receive(content.content(), content instanceof LastHttpContent);
        }
    }

    private void receive(ByteBuf chunk, boolean last) {
        read = last;
        var collected = wanted;
        if (collected == null) {
            discarded += chunk.readableBytes();
        } else if (collected.receive(chunk, last)) {
            exchange.bodyHeld(collected.held());
        } else {
            forget();
        }
        if (discarded > Lingering.MAX_BYTES) {
            exchange.context().close();
        }
    }

    /** Nobody wants the rest. */
    void forget() {
        if (wanted != null) {
            wanted = null;
            exchange.bodyHeld(0);
        }
    }
}
