package io.sockeye.server.internal.netty.http;

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

    private final Requests requests = new Requests();
    private final HoldingDecoder decoder = new HoldingDecoder(16 << 10, requests);
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

    private void becomeFree() {
        requests.busy = false;
        decoder.resume();
        channel.runPendingTasks();
    }

    private ByteBuf receiveLargeRead(String text) {
        var buffer = Unpooled.directBuffer(64 << 10);
        buffer.writeCharSequence(text, US_ASCII);
        channel.writeInbound(buffer);
        return buffer;
    }

    @Test
    void aPartOfAHeadKeepsNoBufferOfTheSystems() {
        assertThat(receiveLargeRead("GET /a HTTP/1.1\r\nHost: exa").refCnt()).isZero();
        assertThat(receiveLargeRead("mple.org\r\n").refCnt()).isZero();
        assertThat(nextUri()).isEqualTo("none");
        assertThat(receiveLargeRead("\r\nGET /b HT").refCnt()).isZero();
        assertThat(nextUri()).isEqualTo("/a");
        receive("TP/1.1\r\n\r\n");
        assertThat(nextUri()).isEqualTo("/b");
    }

    @Test
    void whatFollowsARequestForAWebSocketDoesNotEither() {
        receive(UPGRADE);
        assertThat(nextUri()).isEqualTo("/a");
        requests.busy = true;
        assertThat(receiveLargeRead("frames").refCnt()).isZero();
        assertThat(nextUri()).isEqualTo("none");
        channel.pipeline().remove(decoder);
        ByteBuf rest = channel.readInbound();
        assertThat(rest.toString(US_ASCII)).isEqualTo("frames");
        rest.release();
    }

    @Test
    void nothingIsReadBeyondWhatOneReadBringsWhileTheRequestIsUndecided() {
        receive(UPGRADE);
        assertThat(nextUri()).isEqualTo("/a");
        requests.busy = true;
        reads.count = 0;
        receive("frame");
        assertThat(channel.config().isAutoRead()).isFalse();
        receive("another frame");
        assertThat(reads.count).isZero();
    }

    @Test
    void readsOnOnceTheRequestWasAnsweredInHttp() {
        receive(UPGRADE);
        requests.busy = true;
        receive("GET /b HTTP/1.1\r\n\r\nGET /c HT");
        assertThat(nextUri()).isEqualTo("/a");
        assertThat(nextUri()).isEqualTo("none");
        assertThat(requests.followed).isTrue();
        becomeFree();
        assertThat(nextUri()).isEqualTo("/b");
        assertThat(channel.config().isAutoRead()).isTrue();
        receive("TP/1.1\r\n\r\n");
        assertThat(nextUri()).isEqualTo("/c");
    }

    @Test
    void handsOnWhatItHoldsWhenItIsRemoved() {
        receive(UPGRADE);
        requests.busy = true;
        receive("frame");
        nextUri();
        nextUri();
        channel.pipeline().remove(decoder);
        ByteBuf held = channel.readInbound();
        assertThat(held.toString(US_ASCII)).isEqualTo("frame");
        held.release();
    }

    @Test
    void asksForNoMoreAsLongAsSomethingWaits() {
        requests.busyAfter = 1;
        requests.busy = true;
        receive("GET /a HTTP/1.1\r\n\r\n".repeat(3));
        reads.count = 0;
        for (int i = 0; i < 2; i++) {
            becomeFree();
            assertThat(nextUri() + nextUri()).isEqualTo("/anone");
            assertThat(channel.config().isAutoRead()).isFalse();
        }
        assertThat(reads.count).isZero();
        becomeFree();
        assertThat(channel.config().isAutoRead()).isTrue();
        assertThat(reads.count).isOne();
    }

    @Test
    void saysWhatItKeeps() {
        receive("GET /a HTTP/1.1\r\nHost: exa");
        assertThat(requests.kept).isEqualTo(17 + 9);
        receive("mple.org\r\nA: b\r\n");
        assertThat(requests.kept).isEqualTo(17 + 19 + 6 + 2 * 140);
        receive("\r\n");
        assertThat(requests.kept).isZero();
        assertThat(decoder.lastHeadBytes()).isEqualTo(17 + 19 + 6 + 2 + 2 * 140);
        requests.busy = true;
        receive("GET /b");
        receive(" HTTP/1.1\r\n\r\n");
        assertThat(requests.kept).isEqualTo(19);
        becomeFree();
        assertThat(requests.kept).isZero();
        assertThat(requests.received).isEqualTo(17 + 9 + 10 + 6 + 2 + 19);
    }

    @Test
    void aHeadThatHasBegunIsForThePeerToGoOnWith() {
        assertThat(decoder.partialHead()).isNull();
        receive("GET /a HTTP/1.1\r\n");
        var first = decoder.partialHead();
        assertThat(first).isNotNull();
        receive("Host: a\r\n");
        assertThat(decoder.partialHead()).isSameAs(first);
        receive("\r\nG");
        assertThat(decoder.partialHead()).isNotNull().isNotSameAs(first);
        receive("ET /b HTTP/1.1\r\nContent-Length: 5\r\n\r\nbo");
        assertThat(decoder.partialHead()).isNull(); // A body is another matter.
        receive("dy.");
        requests.busy = true;
        receive("GE");
        assertThat(decoder.partialHead()).isNull();
        becomeFree();
        assertThat(decoder.partialHead()).isNotNull();
    }

    @Test
    void whatIsLeftOfAReadDoesNotKeepAllOfIt() {
        requests.busy = true;
        receive("GET /a HTTP/1.1\r\n\r\n".repeat(1_000) + "GET /b");
        assertThat(requests.kept).isEqualTo(19_006);
        becomeFree();
        assertThat(requests.kept).isEqualTo(6);
    }

    private final class Requests implements HoldingDecoder.Reader {
        private boolean busy;
        /** After how many requests it is busy; 0 for never. */
        private int busyAfter;

        private boolean followed;
        private int received;
        private int kept;

        @Override
        public boolean isBusy() {
            return busy || (busyAfter > 0 && channel.inboundMessages().size() >= busyAfter);
        }

        @Override
        public void followed() {
            followed = true;
        }

        @Override
        public void received(int bytes) {
            received += bytes;
        }

        @Override
        public void keeps(int bytes) {
            kept = bytes;
        }
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
