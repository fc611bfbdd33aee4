package io.sockeye.server.internal.netty.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.sockeye.bytes.Bytes;
import io.sockeye.engine.Framing;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.server.http.HttpHeaders;
import io.sockeye.server.http.PerMessageDeflate;
import io.sockeye.server.internal.netty.http.Responses;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What encoders do with their buffer when memory runs out. */
class EncoderLeakTest {
    private static final List<EnginePacket> PACKETS =
            List.of(EnginePacket.PING, EnginePacket.message(Bytes.ofUtf8("x".repeat(100))));

    private final FullMemory memory = new FullMemory();

    @Test
    void plainFramesAreReleased() {
        fails(new PlainEncoder(Framing.revision4()));
    }

    @Test
    void deflatedFramesAreReleased() {
        for (int threshold : new int[] {1, 1_000}) {
            var settings = PerMessageDeflate.DEFAULT.threshold(threshold);
            var encoder = new DeflatingEncoder(Framing.revision4(), settings, false);
            fails(encoder);
            encoder.connectionGone();
        }
    }

    @Test
    void answersAreReleased() {
        var request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
        var content = List.of(Bytes.ofUtf8("123456"));
        assertThatThrownBy(() -> Responses.whole(200, HttpHeaders.NONE, content, request, memory))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(memory.made).isNotEmpty().allMatch(buffer -> buffer.refCnt() == 0);
    }

    private void fails(FrameEncoder encoder) {
        assertThatThrownBy(() -> encoder.frames(PACKETS, memory)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(memory.made).isNotEmpty().allMatch(buffer -> buffer.refCnt() == 0);
    }

    /** Hands out buffers that cannot grow beyond five bytes. */
    private static final class FullMemory extends AbstractByteBufAllocator {
        private final List<ByteBuf> made = new ArrayList<>();

        @Override
        protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
            var buffer = Unpooled.buffer(Math.min(5, initialCapacity), 5);
            made.add(buffer);
            return buffer;
        }

        @Override
        protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
            return newHeapBuffer(initialCapacity, maxCapacity);
        }

        @Override
        public boolean isDirectBufferPooled() {
            return false;
        }
    }
}
