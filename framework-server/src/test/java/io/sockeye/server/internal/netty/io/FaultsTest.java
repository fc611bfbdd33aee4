package io.sockeye.server.internal.netty.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.sockeye.server.internal.netty.websocket.MessageTooBigException;
import java.io.IOException;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class FaultsTest {
    /** What reaches the handler behind a decoder that throws this. */
    private static Throwable behindADecoder(Exception thrown) {
        var caught = new Throwable[1];
        var decoder = new ByteToMessageDecoder() {
            @Override
            protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
                in.skipBytes(in.readableBytes());
                throw thrown;
            }
        };
        var channel = new EmbeddedChannel(decoder, new ChannelInboundHandlerAdapter() {
            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                caught[0] = cause;
            }
        });
        channel.writeInbound(Unpooled.copyInt(1));
        channel.finishAndReleaseAll();
        return caught[0];
    }

    @Test
    void aBugInADecoderIsNoFaultOfThePeer() {
        for (var bug : List.of(new IllegalArgumentException("method"), new IndexOutOfBoundsException("5"))) {
            assertThat(Faults.isPeers(behindADecoder(bug))).as(bug.toString()).isFalse();
            assertThat(Faults.isPeers(bug)).as(bug.toString()).isFalse();
        }
    }

    @Test
    void bytesThatAreWrongAreThePeersFault() {
        for (var fault : List.of(
                new SSLHandshakeException("no cipher"),
                new IOException("reset"),
                new TooLongFrameException("long"),
                new CorruptedFrameException("length"),
                new DecoderException("wrong"),
                new DecoderException(new TooLongFrameException("long")),
                new MessageTooBigException(2, 1),
                Faults.violation("mask"))) {
            assertThat(Faults.isPeers(behindADecoder(fault)))
                    .as(fault.toString())
                    .isTrue();
        }
    }
}
