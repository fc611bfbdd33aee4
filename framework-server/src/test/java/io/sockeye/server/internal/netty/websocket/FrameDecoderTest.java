package io.sockeye.server.internal.netty.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameDecoderTest {
    private static final HexFormat HEX = HexFormat.of();

    private final FrameDecoder decoder = new FrameDecoder(1_000_000, true);
    private final EmbeddedChannel channel = new EmbeddedChannel(decoder);
    private final List<ByteBuf> sent = new ArrayList<>();

    @AfterEach
    void nothingIsHeldAfterTheEnd() {
        channel.finishAndReleaseAll();
        assertThat(sent).allMatch(buffer -> buffer.refCnt() == 0);
        assertThat(decoder.held()).isZero();
    }

    private void read(byte... bytes) {
        var buffer = Unpooled.copiedBuffer(bytes);
        sent.add(buffer);
        channel.writeInbound(buffer);
    }

    private void read(String hex) {
        read(HEX.parseHex(hex.replace(" ", "")));
    }

    /** What has come, frame by frame: its first byte, and the payload. */
    private String got() {
        var got = new ArrayList<String>();
        for (var frame = channel.<WebSocketFrame>readInbound(); frame != null; frame = channel.readInbound()) {
            var kind = frame.getClass().getSimpleName().replace("WebSocketFrame", "");
            got.add(kind + (frame.rsv() == 0 ? "" : "+" + frame.rsv()) + " " + ByteBufUtil.hexDump(frame.content()));
            ReferenceCountUtil.release(frame);
        }
        return String.join(", ", got);
    }

    @Test
    void takesFramesOfEachKindAndLength() {
        read("81 82 01020304 333c 82 80 00000000 89 81 ff000000 8f 8a 80 00000000");
        assertThat(got()).isEqualTo("Text 323e, Binary , Ping 70, Pong ");
        read("82 fe 007e 00000000" + "61".repeat(126));
        assertThat(got()).isEqualTo("Binary " + "61".repeat(126));
        read("82 ff 0000000000010000 ffffffff" + "9e".repeat(65_536));
        assertThat(got()).isEqualTo("Binary " + "61".repeat(65_536));
        read("88 82 00000000 03e8 81 80 00000000");
        assertThat(got()).isEqualTo("Close 03e8");
    }

    @Test
    void takesFramesByteByByte() {
        var frames = "41830102030460606089810000000070" + "00800a0b0c0d" + "80841122334475475523" + "82fe007e00000000"
                + "61".repeat(126) + "8882fffffffffc17";
        for (byte next : HEX.parseHex(frames)) {
            read(next);
        }
        assertThat(got()).isEqualTo("Ping 70, Text+4 61626364656667, Binary " + "61".repeat(126) + ", Close 03e8");
    }

    @Test
    void thePayloadIsUnmaskedWhereverItIsCut() {
        var text = "a text that is somewhat longer than a word";
        var frame = new byte[6 + text.length()];
        System.arraycopy(HEX.parseHex("81aa" + "a1b2c3d4"), 0, frame, 0, 6);
        for (int i = 0; i < text.length(); i++) {
            frame[6 + i] = (byte) (text.charAt(i) ^ frame[2 + i % 4]);
        }
        for (int first = 1; first < frame.length - 1; first++) {
            for (int second = first + 1; second < frame.length; second += 5) {
                read(Arrays.copyOfRange(frame, 0, first));
                read(Arrays.copyOfRange(frame, first, second));
                read(Arrays.copyOfRange(frame, second, frame.length));
                assertThat(got()).isEqualTo("Text " + HEX.formatHex(text.getBytes(UTF_8)));
            }
        }
    }

    @Test
    void aFrameThatIsNotWholeIsHeldInAnArrayThatGrowsWithIt() {
        read("82 ff 00000000000f3e58 00000000"); // 999,000
        assertThat(decoder.held()).isZero();
        assertThat(decoder.isReceiving()).isTrue();
        read(new byte[1_000]);
        assertThat(decoder.held()).isEqualTo(2_000);
        read(new byte[1_001]);
        assertThat(decoder.held()).isEqualTo(4_002);
        read(new byte[600_000]);
        assertThat(decoder.held()).isEqualTo(999_000);
        assertThat(sent).allMatch(buffer -> buffer.refCnt() == 0);
        read(new byte[396_999]);
        assertThat(decoder.held()).isZero();
        WebSocketFrame frame = channel.readInbound();
        assertThat(frame.content().array()).hasSize(999_000); // It needs no copy.
        frame.release();
    }

    @Test
    void shortFragmentsTakeNoMoreThanTheirBytes() {
        read("01 81 00000000 61");
        for (int i = 1; i < 10_000; i++) {
            read("00 81 00000000 61");
        }
        assertThat(decoder.held()).isBetween(10_000, 20_000);
        assertThat(sent).allMatch(buffer -> buffer.refCnt() == 0);
        read("80 80 00000000");
        assertThat(got()).isEqualTo("Text " + "61".repeat(10_000));
    }

    @Test
    void aMessageHasNotMoreFragmentsThanAnybodyNeeds() {
        read("02 80 00000000");
        for (int i = 2; i <= 16_384; i++) {
            read("00 81 00000000 61");
        }
        violates(1008, "fragments: more than 16384", "00 81 00000000 61");
        read("81 81 00000000 61");
        assertThat(got()).isEmpty();
    }

    private void violates(int code, String message, String hex) {
        assertThatThrownBy(() -> read(hex))
                .isInstanceOfSatisfying(
                        CorruptedWebSocketFrameException.class,
                        violation -> assertThat(violation.closeStatus().code()).isEqualTo(code))
                .hasMessage(message);
        assertThat(decoder.held()).isZero();
    }

    @Test
    void textThatIsWrongIsNotCollectedAnyFurther() {
        read("01 82 00000000 c3bc 00 82 00000000 61e2 00 81 00000000 82");
        violates(1007, "text: no UTF-8", "00 81 00000000 ff");
    }

    @Test
    void compressedTextIsNoTextYet() {
        read("41 81 00000000 ff 80 81 00000000 fe");
        assertThat(got()).isEqualTo("Text+4 fffe");
    }

    @Test
    void aLengthThatIsTooLongIsRefusedBeforeAnythingElseComes() {
        decoder.limit(100);
        assertThatThrownBy(() -> read("82 e5")).hasMessage("message: at least 101 bytes, limit 100");
    }

    @Test
    void theLimitIsThatOfAllFragments() {
        decoder.limit(100);
        read("02 bc 00000000" + "61".repeat(60));
        assertThatThrownBy(() -> read("80 a9")).hasMessage("message: at least 101 bytes, limit 100");
        assertThat(decoder.held()).isZero();
    }

    @Test
    void aRaisedLimitCountsForWhatFollowsInTheSameRead() {
        decoder.limit(1);
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object frame) {
                decoder.limit(2);
                ctx.fireChannelRead(frame);
            }
        });
        read("81 81 00000000 61 81 82 00000000 6162");
        assertThat(got()).isEqualTo("Text 61, Text 6162");
    }

    /** The channel was closed on this side: what is awaited is the peer's close frame. */
    @Test
    void messagesThatDoNotCountAreNotCollected() {
        read("02 82 00000000 6162");
        decoder.takeNoMessages();
        assertThat(decoder.held()).isZero();
        read("00 84 00000000 6364");
        read("6566 80 81 00000000 67 82 81 00000000 68 89 81 00000000 70");
        assertThat(decoder.held()).isZero();
        assertThat(got()).isEqualTo("Ping 70");
        read("81 82 00000000 61");
        read("62 88 80 00000000");
        assertThat(got()).isEqualTo("Close ");
    }

    @Test
    void aMessageThatStopsIsLateAndOneThatIsNotReadIsNot() {
        read("82 ff 00000000000f3e58 00000000" + "61".repeat(1_000));
        assertThat(decoder.late(true, 0)).isFalse();
        for (int second = 5; second <= 600; second += 5) {
            assertThat(decoder.late(false, second * 1_000L)).isFalse();
        }
        assertThat(decoder.late(true, 605_000)).isFalse();
        for (int second = 610; second <= 625; second += 5) {
            read((byte) 'a');
            assertThat(decoder.late(true, second * 1_000L)).isFalse();
        }
        assertThat(decoder.late(true, 630_000)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"100, 16384", "1000000, 16384", "4194304, 65536", "67108864, 1048576", "2147483647, 33554431"})
    void howManyFragmentsAMessageMayHaveFollowsItsLength(int maxPayload, int fragments) {
        assertThat(PartialMessage.maxFragments(maxPayload)).isEqualTo(fragments);
    }
}
