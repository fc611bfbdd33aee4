package io.sockeye.client.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.client.internal.transport.TransportFailure;
import io.sockeye.client.internal.transport.TransportOwner;
import io.sockeye.engine.Transport;
import io.sockeye.protocol.CloseReason;
import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A WebSocket of an HTTP client that may not tell its end, second by second. */
class EndProbeTest {
    private final Owner owner = new Owner();
    private final Connection connection = new Connection();
    private final WebSocketTransport transport = new WebSocketTransport(owner, 1_000, true);
    private final WebSocket.Listener listener = transport.listener();

    @BeforeEach
    void open() {
        transport.start(CompletableFuture.completedFuture(connection));
        owner.run();
    }

    private void receive(String text) {
        listener.onText(connection, text, true);
        owner.run();
    }

    private void pong() {
        listener.onPong(connection, ByteBuffer.allocate(0));
        owner.run();
    }

    @Test
    void aConnectionThatEndedBehindAMessageIsFoundAtItsThirdPing() {
        receive("4a");
        owner.pass(1);
        assertThat(connection.pings).isEmpty();
        owner.pass(1);
        connection.sent();
        owner.pass(1);
        connection.sent();
        assertThat(owner.events).containsExactly("4a");
        owner.pass(1);
        connection.fail();
        owner.run();
        assertThat(owner.events).containsExactly("4a", "TRANSPORT_CLOSE: the connection has ended");
        assertThat(connection.aborted).isTrue();
        owner.pass(10);
        assertThat(connection.pings).hasSize(3);
    }

    /** As a server that answers does, so many seconds after the last thing that came. */
    private void pingAndPong(int afterSeconds) {
        int before = connection.pings.size();
        owner.pass(afterSeconds - 1);
        assertThat(connection.pings).hasSize(before);
        owner.pass(1);
        assertThat(connection.pings).hasSize(before + 1);
        connection.sent();
        pong();
    }

    @Test
    void behindPongsPingsBecomeFewer() {
        receive("4a");
        for (int pause : new int[] {2, 2, 4, 8, 16, 16, 16}) {
            pingAndPong(pause);
        }
        receive("4b");
        pingAndPong(2);
        pingAndPong(2);
        transport.close();
        owner.pass(16);
        assertThat(owner.tasksLeft()).isZero();
    }

    @Test
    void aConnectionThatEndedBehindAPongIsFoundToo() {
        receive("4a");
        pingAndPong(2);
        pingAndPong(2);
        owner.pass(4);
        connection.sent();
        owner.pass(1);
        connection.sent();
        owner.pass(1);
        connection.fail();
        owner.run();
        assertThat(owner.events).containsExactly("4a", "TRANSPORT_CLOSE: the connection has ended");
    }

    @Test
    void anEndBehindAMessageIsLookedForAtOnceHoweverLongThePauseWas() {
        receive("4a");
        for (int pause : new int[] {2, 2, 4, 8}) {
            pingAndPong(pause);
        }
        owner.pass(3);
        receive("4b");
        pingAndPong(2);
    }

    @Test
    void behindAPingOfTheServersAnEndIsLookedForAsWell() {
        listener.onPing(connection, ByteBuffer.allocate(0));
        owner.run();
        pingAndPong(2);
    }

    @Test
    void aServerThatAnswersNoPingsIsLeftAlone() {
        receive("4a");
        for (int second = 0; second < 100; second++) {
            owner.pass(1);
            connection.sent();
        }
        assertThat(connection.pings).hasSize(EndProbe.MAX_PINGS);
        assertThat(owner.events).containsExactly("4a");
        assertThat(owner.tasksLeft()).isZero();
    }

    @Test
    void aBusyConnectionIsNotAsked() {
        for (int second = 0; second < 100; second++) {
            receive("4a");
            owner.pass(1);
        }
        assertThat(connection.pings).isEmpty();
    }

    @Test
    void aPingThatCannotLeaveIsFollowedByNoOther() {
        receive("4a");
        owner.pass(20);
        assertThat(connection.pings).hasSize(1);
        connection.sent();
        owner.pass(1);
        assertThat(connection.pings).hasSize(2);
    }

    @Test
    void aClosedTransportAsksNothing() {
        receive("4a");
        transport.close();
        owner.pass(10);
        assertThat(connection.pings).isEmpty();
        assertThat(owner.events).containsExactly("4a");
    }

    @Test
    void whereTheHttpClientTellsItsEndsNothingIsAsked() {
        var told = new WebSocketTransport(owner, 1_000, false);
        told.start(CompletableFuture.completedFuture(connection));
        owner.run();
        told.listener().onText(connection, "4a", true);
        owner.run();
        owner.pass(10);
        assertThat(connection.pings).isEmpty();
    }

    /** The JDK's end; what is sent is under way until told otherwise. */
    private static final class Connection implements WebSocket {
        private final List<CompletableFuture<WebSocket>> pings = new ArrayList<>();
        private boolean aborted;

        private void sent() {
            pings.forEach(ping -> ping.complete(this));
        }

        private void fail() {
            pings.get(pings.size() - 1).completeExceptionally(new IOException("Broken pipe"));
        }

        @Override
        public CompletableFuture<WebSocket> sendPing(ByteBuffer message) {
            var ping = new CompletableFuture<WebSocket>();
            pings.add(ping);
            return ping;
        }

        @Override
        public CompletableFuture<WebSocket> sendText(CharSequence data, boolean last) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<WebSocket> sendBinary(ByteBuffer data, boolean last) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<WebSocket> sendPong(ByteBuffer message) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<WebSocket> sendClose(int statusCode, String reason) {
            return CompletableFuture.completedFuture(this);
        }

        @Override
        public void request(long count) {
            // All is taken.
        }

        @Override
        public String getSubprotocol() {
            return "";
        }

        @Override
        public boolean isOutputClosed() {
            return aborted;
        }

        @Override
        public boolean isInputClosed() {
            return aborted;
        }

        @Override
        public void abort() {
            aborted = true;
        }
    }

    /** Its time is the test's. */
    private static final class Owner implements TransportOwner {
        private record Later(Runnable task, long atMillis) {}

        private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
        private final List<Later> later = new ArrayList<>();
        private final List<String> events = new ArrayList<>();
        private long nowMillis;

        private void run() {
            while (!tasks.isEmpty()) {
                tasks.remove().run();
            }
        }

        private void pass(int seconds) {
            for (int second = 0; second < seconds; second++) {
                nowMillis += 1_000;
                var due = later.stream().filter(it -> it.atMillis <= nowMillis).toList();
                later.removeAll(due);
                due.forEach(it -> tasks.add(it.task));
                run();
            }
        }

        private int tasksLeft() {
            return tasks.size() + later.size();
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public void executeLater(Runnable task, long delayMillis) {
            later.add(new Later(task, nowMillis + delayMillis));
        }

        @Override
        public void receivePayload(Transport from, Bytes payload) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void receiveFrame(Transport from, Bytes frame, boolean binary) {
            events.add(frame.utf8());
        }

        @Override
        public void transportReady(Transport ready) {
            // Nothing waits.
        }

        @Override
        public void transportPaused(Transport paused) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void transportClosed(Transport gone, CloseReason why, TransportFailure failure) {
            events.add(why + ": " + failure.message());
        }
    }
}
