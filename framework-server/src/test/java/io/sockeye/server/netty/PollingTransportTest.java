package io.sockeye.server.netty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpVersion;
import io.sockeye.bytes.Bytes;
import io.sockeye.engine.CloseReason;
import io.sockeye.engine.EnginePacket;
import io.sockeye.engine.EngineSettings;
import io.sockeye.engine.Framing;
import io.sockeye.engine.ServerSession;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A poll that waits hears of whatever goes wrong. */
class PollingTransportTest {
    private static final List<EnginePacket> MESSAGE = List.of(EnginePacket.message(Bytes.ofUtf8("a")));

    private final EmbeddedChannel channel =
            new EmbeddedChannel(new HttpResponseEncoder(), new ChannelInboundHandlerAdapter());
    private final NettyLoop loop = new NettyLoop(0, channel.eventLoop());
    private final FailingFormat format = new FailingFormat();
    private final PollingTransport transport = new PollingTransport(loop, format, poll(), 100);
    private final ServerSession session = open();

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private ServerSession open() {
        var opened = new ServerSession("sid", EngineSettings.DEFAULT, transport, new SilentListener(), 0);
        transport.attach(opened);
        channel.runPendingTasks();
        assertThat(sent()).startsWith("HTTP/1.1 200 OK").contains("\r\n\r\n0{\"sid\":\"sid\"");
        return opened;
    }

    @SuppressWarnings("NullAway") // The connection is there to be told; it routes nothing.
    private Exchange poll() {
        var head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/socket.io/");
        var connection = new HttpConnection(null, null);
        connection.enter(loop);
        return new Exchange(connection, channel.pipeline().lastContext(), head);
    }

    private String sent() {
        var text = new StringBuilder();
        for (ByteBuf buffer = channel.readOutbound(); buffer != null; buffer = channel.readOutbound()) {
            text.append(buffer.toString(US_ASCII));
            buffer.release();
        }
        return text.toString();
    }

    @Test
    void anAnswerThatCannotBeWrittenIsAFaultOfTheServer() {
        transport.handle(poll());
        format.fault = new OutOfMemoryError("of the test");
        session.send(MESSAGE);
        channel.runPendingTasks();
        assertThat(sent()).startsWith("HTTP/1.1 500 ").contains("connection: close\r\n");
        assertThat(session.isOpen()).isFalse();
    }

    @Test
    void soIsTheLastOne() {
        transport.handle(poll());
        format.fault = new IllegalStateException("of the test");
        session.abort(CloseReason.FORCED_CLOSE);
        assertThat(sent()).startsWith("HTTP/1.1 500 ");
    }

    @Test
    void anAnswerWhoseHeadersCannotBeMadeEndsTheConnection() {
        var poll = poll();
        poll.addHeader("X-Bad", "a\r\nb");
        transport.handle(poll);
        session.send(MESSAGE);
        channel.runPendingTasks();
        assertThat(sent()).isEmpty();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aHandshakeWhoseSessionWasNeverMadeEndsInSilence() {
        var poll = poll();
        var unattached = new PollingTransport(loop, format, poll, 100);
        poll.abort();
        assertThat(unattached.writable()).isFalse();
    }

    private static final class FailingFormat implements PollFormat {
        private Throwable fault = new Throwable();

        @Override
        public Framing framing() {
            return Framing.revision4();
        }

        @Override
        public Answer answer(List<EnginePacket> packets) {
            if (fault instanceof Error error) {
                throw error;
            }
            if (fault instanceof RuntimeException exception) {
                throw exception;
            }
            return new PlainFormat(framing()).answer(packets);
        }

        @Override
        public Bytes payload(Bytes body) {
            return body;
        }
    }
}
