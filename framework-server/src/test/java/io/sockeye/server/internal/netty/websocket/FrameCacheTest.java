package io.sockeye.server.internal.netty.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.sockeye.bytes.Bytes;
import io.sockeye.engine.Framing;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.server.internal.netty.NettyLoop;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameCacheTest {
    private static final UnpooledByteBufAllocator ALLOCATOR = new UnpooledByteBufAllocator(true);

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final FrameCache cache = new FrameCache(channel.eventLoop(), Framing.revision4());

    @AfterEach
    void closeChannel() {
        cache.clear();
        channel.finishAndReleaseAll();
        assertThat(ALLOCATOR.metric().usedDirectMemory()).isZero();
    }

    @Test
    void framesOfSeveralPacketsFollowEachOther() {
        var packets = List.of(
                EnginePacket.PING,
                EnginePacket.message(Bytes.ofUtf8("hé")),
                EnginePacket.binaryMessage(Bytes.wrap(new byte[] {1, 2, 3})),
                EnginePacket.binaryMessage(Bytes.EMPTY));
        assertThat(hex(packets)).isEqualTo("81 01 32  81 04 34 68 c3 a9  82 03 01 02 03  82 00".replace(" ", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "124, 817d",
        "125, 817e007e",
        "126, 817e007f",
        "65534, 817effff",
        "65535, 817f0000000000010000",
        "65536, 817f0000000000010001"
    })
    void theTypeDigitCountsInTheLengthOfAText(int length, String header) {
        var hex = hex(List.of(EnginePacket.message(Bytes.wrap(new byte[length]))));
        assertThat(hex).startsWith(header + "34").hasSize(header.length() + 2 + 2 * length);
    }

    @ParameterizedTest
    @CsvSource({
        "125, 827d",
        "126, 827e007e",
        "65535, 827effff",
        "65536, 827f0000000000010000",
    })
    void aBinaryMessageHasNoType(int length, String header) {
        var hex = hex(List.of(EnginePacket.binaryMessage(Bytes.wrap(new byte[length]))));
        assertThat(hex).startsWith(header).hasSize(header.length() + 2 * length);
    }

    @Test
    void theSameListIsEncodedOnce() {
        var packets = List.of(EnginePacket.message(Bytes.ofUtf8("a")));
        var first = cache.frames(packets, ALLOCATOR);
        var second = cache.frames(packets, ALLOCATOR);
        assertThat(second.memoryAddress()).isEqualTo(first.memoryAddress());
        first.readByte();
        assertThat(second.readableBytes()).isEqualTo(4);
        first.release();
        second.release();
    }

    @Test
    void anEqualListIsAnotherOne() {
        var first = cache.frames(List.of(EnginePacket.message(Bytes.ofUtf8("a"))), ALLOCATOR);
        var second = cache.frames(List.of(EnginePacket.message(Bytes.ofUtf8("a"))), ALLOCATOR);
        assertThat(second.memoryAddress()).isNotEqualTo(first.memoryAddress());
        assertThat(second).isEqualTo(first);
        first.release();
        second.release();
    }

    @Test
    void nobodyCanWriteBehindWhatIsEverybodys() {
        var frames = cache.frames(List.of(EnginePacket.message(Bytes.ofUtf8("a"))), ALLOCATOR);
        assertThat(frames.maxWritableBytes()).isZero();
        frames.release();
    }

    @Test
    void framesOutliveTheCache() {
        var packets = List.of(EnginePacket.message(Bytes.ofUtf8("a")));
        ByteBuf frames = cache.frames(packets, ALLOCATOR);
        cache.clear();
        cache.clear();
        assertThat(ByteBufUtil.hexDump(frames)).isEqualTo("81023461");
        frames.release();
    }

    @ParameterizedTest
    @CsvSource({"false, 81 02 34 61 82 04 04 01 02 03", "true, 81 02 34 61 81 06 62 34 41 51 49 44"})
    void framesOfRevision3HaveAnotherForm(boolean base64, String expected) {
        var loop = new NettyLoop(0, channel.eventLoop());
        var packets = List.of(
                EnginePacket.message(Bytes.ofUtf8("a")), EnginePacket.binaryMessage(Bytes.wrap(new byte[] {1, 2, 3})));
        for (int i = 0; i < 2; i++) {
            var latest = loop.frames(Framing.revision4()).frames(packets, ALLOCATOR);
            var old = loop.frames(Framing.revision3(base64)).frames(packets, ALLOCATOR);
            assertThat(ByteBufUtil.hexDump(latest)).isEqualTo("810234618203010203");
            assertThat(ByteBufUtil.hexDump(old)).isEqualTo(expected.replace(" ", ""));
            latest.release();
            old.release();
        }
        loop.frames(Framing.revision4()).clear();
        loop.frames(Framing.revision3(base64)).clear();
    }

    private String hex(List<EnginePacket> packets) {
        var frames = cache.frames(packets, ALLOCATOR);
        try {
            return HexFormat.of().formatHex(ByteBufUtil.getBytes(frames));
        } finally {
            frames.release();
        }
    }
}
