package io.sockeye.server.internal.netty.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageInflaterTest {
    private EmbeddedChannel channel = new EmbeddedChannel();

    @AfterEach
    void closeChannel() {
        channel.finishAndReleaseAll();
    }

    private void inflate(boolean contextTakeover, int maxPayload) {
        channel = new EmbeddedChannel(new MessageInflater(new Inflater(true), contextTakeover, () -> maxPayload));
    }

    /** The examples of RFC 7692, 7.2.3. */
    @ParameterizedTest
    @CsvSource({
        "f248cdc9c90700, Hello",
        "000500faff48656c6c6f00, Hello",
        "f348cdc9c9070000, Hello",
        "f248050000 00ffffcac9c90700, Hello",
        "00, ''"
    })
    void inflatesTheExamples(String deflated, String text) {
        for (boolean contextTakeover : new boolean[] {true, false}) {
            inflate(contextTakeover, 5);
            assertThat(receive(deflated)).isEqualTo(text);
            assertThat(receive("f248cdc9c90700")).isEqualTo("Hello");
        }
    }

    @Test
    void aMessageMayBuildOnAnEarlierOne() {
        inflate(true, 5);
        assertThat(receive("f248cdc9c90700")).isEqualTo("Hello");
        assertThat(receive("f200110000")).isEqualTo("Hello");
        inflate(false, 5);
        assertThat(receive("f248cdc9c90700")).isEqualTo("Hello");
        assertThatThrownBy(() -> receive("f200110000")).isInstanceOf(CorruptedWebSocketFrameException.class);
    }

    @Test
    void theLimitMayBeTheLargestNumber() {
        inflate(true, Integer.MAX_VALUE);
        assertThat(receive("f248cdc9c90700")).isEqualTo("Hello");
    }

    /** Whoever takes messages wants no more after each. */
    @Test
    void noMessageInflatesBeforeItIsWanted() {
        inflate(true, 5);
        channel.freezeTime();
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                ctx.channel().config().setAutoRead(false);
                ctx.fireChannelRead(message);
            }
        });
        channel.writeInbound(deflated("f248cdc9c90700"), deflated("f200110000"), new TextWebSocketFrame("plain"));
        assertThat(next()).isEqualTo("Hello");
        assertThat(channel.<Object>readInbound()).isNull();
        wantMore();
        assertThat(next()).isEqualTo("Hello");
        assertThat(channel.<Object>readInbound()).isNull();
        channel.writeInbound(new TextWebSocketFrame("last"));
        wantMore();
        assertThat(next()).isEqualTo("plain");
        wantMore();
        assertThat(next()).isEqualTo("last");
    }

    private void wantMore() {
        channel.config().setAutoRead(true);
        pass();
    }

    private void pass() {
        channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        channel.runPendingTasks();
    }

    /** Of messages that inflate to 600 kB each, two are a turn. */
    @Test
    void theOthersHaveTheirTurnWhenMuchWasInflated() {
        inflate(false, 600_000);
        channel.freezeTime();
        var message = deflated(HexFormat.of().formatHex(zeros(600_000)));
        channel.writeInbound(message.retainedDuplicate(), message.retainedDuplicate(), message);
        assertThat(next()).hasSize(600_000);
        assertThat(next()).hasSize(600_000);
        assertThat(channel.<Object>readInbound()).isNull();
        pass();
        assertThat(next()).hasSize(600_000);
    }

    private static byte[] zeros(int count) {
        var deflater = new Deflater(Deflater.BEST_SPEED, true);
        deflater.setInput(new byte[count]);
        var out = new byte[count];
        int length = deflater.deflate(out, 0, count, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(out, length);
    }

    @Test
    void whatWaitsIsReleasedWithTheChannel() {
        inflate(true, 5);
        channel.config().setAutoRead(false);
        var frame = deflated("f248cdc9c90700");
        channel.writeInbound(frame);
        assertThat(frame.refCnt()).isEqualTo(1);
        channel.finishAndReleaseAll();
        assertThat(frame.refCnt()).isZero();
    }

    @Test
    void aMessageThatIsNotCompressedPasses() {
        inflate(true, 5);
        channel.writeInbound(new TextWebSocketFrame("much longer than five"));
        assertThat(next()).isEqualTo("much longer than five");
    }

    @Test
    void aMessageThatIsTooLongIsRefusedAndAllAfterIt() {
        inflate(false, 4);
        assertThatThrownBy(() -> receive("f248cdc9c90700"))
                .isInstanceOf(MessageTooBigException.class)
                .hasMessage("message: at least 5 bytes, limit 4");
        channel.writeInbound(new TextWebSocketFrame("4"));
        assertThat(channel.<Object>readInbound()).isNull();
    }

    @Test
    void whatIsNotDeflatedHasTheConnectionEnd() {
        inflate(false, 5);
        assertThatThrownBy(() -> receive("ffffff"))
                .isInstanceOfSatisfying(
                        CorruptedWebSocketFrameException.class,
                        violation -> assertThat(violation.closeStatus().code()).isEqualTo(1007));
    }

    @Test
    void aMessageMayConsistOfSomeFinalBlocks() {
        inflate(false, 5);
        assertThat(receive("f348cdc9c90700" + "0300".repeat(1_000) + "00")).isEqualTo("Hello");
    }

    @ParameterizedTest
    @CsvSource({
        "0300, 2000, empty final blocks",
        "0300, 500000, many more of them",
        "000000ffff, 200000, empty stored blocks",
        "820020080082002008, 110000, empty blocks with fixed codes"
    })
    void blocksThatHoldNothingAreCounted(String block, int times, String what) {
        for (boolean contextTakeover : new boolean[] {true, false}) {
            inflate(contextTakeover, 1_000_000);
            assertThatThrownBy(() -> receive(block.repeat(times)))
                    .as(what)
                    .isInstanceOfSatisfying(
                            CorruptedWebSocketFrameException.class,
                            violation ->
                                    assertThat(violation.closeStatus().code()).isEqualTo(1007));
            channel.writeInbound(new TextWebSocketFrame("4"));
            assertThat(channel.<Object>readInbound()).isNull();
            channel.finishAndReleaseAll();
        }
    }

    /** A sender that flushes behind each character: RFC 7692, 7.2.3.4. */
    @Test
    void aLongMessageMayBeFlushedOften() throws Exception {
        var deflater = new Deflater(1, true);
        var out = new ByteArrayOutputStream();
        var chunk = new byte[100];
        for (int i = 0; i < 30_000; i++) {
            deflater.setInput(new byte[] {(byte) ('a' + i % 26)});
            out.write(chunk, 0, deflater.deflate(chunk, 0, 100, Deflater.SYNC_FLUSH));
        }
        deflater.end();
        inflate(true, 30_000);
        assertThat(receive(HexFormat.of().formatHex(out.toByteArray()))).hasSize(30_000);
    }

    private String receive(String deflated) {
        channel.writeInbound(deflated(deflated));
        return next();
    }

    private static TextWebSocketFrame deflated(String text) {
        var bytes = HexFormat.of().parseHex(text.replace(" ", ""));
        return new TextWebSocketFrame(true, MessageInflater.RSV1, Unpooled.wrappedBuffer(bytes));
    }

    private String next() {
        TextWebSocketFrame frame = channel.readInbound();
        try {
            assertThat(frame.rsv()).isZero();
            return frame.content().toString(UTF_8);
        } finally {
            ReferenceCountUtil.release(frame);
        }
    }
}
