package io.sockeye.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.EngineSettings;
import io.sockeye.engine.Limits;
import io.sockeye.engine.Transport;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.ProtocolException;
import io.sockeye.protocol.TransportKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the owner of a session learns from pings and pongs: whether all that it had sent before has arrived. */
class ServerHeartbeatTest {
    private static final EngineSettings SETTINGS =
            new EngineSettings(300, 200, 1_000, 500, new Limits(1_000, 100, 1_000));

    private final List<String> out = new ArrayList<>();
    private final FakeTransport socket = new FakeTransport(TransportKind.WEBSOCKET, out);
    private final ServerSession session = new ServerSession("S1", SETTINGS, socket, new Owner(), 0);

    @Test
    void tellsOfAPingAndOfItsPong() {
        out.clear();
        session.tick(300);
        receive("3", 310);
        assertThat(out).containsExactly("websocket 2", "ping", "pong");
    }

    @Test
    void aPongThatNobodyAskedForTellsNothing() {
        out.clear();
        receive("3", 10);
        session.tick(310);
        receive("3", 320);
        receive("3", 330);
        assertThat(out).containsExactly("websocket 2", "ping", "pong");
    }

    @Test
    void aPingThatOvertakesWhatWaitsTellsNothing() {
        out.clear();
        socket.writable = false;
        send("a");
        session.tick(300);
        socket.writable = true;
        session.transportReady(socket);
        assertThat(out).containsExactly("websocket 2", "websocket 4a");
    }

    @Test
    void aPingThatWaitsComesBeforeWhatIsSentLater() {
        out.clear();
        socket.writable = false;
        session.tick(300);
        send("later");
        assertThat(out).containsExactly("ping");
        socket.writable = true;
        session.transportReady(socket);
        receive("3", 310);
        assertThat(out).containsExactly("ping", "websocket 2", "websocket 4later", "pong");
    }

    @Test
    void asksAtOnceWhatHasArrivedIfThatIsWanted() {
        out.clear();
        send("a");
        session.confirm();
        send("b");
        receive("3", 10);
        assertThat(out).containsExactly("websocket 4a", "websocket 2", "ping", "websocket 4b", "pong");
        session.tick(309);
        assertThat(out).hasSize(5);
        session.tick(310); // An interval after the pong, as ever.
        assertThat(out).endsWith("pong", "websocket 2", "ping");
    }

    private final FakeTransport polling = new FakeTransport(TransportKind.POLLING, out);

    private ServerSession polled() {
        var polled = new ServerSession("S1", SETTINGS, polling, new Owner(), 0);
        out.clear();
        return polled;
    }

    @Test
    void whoPollsAgainHasGotTheLastAnswer() {
        var polled = polled();
        send(polled, "a");
        polled.confirm();
        send(polled, "b");
        assertThat(out).containsExactly("polling 4a", "ping", "polling 4b");
        polled.transportReady(polling);
        polled.transportReady(polling);
        assertThat(out).containsExactly("polling 4a", "ping", "polling 4b", "pong");
    }

    @Test
    void whatWaitsForAPollHasArrivedAtTheOneAfterIt() {
        var polled = polled();
        polling.writable = false;
        send(polled, "a");
        polled.confirm();
        assertThat(out).isEmpty();
        polling.writable = true;
        polled.transportReady(polling);
        assertThat(out).containsExactly("polling 4a", "ping");
        polled.transportReady(polling);
        assertThat(out).containsExactly("polling 4a", "ping", "pong");
    }

    @Test
    void aPollSaysNothingOfWhatIsSentWhileAPongIsAwaited() {
        var polled = polled();
        polled.tick(300);
        polled.confirm();
        polled.transportReady(polling);
        assertThat(out).containsExactly("polling 2", "ping");
        polled.receivePayload(polling, Bytes.ofUtf8("3"), 310);
        assertThat(out).containsExactly("polling 2", "ping", "pong", "ping");
        polled.transportReady(polling);
        assertThat(out).endsWith("pong", "ping", "pong");
    }

    @Test
    void whoHasLeftPollingHasGotTheLastAnswer() {
        var polled = polled();
        send(polled, "a");
        polled.confirm();
        upgrade(polled);
        assertThat(out).containsSubsequence("polling 4a", "ping", "pong").doesNotContain("websocket 2");
    }

    @Test
    void asksAfterAnUpgradeWhatHasArrivedThatWaitedForIt() {
        var polled = polled();
        polling.writable = false;
        send(polled, "a");
        polled.confirm();
        upgrade(polled);
        assertThat(out)
                .containsSubsequence("websocket 4a", "websocket 2", "ping")
                .doesNotContain("pong");
    }

    private void upgrade(ServerSession polled) {
        polled.probe(socket, 0);
        polled.receiveFrame(socket, Bytes.ofUtf8("2probe"), false, 0);
        polled.receiveFrame(socket, Bytes.ofUtf8("5"), false, 0);
    }

    @Test
    void asksAgainUntilAPingHasOvertakenNothing() {
        session.tick(300);
        out.clear();
        session.confirm();
        assertThat(out).isEmpty();
        socket.writable = false;
        send("a");
        receive("3", 310);
        assertThat(out).containsExactly("pong");
        socket.writable = true;
        session.transportReady(socket);
        receive("3", 320);
        receive("3", 330);
        assertThat(out).containsExactly("pong", "websocket 2", "websocket 4a", "pong", "websocket 2", "ping", "pong");
        session.tick(629);
        assertThat(out).hasSize(7);
    }

    @Test
    void hasPatienceAsIfItHadAskedWhenThatIsDue() {
        session.tick(100);
        session.confirm();
        assertThat(session.deadlineMillis()).isEqualTo(300 + 200);
    }

    @Test
    void pingsInTimeWhileItDoesNotRead() {
        session.reading(false, 0);
        out.clear();
        session.confirm();
        session.tick(299);
        assertThat(out).containsExactly("websocket 2", "ping");
        session.tick(300);
        assertThat(out).containsExactly("websocket 2", "ping", "websocket 2", "ping");
        session.reading(true, 310);
        receive("3", 320);
        assertThat(out).endsWith("websocket reads");
        receive("3", 330);
        assertThat(out).endsWith("websocket reads", "pong");
    }

    private void send(String message) {
        send(session, message);
    }

    private static void send(ServerSession to, String message) {
        to.send(List.of(EnginePacket.message(Bytes.ofUtf8(message))));
    }

    private void receive(String frame, long now) {
        session.receiveFrame(socket, Bytes.ofUtf8(frame), false, now);
    }

    private final class Owner implements SessionListener {
        @Override
        public void onMessage(EnginePacket message) {
            throw new AssertionError("no message was sent: " + message);
        }

        @Override
        public void onUpgrade(Transport transport) {
            out.add("upgraded");
        }

        @Override
        public void onDeadline(long deadlineMillis) {
            // The test calls tick by itself.
        }

        @Override
        public void onProtocolError(ProtocolException error) {
            throw new AssertionError(error);
        }

        @Override
        public void onClose(CloseReason reason) {
            throw new AssertionError("closed: " + reason.text());
        }

        @Override
        public void onPing() {
            out.add("ping");
        }

        @Override
        public void onPong() {
            out.add("pong");
        }
    }
}
