package io.sockeye.server.netty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.sockeye.bytes.Bytes;
import io.sockeye.engine.CloseReason;
import io.sockeye.engine.EnginePacket;
import io.sockeye.engine.Framing;
import io.sockeye.server.engine.WebSocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NettyWebSocketTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final NettyLoop loop = new NettyLoop(0, channel.eventLoop());
    private final FrameDecoder decoder = new FrameDecoder(100, false);
    private final NettyWebSocket socket = new NettyWebSocket(loop, loop.frames(Framing.revision4()), decoder);
    private final List<CloseReason> ends = new ArrayList<>();

    @BeforeEach
    void open() {
        channel.pipeline().addLast(socket);
        socket.listen(new Listener(ends));
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private String sent() {
        ByteBuf buffer = channel.readOutbound();
        try {
            return ByteBufUtil.hexDump(buffer);
        } finally {
            buffer.release();
        }
    }

    private static PingWebSocketFrame ping(String text) {
        return new PingWebSocketFrame(Unpooled.copiedBuffer(text, UTF_8));
    }

    @Test
    void thePongsOfATurnLeaveTogether() {
        var pings = new Object[10_000];
        for (int i = 0; i < pings.length; i++) {
            pings[i] = ping(i % 2 == 0 ? "" : "p");
        }
        channel.writeInbound(pings);
        assertThat(sent()).isEqualTo("8a008a0170".repeat(5_000));
        assertThat(channel.<Object>readOutbound()).isNull();
        channel.writeInbound(ping("later"));
        assertThat(sent()).isEqualTo("8a056c61746572");
    }

    @Test
    void messagesDoNotOvertakePongs() {
        channel.pipeline().fireChannelRead(ping("p"));
        socket.write(List.of(EnginePacket.message(Bytes.ofUtf8("a"))));
        channel.pipeline().fireChannelRead(ping("q"));
        channel.runPendingTasks();
        assertThat(sent() + " " + sent() + " " + sent()).isEqualTo("8a0170 81023461 8a0171");
    }

    @Test
    void pongsThatCannotLeaveAreReleased() {
        var ping = ping("p");
        channel.pipeline().fireChannelRead(ping);
        assertThat(ping.refCnt()).isZero();
        channel.pipeline().remove(socket);
        channel.runPendingTasks();
        assertThat(channel.<Object>readOutbound()).isNull();
    }

    @Test
    void saysGoodbyeByAnEmptyCloseFrame() {
        socket.write(List.of(EnginePacket.message(Bytes.ofUtf8("a"))));
        socket.close();
        assertThat(sent() + " " + sent()).isEqualTo("81023461 8800");
    }

    @Test
    void waitsForThePeersGoodbye() {
        socket.close();
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void hangsUpOnceItsGoodbyeHasLeft() {
        socket.write(List.of(EnginePacket.message(Bytes.ofUtf8("a"))));
        socket.close();
        socket.hangUp();
        assertThat(sent() + " " + sent()).isEqualTo("81023461 8800");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void hangsUpWhereThePeerDoesNotRead() {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        socket.close();
        socket.hangUp();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void answersACloseFrameByItsOwnBody() {
        channel.writeInbound(new CloseWebSocketFrame(1001, "bye"));
        assertThat(sent()).isEqualTo("880503e9627965");
        assertThat(channel.isOpen()).isFalse();
        assertThat(ends).containsExactly(CloseReason.TRANSPORT_CLOSE);
    }

    @Test
    void tellsWhichRuleWasBrokenByItsCodeAlone() {
        channel.pipeline().fireExceptionCaught(Faults.violation("opcode 3: reserved"));
        assertThat(sent()).isEqualTo("880203ea");
    }

    @Test
    void tellsThatAMessageIsTooLong() {
        channel.pipeline().fireExceptionCaught(new MessageTooBigException(11, 10));
        assertThat(sent()).isEqualTo("880203f1");
    }

    /** What follows would be sent as if nothing was missing. */
    @Test
    void aMessageThatCannotBeEncodedEndsTheConnection() {
        var failing = new EmbeddedChannel();
        var alone = new NettyLoop(0, failing.eventLoop());
        var encodings = new ArrayList<List<EnginePacket>>();
        FrameEncoder encoder = (packets, allocator) -> {
            encodings.add(packets);
            if (encodings.size() > 1) {
                throw new OutOfMemoryError("of the test");
            }
            return Unpooled.EMPTY_BUFFER;
        };
        var broken = new NettyWebSocket(alone, encoder, decoder);
        failing.pipeline().addLast(broken);
        broken.listen(new Listener(ends));
        broken.write(List.of(EnginePacket.message(Bytes.ofUtf8("a"))));
        broken.write(List.of(EnginePacket.message(Bytes.ofUtf8("b"))));
        broken.write(List.of(EnginePacket.message(Bytes.ofUtf8("c"))));
        failing.runPendingTasks();
        assertThat(encodings).hasSize(2);
        assertThat(failing.isOpen()).isFalse();
        assertThat(ends).containsExactly(CloseReason.TRANSPORT_CLOSE);
        failing.finishAndReleaseAll();
    }

    private record Listener(List<CloseReason> ends) implements WebSocketChannel.Listener {
        @Override
        public void onMessage(Bytes data, boolean binary) {}

        @Override
        public void onTooLong(long bytes) {}

        @Override
        public void onWritable() {}

        @Override
        public void onClosed(CloseReason reason) {
            ends.add(reason);
        }
    }
}
