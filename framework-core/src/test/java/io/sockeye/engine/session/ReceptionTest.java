package io.sockeye.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.EngineSettings;
import io.sockeye.engine.memory.Budget;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.TransportKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a session lets its transports take at a time, and what they hold of it. */
class ReceptionTest {
    private final List<String> out = new ArrayList<>();
    private final Budget in = new Budget(1_000_000);
    private final FakeTransport polling = new FakeTransport(TransportKind.POLLING, out);
    private final FakeTransport webSocket = new FakeTransport(TransportKind.WEBSOCKET, out);
    private final ServerSession session = new ServerSession("S1", EngineSettings.DEFAULT, polling, message -> {}, 0);

    ReceptionTest() {
        session.chargeTo(in, new Budget(1_000));
    }

    private void receive(String packet) {
        session.receiveFrame(webSocket, Bytes.ofUtf8(packet), false, 0);
    }

    private void upgrade() {
        session.probe(webSocket, 0);
        receive("2probe");
        receive("5");
        assertThat(session.transport()).isSameAs(webSocket);
    }

    @Test
    void aLimitIsThatOfTheTransportWhichCarriesTheSession() {
        session.limitMessages(65_536);
        assertThat(polling.limit).isEqualTo(65_536);
        session.probe(webSocket, 0);
        assertThat(webSocket.limit).isEqualTo(4_096);
        receive("2probe");
        assertThat(webSocket.limit).isEqualTo(4_096);
        receive("5");
        assertThat(webSocket.limit).isEqualTo(65_536);
        session.limitMessages(1_000_000);
        assertThat(webSocket.limit).isEqualTo(1_000_000);
        assertThat(polling.limit).isEqualTo(65_536);
    }

    @Test
    void withoutALimitATransportTakesWhatItTakesByItself() {
        assertThat(polling.limit).isEqualTo(-1);
        upgrade();
        assertThat(webSocket.limit).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void whatIsNotWholeIsCharged() {
        session.receiving(polling, 100);
        session.receiving(polling, 300);
        assertThat(session.partialBytes()).isEqualTo(300);
        assertThat(in.heldBytes()).isEqualTo(300);
        session.receiving(polling, 0);
        assertThat(in.heldBytes()).isZero();
    }

    @Test
    void alsoThatOfATransportWhichTries() {
        session.probe(webSocket, 0);
        session.receiving(polling, 100);
        session.receiving(webSocket, 30);
        assertThat(in.heldBytes()).isEqualTo(130);
        session.transportClosed(webSocket, CloseReason.TRANSPORT_CLOSE);
        assertThat(in.heldBytes()).isEqualTo(100);
        session.receiving(webSocket, 50);
        assertThat(in.heldBytes()).isEqualTo(100);
    }

    @Test
    void whatTheOldTransportHadIsGoneAfterAnUpgrade() {
        session.probe(webSocket, 0);
        session.receiving(polling, 100);
        session.receiving(webSocket, 30);
        receive("2probe");
        receive("5");
        assertThat(in.heldBytes()).isEqualTo(30);
        session.receiving(polling, 50);
        assertThat(in.heldBytes()).isEqualTo(30);
        session.receiving(webSocket, 70);
        assertThat(in.heldBytes()).isEqualTo(70);
    }

    @Test
    void nothingIsHeldAfterTheEnd() {
        session.receiving(polling, 100);
        session.abort(CloseReason.MEMORY);
        assertThat(in.heldBytes()).isZero();
        session.receiving(polling, 200);
        assertThat(in.heldBytes()).isZero();
    }
}
