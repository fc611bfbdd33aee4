package io.sockeye.server.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.EngineSettings;
import io.sockeye.engine.Framing;
import io.sockeye.engine.session.ServerSession;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.server.host.Exchange;
import io.sockeye.server.host.Loop;
import io.sockeye.server.http.HttpRequest;
import io.sockeye.server.http.ProxyTrust;
import io.sockeye.server.internal.http.Call;
import io.sockeye.server.internal.http.PayloadHint;
import io.sockeye.server.internal.http.PollFormat;
import io.sockeye.server.internal.http.Proxies;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A poll that waits hears of whatever goes wrong. */
class PollingTransportTest {
    private static final List<EnginePacket> MESSAGE = List.of(EnginePacket.message(Bytes.ofUtf8("a")));

    private final MemoryHost host = new MemoryHost(1);
    private final Loop loop = host.loops().get(0);
    private final FailingFormat format = new FailingFormat();
    private final MemoryExchange handshake = exchange();
    private final PollingTransport transport;
    private final ServerSession session;

    PollingTransportTest() throws Exception {
        transport = onLoop(() -> new PollingTransport(loop, format, call(handshake), 100));
        session = onLoop(() -> {
            var opened = new ServerSession("sid", EngineSettings.DEFAULT, transport, message -> {}, 0);
            transport.attach(opened);
            return opened;
        });
        assertThat(handshake.answer().body()).startsWith("0{\"sid\":\"sid\"");
    }

    private <T> T onLoop(Supplier<T> action) throws Exception {
        return CompletableFuture.supplyAsync(action, loop).get(20, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() {
        host.loops().forEach(MemoryLoop::end);
    }

    private MemoryExchange exchange() {
        return new MemoryExchange(
                host, loop, new HttpRequest("GET", "/socket.io/", List.of(), "192.0.2.1", false, Bytes.EMPTY));
    }

    private static Call call(Exchange exchange) {
        return new Call(exchange, new Proxies(ProxyTrust.NONE), new PayloadHint(1_000_000), (error, where) -> {});
    }

    @Test
    void anAnswerThatCannotBeWrittenIsAFaultOfTheServer() throws Exception {
        var poll = exchange();
        format.fault = new OutOfMemoryError("of the test");
        loop.execute(() -> {
            transport.handle(call(poll));
            session.send(MESSAGE);
        });
        assertThat(poll.answer().status()).isEqualTo(500);
        assertThat(poll.answer().headers().first("Connection")).contains("close");
        assertThat(onLoop(session::isOpen)).isFalse();
    }

    @Test
    void soIsTheLastOne() throws Exception {
        var poll = exchange();
        format.fault = new IllegalStateException("of the test");
        loop.execute(() -> {
            transport.handle(call(poll));
            session.abort(CloseReason.FORCED_CLOSE);
        });
        assertThat(poll.answer().status()).isEqualTo(500);
    }

    @Test
    void anAnswerWhoseHeadersCannotBeMadeEndsTheConnection() {
        var poll = exchange();
        loop.execute(() -> {
            var call = call(poll);
            call.addHeader("X-Bad", "a\r\nb");
            transport.handle(call);
            session.send(MESSAGE);
        });
        assertThatThrownBy(poll::answer).hasRootCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHandshakeWhoseSessionWasNeverMadeEndsInSilence() throws Exception {
        var poll = exchange();
        var unattached = onLoop(() -> new PollingTransport(loop, format, call(poll), 100));
        poll.leave();
        assertThat(onLoop(unattached::writable)).isFalse();
        assertThat(poll.isAnswered()).isFalse();
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
