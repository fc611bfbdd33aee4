package io.sockeye.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.EngineSettings;
import io.sockeye.engine.Limits;
import io.sockeye.engine.Transport;
import io.sockeye.engine.Upgrades;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.TransportKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServerUpgradeTest {
    private static final EngineSettings SETTINGS = new EngineSettings(10_000, 5_000, 1_000, 500, Limits.DEFAULT);

    private final List<String> out = new ArrayList<>();
    private final SessionRecorder recorder = new SessionRecorder(out);
    private final FakeTransport polling = new FakeTransport(TransportKind.POLLING, out);
    private final FakeTransport socket = new FakeTransport(TransportKind.WEBSOCKET, out);
    private final ServerSession session = new ServerSession("S1", SETTINGS, polling, recorder, 0);

    @BeforeEach
    void forgetTheHandshake() {
        out.clear();
        recorder.deadlineMillis = session.deadlineMillis();
    }

    @Test
    void movesToTheWebSocket() {
        session.probe(socket, 0);
        receive(socket, "2probe");
        polling.writable = false;
        send("a");
        receive(polling, "4from polling");
        receive(socket, "5");
        receive(socket, "4from websocket");
        send("b");
        assertThat(out)
                .containsExactly(
                        "websocket 3probe",
                        "polling 6",
                        "message from polling",
                        "polling closed",
                        "upgraded to websocket",
                        "websocket 4a",
                        "message from websocket",
                        "websocket 4b");
        assertThat(session.transport()).isSameAs(socket);
    }

    /** It carries nothing, so that nobody need wait until its peer has heard of the end. */
    @Test
    void endsAProbeAtOnceWithItsSession() {
        session.probe(socket, 0);
        receive(socket, "2probe");
        session.close(CloseReason.SERVER_SHUTTING_DOWN, 10);
        session.abort(CloseReason.SERVER_SHUTTING_DOWN);
        assertThat(out).contains("websocket closed");
        assertThat(socket.hungUp()).isTrue();
        assertThat(polling.hungUp()).isFalse();
        var late = new FakeTransport("late", TransportKind.WEBSOCKET, out);
        session.probe(late, 20);
        assertThat(out).endsWith("late closed");
        assertThat(late.hungUp()).isTrue();
    }

    @Test
    void releasesThePollAtOnceAndEvery100Millis() {
        session.probe(socket, 0);
        assertThat(recorder.deadlineMillis).isEqualTo(1_000);
        session.receiveFrame(socket, Bytes.ofUtf8("2probe"), false, 40);
        assertThat(recorder.deadlineMillis).isEqualTo(140);
        session.tick(139);
        session.tick(140);
        polling.writable = false;
        session.tick(240);
        polling.writable = true;
        session.transportReady(polling);
        session.tick(340);
        assertThat(session.deadlineMillis()).isEqualTo(440);
        assertThat(out).containsExactly("websocket 3probe", "polling 6", "polling 6", "polling 6");
    }

    @Test
    void aProbeThatTakesTooLongCostsOnlyItself() {
        session.probe(socket, 0);
        receive(socket, "2probe");
        polling.writable = false;
        session.tick(999);
        session.tick(1_000);
        receive(socket, "5");
        polling.writable = true;
        send("a");
        assertThat(out).containsExactly("websocket 3probe", "polling 6", "websocket closed", "polling 4a");
        assertThat(session.deadlineMillis()).isEqualTo(10_000);
    }

    @Test
    void takesAnotherProbeAfterOneFailed() {
        session.probe(socket, 0);
        receive(socket, "4too early");
        var second = new FakeTransport("second", TransportKind.WEBSOCKET, out);
        session.probe(second, 10);
        receive(second, "2probe");
        receive(second, "5");
        assertThat(out)
                .containsExactly(
                        "websocket closed", "second 3probe", "polling 6", "polling closed", "upgraded to websocket");
    }

    @Test
    void dropsAProbeThatDoesNotReadItsAnswers() {
        session.probe(socket, 0);
        receive(socket, "2probe");
        socket.writable = false;
        receive(socket, "2probe");
        assertThat(out).containsExactly("websocket 3probe", "polling 6", "websocket closed");
        assertThat(session.isOpen()).isTrue();
    }

    @Test
    void refusesAnUpgradeThatItDoesNotOffer() {
        var settings = new EngineSettings(10_000, 5_000, 1_000, 500, Limits.DEFAULT, Upgrades.NONE);
        var session = new ServerSession("S2", settings, polling, recorder, 0);
        out.clear();
        session.probe(socket, 0);
        assertThat(out).containsExactly("websocket closed");
    }

    @Test
    void pingsGoOnWhileProbing() {
        session.probe(socket, 9_900);
        session.tick(10_000);
        assertThat(out).containsExactly("polling 2");
    }

    @Test
    void anUpgradeWhileClosingSendsWhatWaits() {
        session.probe(socket, 0);
        receive(socket, "2probe");
        polling.writable = false;
        send("a");
        session.close(CloseReason.FORCED_CLOSE, 0);
        receive(socket, "5");
        assertThat(out)
                .containsExactly(
                        "websocket 3probe",
                        "polling 6",
                        "polling closed",
                        "upgraded to websocket",
                        "websocket 4a",
                        "websocket closed",
                        "closed: forced close");
    }

    @Test
    void anUpgradeToABusyWebSocketWaits() {
        session.probe(socket, 0);
        polling.writable = false;
        send("a");
        socket.writable = false;
        receive(socket, "5");
        assertThat(out).containsExactly("polling closed", "upgraded to websocket");
        assertThat(session.writable()).isFalse();
        socket.writable = true;
        session.transportReady(socket);
        assertThat(out).last().isEqualTo("websocket 4a");
    }

    @Test
    void theOldTransportCountsNoMore() {
        session.probe(socket, 0);
        receive(socket, "5");
        out.clear();
        assertThat(session.receivePayload(polling, Bytes.ofUtf8("4late"), 0)).isTrue();
        session.transportReady(polling);
        session.transportClosed(polling, CloseReason.TRANSPORT_ERROR);
        assertThat(out).isEmpty();
        assertThat(session.isOpen()).isTrue();
    }

    @Test
    void refusesProbesOnAWebSocketSession() {
        var session = new ServerSession("S2", SETTINGS, socket, recorder, 0);
        out.clear();
        session.probe(new FakeTransport("second", TransportKind.WEBSOCKET, out), 0);
        assertThat(out).containsExactly("second closed");
    }

    @Test
    void theProbeEndsWithItsSession() {
        session.probe(socket, 0);
        session.transportClosed(polling, CloseReason.TRANSPORT_ERROR);
        receive(socket, "2probe");
        receive(socket, "5");
        session.transportReady(socket);
        session.transportClosed(socket, CloseReason.TRANSPORT_CLOSE);
        session.tick(1_000);
        assertThat(out).containsExactly("polling 1", "polling closed", "websocket closed", "closed: transport error");
    }

    private void receive(Transport from, String frame) {
        session.receiveFrame(from, Bytes.ofUtf8(frame), false, 0);
    }

    private void send(String message) {
        session.send(List.of(EnginePacket.message(Bytes.ofUtf8(message))));
    }
}
