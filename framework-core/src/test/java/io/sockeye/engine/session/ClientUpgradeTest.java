package io.sockeye.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.Transport;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.TransportKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientUpgradeTest {
    private static final ClientSettings SETTINGS = new ClientSettings(400, 1_000, 500, ClientSettings.DEFAULT.limits());
    private static final String OPEN =
            "0{\"sid\":\"S1\",\"upgrades\":[\"websocket\"],\"pingInterval\":3000,\"pingTimeout\":2000,\"maxPayload\":100}";

    private final List<String> out = new ArrayList<>();
    private final SessionRecorder recorder = new SessionRecorder(out);
    private final FakePolling polling = new FakePolling(out);
    private final FakeTransport socket = new FakeTransport(TransportKind.WEBSOCKET, out);
    private final ClientSession session = new ClientSession(SETTINGS, polling, recorder, 0);

    @BeforeEach
    void open() {
        receive(polling, OPEN);
        out.clear();
    }

    @Test
    void movesToTheWebSocket() {
        session.probe(socket, 0);
        send("a");
        receive(socket, "3probe");
        send("b");
        receive(polling, "4from polling");
        assertThat(session.writable()).isFalse();
        session.transportPaused(polling);
        receive(socket, "4from websocket");
        send("c");
        assertThat(out)
                .containsExactly(
                        "websocket 2probe",
                        "polling 4a",
                        "polling pauses",
                        "message from polling",
                        "polling closed",
                        "upgraded to websocket",
                        "websocket 5",
                        "websocket 4b",
                        "message from websocket",
                        "websocket 4c");
        assertThat(session.transport()).isSameAs(socket);
        assertThat(session.writable()).isTrue();
    }

    @Test
    void asksOnceTheProbeIsConnected() {
        socket.writable = false;
        session.probe(socket, 0);
        assertThat(out).isEmpty();
        socket.writable = true;
        session.transportReady(socket);
        session.transportReady(socket);
        assertThat(out).containsExactly("websocket 2probe");
    }

    @Test
    void anAnswerToNoQuestionFailsTheProbe() {
        socket.writable = false;
        session.probe(socket, 0);
        receive(socket, "3probe");
        assertThat(out).containsExactly("fault: unexpected on a probe: PONG", "websocket closed");
    }

    @Test
    void aProbeThatTakesTooLongCostsOnlyItself() {
        session.probe(socket, 10);
        assertThat(recorder.deadlineMillis).isEqualTo(1_010);
        session.tick(1_009);
        session.tick(1_010);
        receive(socket, "3probe");
        send("a");
        assertThat(out).containsExactly("websocket 2probe", "websocket closed", "polling 4a");
        assertThat(session.deadlineMillis()).isEqualTo(5_000);
    }

    @Test
    void aPollThatNeverEndsCostsOnlyTheProbe() {
        session.probe(socket, 0);
        receive(socket, "3probe");
        send("a");
        session.tick(1_000);
        session.transportPaused(polling);
        assertThat(out)
                .containsExactly(
                        "websocket 2probe", "polling pauses", "websocket closed", "polling resumes", "polling 4a");
    }

    @Test
    void takesAnotherProbeAfterOneFailed() {
        session.probe(socket, 0);
        session.transportClosed(socket, CloseReason.TRANSPORT_ERROR);
        var second = new FakeTransport("second", TransportKind.WEBSOCKET, out);
        session.probe(second, 0);
        receive(second, "3probe");
        session.transportPaused(polling);
        assertThat(out)
                .containsExactly(
                        "websocket 2probe",
                        "websocket closed",
                        "second 2probe",
                        "polling pauses",
                        "polling closed",
                        "upgraded to websocket",
                        "second 5");
    }

    @Test
    void upgradeLeavesFirstOnABusyWebSocket() {
        session.probe(socket, 0);
        receive(socket, "3probe");
        send("a");
        socket.writable = false;
        session.transportPaused(polling);
        send("b");
        assertThat(out).endsWith("polling closed", "upgraded to websocket");
        socket.writable = true;
        session.transportReady(socket);
        assertThat(out).endsWith("websocket 5", "websocket 4a", "websocket 4b");
    }

    @Test
    void refusesWhatTheServerDoesNotOffer() {
        var session = new ClientSession(SETTINGS, polling, recorder, 0);
        session.receiveFrame(polling, Bytes.ofUtf8(OPEN.replace("\"websocket\"", "\"webtransport\"")), false, 0);
        out.clear();
        session.probe(socket, 0);
        assertThat(out).containsExactly("websocket closed");
    }

    @Test
    void refusesProbesOnTransportsThatCannotRest() {
        var first = new FakeTransport("first", TransportKind.WEBSOCKET, out);
        var session = new ClientSession(SETTINGS, first, recorder, 0);
        session.receiveFrame(first, Bytes.ofUtf8(OPEN), false, 0);
        out.clear();
        session.probe(socket, 0);
        assertThat(out).containsExactly("websocket closed");
    }

    @Test
    void heartbeatGoesOnWhilePollingRests() {
        session.probe(socket, 4_500);
        session.receiveFrame(socket, Bytes.ofUtf8("3probe"), false, 4_600);
        session.tick(5_000);
        assertThat(out)
                .containsExactly(
                        "websocket 2probe",
                        "polling pauses",
                        "polling closed",
                        "websocket closed",
                        "closed: ping timeout");
    }

    @Test
    void closingWaitsForTheUpgradeButNotForever() {
        session.probe(socket, 0);
        receive(socket, "3probe");
        send("a");
        session.close(600);
        session.tick(1_000);
        polling.flush();
        session.transportReady(polling);
        assertThat(out)
                .containsExactly(
                        "websocket 2probe",
                        "polling pauses",
                        "websocket closed",
                        "polling resumes",
                        "polling 4a",
                        "polling 1",
                        "polling closed",
                        "closed: forced close");
    }

    @Test
    void theOldTransportCountsNoMore() {
        session.probe(socket, 0);
        receive(socket, "3probe");
        session.transportPaused(polling);
        out.clear();
        session.receivePayload(polling, Bytes.ofUtf8("4late"), 0);
        session.transportReady(polling);
        session.transportPaused(polling);
        session.transportClosed(polling, CloseReason.TRANSPORT_ERROR);
        assertThat(out).isEmpty();
        assertThat(session.isOpen()).isTrue();
    }

    private void receive(Transport from, String frame) {
        session.receiveFrame(from, Bytes.ofUtf8(frame), false, 0);
    }

    private void send(String message) {
        session.send(List.of(EnginePacket.message(Bytes.ofUtf8(message))));
    }
}
