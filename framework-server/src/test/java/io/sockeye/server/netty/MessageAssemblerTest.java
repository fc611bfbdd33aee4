package io.sockeye.server.netty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageAssemblerTest {
    private final EmbeddedChannel channel = new EmbeddedChannel(new MessageAssembler(1_000_000));
    private final List<ByteBuf> sent = new ArrayList<>();

    @AfterEach
    void nothingIsHeldAfterTheEnd() {
        channel.finishAndReleaseAll();
        assertThat(sent).allMatch(buffer -> buffer.refCnt() == 0);
    }

    private ByteBuf buffer(String text) {
        var buffer = Unpooled.copiedBuffer(text, UTF_8);
        sent.add(buffer);
        return buffer;
    }

    @Test
    void joinsFragmentsAndLetsPingsPass() {
        channel.writeInbound(new TextWebSocketFrame(false, 4, buffer("a")));
        channel.writeInbound(new ContinuationWebSocketFrame(false, 0, buffer("")));
        channel.writeInbound(new PingWebSocketFrame(buffer("p")));
        channel.writeInbound(new ContinuationWebSocketFrame(true, 0, buffer("bc")));
        PingWebSocketFrame ping = channel.readInbound();
        ping.release();
        TextWebSocketFrame text = channel.readInbound();
        assertThat(text.text()).isEqualTo("abc");
        assertThat(text.rsv()).isEqualTo(4);
        assertThat(text.isFinalFragment()).isTrue();
        text.release();
    }

    @Test
    void aLongMessageInShortFragmentsIsWhole() {
        channel.writeInbound(new BinaryWebSocketFrame(false, 0, buffer("")));
        for (int i = 0; i < 10_000; i++) {
            channel.writeInbound(new ContinuationWebSocketFrame(i == 9_999, 0, buffer("x".repeat(i % 100))));
        }
        BinaryWebSocketFrame message = channel.readInbound();
        assertThat(message.content().toString(UTF_8)).isEqualTo("x".repeat(495_000));
        message.release();
    }

    @Test
    void nothingFollowsAFault() {
        channel.writeInbound(new TextWebSocketFrame(false, 0, buffer("a")));
        for (int i = 2; i <= 16_384; i++) {
            channel.writeInbound(new ContinuationWebSocketFrame(false, 0, buffer("b")));
        }
        assertThatThrownBy(() -> channel.writeInbound(new ContinuationWebSocketFrame(true, 0, buffer("b"))))
                .isInstanceOfSatisfying(
                        CorruptedWebSocketFrameException.class,
                        violation -> assertThat(violation.closeStatus().code()).isEqualTo(1008))
                .hasMessage("fragments: more than 16384");
        channel.writeInbound(new TextWebSocketFrame(true, 0, buffer("c")));
        assertThat(channel.<WebSocketFrame>readInbound()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"100, 16384", "1000000, 16384", "4194304, 65536", "67108864, 1048576", "2147483647, 33554431"})
    void howManyFragmentsAMessageMayHaveFollowsItsLength(int maxPayload, int fragments) {
        assertThat(MessageAssembler.maxFragments(maxPayload)).isEqualTo(fragments);
    }
}
