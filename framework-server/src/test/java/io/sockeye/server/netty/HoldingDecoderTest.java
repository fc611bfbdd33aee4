package io.sockeye.server.netty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HoldingDecoderTest {
    private static final String UPGRADE = "GET /a HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";

    private final HoldingDecoder decoder = new HoldingDecoder(16 << 10);
    private final Reads reads = new Reads();
    private final EmbeddedChannel channel = new EmbeddedChannel(reads, decoder);

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private void receive(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, US_ASCII));
    }

    private String nextUri() {
        Object message = channel.readInbound();
        while (message != null && !(message instanceof HttpRequest)) {
            ReferenceCountUtil.release(message);
            message = channel.readInbound();
        }
        return message instanceof HttpRequest request ? request.uri() : "none";
    }

    @Test
    void nothingIsReadBeyondWhatOneReadBringsWhileTheRequestIsUndecided() {
        receive(UPGRADE);
        assertThat(nextUri()).isEqualTo("/a");
        reads.count = 0;
        receive("frame");
        assertThat(channel.config().isAutoRead()).isFalse();
        receive("another frame");
        assertThat(reads.count).isZero();
    }

    @Test
    void readsOnOnceTheRequestWasAnsweredInHttp() {
        receive(UPGRADE);
        receive("GET /b HTTP/1.1\r\n\r\nGET /c HT");
        assertThat(nextUri()).isEqualTo("/a");
        assertThat(nextUri()).isEqualTo("none");
        decoder.resume();
        channel.runPendingTasks();
        assertThat(nextUri()).isEqualTo("/b");
        assertThat(channel.config().isAutoRead()).isTrue();
        receive("TP/1.1\r\n\r\n");
        assertThat(nextUri()).isEqualTo("/c");
    }

    @Test
    void handsOnWhatItHoldsWhenItIsRemoved() {
        receive(UPGRADE);
        receive("frame");
        nextUri();
        nextUri();
        channel.pipeline().remove(decoder);
        ByteBuf held = channel.readInbound();
        assertThat(held.toString(US_ASCII)).isEqualTo("frame");
        held.release();
    }

    /** How often the channel was asked for bytes. */
    private static final class Reads extends ChannelOutboundHandlerAdapter {
        private int count;

        @Override
        public void read(ChannelHandlerContext ctx) {
            count++;
            ctx.read();
        }
    }
}
