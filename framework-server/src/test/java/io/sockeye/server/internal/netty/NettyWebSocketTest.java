package io.sockeye.server.internal.netty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.sockeye.bytes.Bytes;
import io.sockeye.engine.Framing;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.server.host.WebSocketChannel;
import io.sockeye.server.internal.netty.io.Faults;
import io.sockeye.server.internal.netty.websocket.FrameDecoder;
import io.sockeye.server.internal.netty.websocket.FrameEncoder;
import io.sockeye.server.internal.netty.websocket.MessageTooBigException;
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
    private final List<String> messages = new ArrayList<>();
    private final List<Long> held = new ArrayList<>();

    @BeforeEach
    void open() {
        channel.pipeline().addLast(decoder, socket);
        socket.listen(listener());
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

    private void endIfLate(long nowMillis) {
        List.copyOf(loop.receiving()).forEach(each -> each.endIfLate(nowMillis));
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

    @Test
    void tellsWhatItHoldsOfAMessageThatIsNotWhole() {
        channel.writeInbound(bytes("82 e4 00000000 0102"));
        assertThat(held).containsExactly(4L);
        assertThat(loop.receiving()).hasSize(1);
        channel.writeInbound(bytes("03"));
        channel.writeInbound(bytes("04"));
        channel.writeInbound(bytes("05"));
        assertThat(held).containsExactly(4L, 10L);
        channel.writeInbound(bytes("00".repeat(95)));
        assertThat(held).containsExactly(4L, 10L, 0L);
        assertThat(messages).containsExactly("0102030405" + "00".repeat(95));
        assertThat(loop.receiving()).isEmpty();
    }

    @Test
    void aMessageThatIsHandedOnOwnsItsBytesAndNoMore() {
        channel.writeInbound(bytes("02 82 00000000 0102 80 81 00000000 03"));
        assertThat(messages).containsExactly("010203");
        assertThat(held).isEmpty();
    }

    /** Whatever else it does: it may well answer pings. */
    @Test
    void aMessageThatComesTooSlowlyEndsTheConnection() {
        channel.writeInbound(bytes("02 82 00000000 0102"));
        for (int second = 0; second <= 20; second += 5) {
            channel.writeInbound(bytes("8a 80 00000000 00 81 00000000 03"));
            endIfLate(second * 1_000L);
        }
        assertThat(ends).isEmpty();
        endIfLate(25_000);
        assertThat(sent()).isEqualTo("880203f0");
        assertThat(ends).hasSize(1);
        assertThat(decoder.held()).isZero();
    }

    @Test
    void aChannelThatIsClosedHoldsNoMessage() {
        channel.writeInbound(bytes("82 e4 00000000 0102"));
        socket.close();
        assertThat(decoder.held()).isZero();
        channel.writeInbound(bytes("03"));
        assertThat(decoder.held()).isZero();
        assertThat(loop.receiving()).isEmpty();
    }

    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex.replace(" ", "")));
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
        broken.listen(listener());
        broken.write(List.of(EnginePacket.message(Bytes.ofUtf8("a"))));
        broken.write(List.of(EnginePacket.message(Bytes.ofUtf8("b"))));
        broken.write(List.of(EnginePacket.message(Bytes.ofUtf8("c"))));
        failing.runPendingTasks();
        assertThat(encodings).hasSize(2);
        assertThat(failing.isOpen()).isFalse();
        assertThat(ends).containsExactly(CloseReason.TRANSPORT_CLOSE);
        failing.finishAndReleaseAll();
    }

    private WebSocketChannel.Listener listener() {
        return new Listener(ends, messages, held);
    }

    private record Listener(List<CloseReason> ends, List<String> messages, List<Long> held)
            implements WebSocketChannel.Listener {
        @Override
        public void onMessage(Bytes data, boolean binary) {
            messages.add(ByteBufUtil.hexDump(data.toByteArray()));
        }

        @Override
        public void onHeld(long bytes) {
            held.add(bytes);
        }

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
