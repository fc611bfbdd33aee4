package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.CloseReason;
import io.sockeye.engine.EnginePacket;
import io.sockeye.engine.ServerSession;
import io.sockeye.engine.Transport;
import io.sockeye.engine.TransportKind;
import io.sockeye.server.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a connection keeps of what its client has sent: how much it is, and for how long. */
class KeptInputTest {
    private static final String SET = "452-[\"a\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]";
    /** What the objects of a socket count, and its auth, {}. */
    private static final int SOCKET = 1_026;

    private final List<Runnable> handlers = new ArrayList<>();
    private final ServerContext context =
            new ServerContext(SocketServer.builder(), HandlerExecutor.of(handlers::add, Runnable::run));
    private final HandLoop loop = new HandLoop();
    private final Shard shard = new Shard(loop, context, context.namespaces());
    private final Recorder transport = new Recorder();

    KeptInputTest() {
        context.namespaces().getOrCreate("/");
        context.start(List.of(shard));
        shard.start();
    }

    private ServerSession open(String... headers) {
        var request = new HttpRequest(
                "GET", "/socket.io/?EIO=4&transport=websocket", List.of(headers), "192.0.2.1", false, Bytes.EMPTY);
        return shard.open(transport, request);
    }

    private ServerSession join() {
        var session = open();
        receive(session, "40");
        return session;
    }

    private void receive(ServerSession session, String packet) {
        session.receiveFrame(transport, Bytes.ofUtf8(packet), false, loop.nowMillis());
    }

    private void receive(ServerSession session, int bytes) {
        session.receiveFrame(transport, Bytes.wrap(new byte[bytes]), true, loop.nowMillis());
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            loop.pass(Duration.ofSeconds(1));
        }
    }

    private long held() {
        return context.memory().in().heldBytes();
    }

    private void runHandlers() {
        while (!handlers.isEmpty()) {
            handlers.remove(0).run();
        }
    }

    @Test
    void attachmentsThatDoNotFollowEndTheConnection() {
        var session = join();
        receive(session, SET);
        pass(24);
        assertThat(session.isOpen()).isTrue();
        pass(2);
        assertThat(session.isOpen()).isFalse();
        assertThat(transport.closed).isTrue();
    }

    @Test
    void attachmentsThatStopEndTheConnectionHoweverMuchHasCome() {
        var session = join();
        receive(session, SET);
        pass(10);
        receive(session, 900_000);
        assertThat(held()).isGreaterThan(900_000);
        pass(24);
        assertThat(session.isOpen()).isTrue();
        receive(session, "3");
        pass(7);
        assertThat(session.isOpen()).isFalse();
        runHandlers();
        assertThat(held()).isZero();
    }

    @Test
    void attachmentsThatComeHaveTheWholeTime() {
        var session = join();
        receive(session, SET);
        session.receiving(transport, 10_000);
        pass(24);
        receive(session, "3");
        pass(20);
        assertThat(session.isOpen()).isTrue();
        pass(1);
        assertThat(session.isOpen()).isFalse();
    }

    @Test
    void nobodyIsLateWhoIsNotRead() {
        var session = join();
        receive(session, SET);
        session.reading(false, loop.nowMillis());
        pass(100);
        session.reading(true, loop.nowMillis());
        assertThat(session.isOpen()).isTrue();
        receive(session, 1);
        pass(10);
        receive(session, 1);
        assertThat(session.isOpen()).isTrue();
    }

    @Test
    void theNextSetHasItsOwnTime() {
        var session = join();
        for (int i = 0; i < 3; i++) {
            receive(session, SET);
            pass(14);
            receive(session, 1);
            receive(session, 1);
            receive(session, "3");
        }
        assertThat(session.isOpen()).isTrue();
    }

    @Test
    void aLongRequestIsChargedAsLongAsASocketHasIt() {
        var session = open("Cookie", "x".repeat(10_000));
        int head = 37 + 48 + 6 + 48 + 10_000 - 2_048;
        assertThat(held()).isEqualTo(head);
        receive(session, "40");
        assertThat(held()).isEqualTo(head + SOCKET);
        session.abort(CloseReason.TRANSPORT_CLOSE);
        assertThat(held()).isEqualTo(head + SOCKET); // Until its handlers are through.
        runHandlers();
        assertThat(held()).isZero();
    }

    @Test
    void aLongRequestWithoutASocketGoesWithItsConnection() {
        var session = open("Cookie", "x".repeat(10_000));
        assertThat(shard.connections().iterator().next().holdings().inBytes()).isGreaterThan(8_000);
        session.abort(CloseReason.TRANSPORT_CLOSE);
        assertThat(held()).isZero();
    }

    private static final class Recorder implements Transport {
        private final List<String> sent = new ArrayList<>();
        private boolean closed;

        @Override
        public TransportKind kind() {
            return TransportKind.WEBSOCKET;
        }

        @Override
        public boolean writable() {
            return true;
        }

        @Override
        public boolean flushed() {
            return true;
        }

        @Override
        public void write(List<EnginePacket> packets) {
            packets.forEach(packet -> sent.add(
                    framing().frame(packet).head().utf8() + packet.data().utf8()));
        }

        @Override
        public void reading(boolean wanted) {}

        @Override
        public void close() {
            closed = true;
        }
    }
}
