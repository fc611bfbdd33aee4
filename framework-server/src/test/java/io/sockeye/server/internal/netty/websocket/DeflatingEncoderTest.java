package io.sockeye.server.internal.netty.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.sockeye.bytes.Bytes;
import io.sockeye.engine.Framing;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.server.http.PerMessageDeflate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeflatingEncoderTest {
    private static final UnpooledByteBufAllocator ALLOCATOR = new UnpooledByteBufAllocator(true);

    private final DeflatingEncoder encoder =
            new DeflatingEncoder(Framing.revision4(), PerMessageDeflate.DEFAULT.threshold(20), false);
    private final DeflatingEncoder chained =
            new DeflatingEncoder(Framing.revision4(), PerMessageDeflate.DEFAULT.threshold(1), true);

    @AfterEach
    void end() {
        encoder.connectionGone();
        chained.connectionGone();
        assertThat(ALLOCATOR.metric().usedDirectMemory()).isZero();
    }

    @Test
    void compressesFromTheThresholdOn() {
        assertThat(hex(encoder, message("x".repeat(18)))).isEqualTo("8113" + "34" + "78".repeat(18));
        assertThat(hex(encoder, message("x".repeat(19)))).startsWith("c1").hasSizeLessThan(30);
        assertThat(hex(encoder, EnginePacket.binaryMessage(Bytes.wrap(new byte[20]))))
                .startsWith("c2");
        assertThat(hex(encoder, EnginePacket.PING)).isEqualTo("810132");
    }

    /** What is counted is the length of the frames. */
    @Test
    void theBufferHasTheLengthOfTheFrames() {
        var noise = new byte[40_000];
        new Random(1).nextBytes(noise);
        var packets = List.of(
                message("x".repeat(18)),
                EnginePacket.binaryMessage(Bytes.wrap(noise)),
                message("x".repeat(1_000)),
                message("x".repeat(100_000)));
        for (var each : List.of(encoder, chained)) {
            var frames = each.frames(packets, ALLOCATOR);
            assertThat(frames.capacity()).isEqualTo(frames.readableBytes());
            frames.release();
        }
    }

    @Test
    void leavesAPacketAloneThatSaysSo() {
        var packet = message("x".repeat(30));
        assertThat(hex(encoder, packet.uncompressed(), packet))
                .startsWith("811f" + "34" + "78".repeat(30) + "c1")
                .hasSizeLessThan(100);
    }

    @Test
    void theTypeOfABinaryMessageOfRevision3IsCompressedToo() throws DataFormatException {
        var revision3 = new DeflatingEncoder(Framing.revision3(false), PerMessageDeflate.DEFAULT.threshold(1), false);
        var frame = hex(revision3, EnginePacket.binaryMessage(Bytes.ofUtf8("x".repeat(100))));
        assertThat(frame).startsWith("c2");
        assertThat(inflate(new Inflater(true), frame)).isEqualTo("\u0004" + "x".repeat(100));
        revision3.connectionGone();
    }

    @Test
    void sendsNothingThatWouldBeLonger() {
        var noise = new byte[500];
        new Random(1).nextBytes(noise);
        assertThat(hex(encoder, EnginePacket.binaryMessage(Bytes.wrap(noise)))).startsWith("827e01f4");
    }

    @Test
    void eachMessageStandsForItself() throws DataFormatException {
        var first = hex(encoder, message("x".repeat(50)));
        var second = hex(encoder, message("x".repeat(50)));
        assertThat(second).isEqualTo(first);
        assertThat(inflate(new Inflater(true), second)).isEqualTo("4" + "x".repeat(50));
    }

    @Test
    void messagesMayBuildOnEachOther() throws DataFormatException {
        var inflater = new Inflater(true);
        var text = "a text without much repetition: 0123456789";
        var lengths = new ArrayList<Integer>();
        for (int i = 0; i < 3; i++) {
            var frame = hex(chained, message(text));
            lengths.add(frame.length());
            assertThat(inflate(inflater, frame)).isEqualTo("4" + text);
        }
        assertThat(lengths.get(1)).isLessThan(lengths.get(0) / 2);
    }

    @Test
    void anEmptyMessageIsNotCompressed() {
        assertThat(hex(chained, EnginePacket.binaryMessage(Bytes.EMPTY))).isEqualTo("8200");
    }

    /** Lengths at which the deflater's output fills its buffer exactly are among them. */
    @Test
    void takesEveryLength() throws DataFormatException {
        var random = new Random(2);
        for (int length = 8150; length < 8250; length++) {
            var noise = new byte[length];
            random.nextBytes(noise);
            var frame = HexFormat.of().parseHex(hex(chained, EnginePacket.binaryMessage(Bytes.wrap(noise))));
            assertThat(frame[0]).isEqualTo((byte) 0xc2);
        }
        var inflater = new Inflater(true);
        var fresh = new DeflatingEncoder(Framing.revision4(), PerMessageDeflate.DEFAULT.threshold(1), true);
        for (int length = 8150; length < 8250; length++) {
            var noise = new byte[length];
            random.nextBytes(noise);
            var text = HexFormat.of().formatHex(noise);
            assertThat(inflate(inflater, hex(fresh, message(text)))).isEqualTo("4" + text);
        }
        fresh.connectionGone();
    }

    private static EnginePacket message(String text) {
        return EnginePacket.message(Bytes.ofUtf8(text));
    }

    private static String hex(FrameEncoder encoder, EnginePacket... packets) {
        var frames = encoder.frames(List.of(packets), ALLOCATOR);
        try {
            return ByteBufUtil.hexDump(frames);
        } finally {
            frames.release();
        }
    }

    private static String inflate(Inflater inflater, String frame) throws DataFormatException {
        var bytes = HexFormat.of().parseHex(frame);
        int header = bytes[1] < 126 ? 2 : 4;
        var deflated = HexFormat.of().parseHex(frame.substring(2 * header) + "0000ffff");
        inflater.setInput(deflated);
        var out = new byte[100_000];
        return new String(out, 0, inflater.inflate(out), UTF_8);
    }
}
