package io.sockeye.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.EngineSettings;
import io.sockeye.engine.Framing;
import io.sockeye.engine.Limits;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.TransportKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A session of revision 3: the client asks whether the server is still there. */
class ServerSession3Test {
    private static final EngineSettings SETTINGS =
            new EngineSettings(300, 200, 1_000, 500, new Limits(1_000, 100, 500));

    private final List<String> out = new ArrayList<>();
    private final SessionRecorder recorder = new SessionRecorder(out);
    private final FakeTransport polling = transport(TransportKind.POLLING);
    private final FakeTransport socket = transport(TransportKind.WEBSOCKET);
    private final ServerSession session = new ServerSession("S1", SETTINGS, polling, recorder, 0);

    private FakeTransport transport(TransportKind kind) {
        var transport = new FakeTransport(kind, out);
        transport.framing = Framing.revision3(true);
        return transport;
    }

    @Test
    void opensWithTheHandshake() {
        assertThat(out)
                .containsExactly("polling 93:0{\"sid\":\"S1\",\"upgrades\":[\"websocket\"],\"pingInterval\":300,"
                        + "\"pingTimeout\":200,\"maxPayload\":1000}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            polling  | 1:0          |
            polling  | 1:1          | polling 1:6; polling closed; closed: transport close
            polling  | 1:2          | polling 1:3
            polling  | 1:21:2       | polling 1:3; polling 1:3
            polling  | 6:2probe     | polling 1:3
            polling  | 1:3          | fault: invalid heartbeat direction; polling 1:1; polling closed; closed: transport error
            polling  | 2:4a2:4b     | message a; message b
            polling  | 6:b4YWE=     | binary aa
            polling  | 1:5          |
            polling  | 1:6          |
            polling  | 2:4a1:72:4b  | message a; fault: packet type 0x37; polling 1:1; polling closed; closed: parse error
            polling  | 4a           | fault: packet length: 2 bytes: 4a; polling 1:1; polling closed; closed: parse error
            polling  | ""           | fault: empty payload; polling 1:1; polling closed; closed: parse error
            upgraded | 2            | websocket 1:3
            upgraded | 3            | fault: invalid heartbeat direction; websocket closed; closed: transport error
            upgraded | 4a           | message a
            upgraded | b4YWE=       | binary aa
            upgraded | 2:4a         | websocket 1:3
            upgraded | 1            | websocket closed; closed: transport close
            probing  | 2probe       | websocket 6:3probe; polling 1:6
            probing  | 2            | websocket closed
            probing  | 5            | polling closed; upgraded to websocket
            """)
    void answers(String state, String input, @Nullable String expected) {
        if (!state.equals("polling")) {
            session.probe(socket, 0);
        }
        if (state.equals("upgraded")) {
            session.receiveFrame(socket, Bytes.ofUtf8("5"), false, 0);
        }
        out.clear();
        if (state.equals("polling")) {
            session.receivePayload(polling, Bytes.ofUtf8(input), 10);
        } else {
            session.receiveFrame(socket, Bytes.ofUtf8(input), false, 10);
        }
        assertThat(String.join("; ", out)).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void neverPings() {
        out.clear();
        assertThat(session.deadlineMillis()).isEqualTo(500);
        session.tick(499);
        assertThat(out).isEmpty();
        assertThat(session.isOpen()).isTrue();
    }

    @Test
    void closesWhenThePingIsLate() {
        out.clear();
        session.receivePayload(polling, Bytes.ofUtf8("1:2"), 300);
        assertThat(session.deadlineMillis()).isEqualTo(800);
        session.receivePayload(polling, Bytes.ofUtf8("2:4a"), 700);
        session.tick(799);
        session.tick(800);
        assertThat(out)
                .containsExactly("polling 1:3", "message a", "polling 1:1", "polling closed", "closed: ping timeout");
        assertThat(session.deadlineMillis()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void livesOnAfterAnUpgradeOnlyAsLongAsItIsAsked() {
        session.probe(socket, 0);
        session.receiveFrame(socket, Bytes.ofUtf8("5"), false, 100);
        session.receiveFrame(socket, Bytes.ofUtf8("2"), false, 300);
        out.clear();
        session.tick(800);
        assertThat(out).containsExactly("websocket closed", "closed: ping timeout");
    }

    @Test
    void livesOnWhileItsPingsAreNotRead() {
        session.reading(false, 100);
        session.tick(500);
        assertThat(session.deadlineMillis()).isEqualTo(700);
        session.tick(700);
        session.reading(true, 800);
        assertThat(session.deadlineMillis()).isEqualTo(1_000);
        out.clear();
        session.tick(1_000);
        assertThat(out).containsExactly("polling 1:1", "polling closed", "closed: ping timeout");
    }

    @Test
    void endsWhenClosingTakesTooLong() {
        polling.writable = false;
        session.close(CloseReason.FORCED_CLOSE, 100);
        out.clear();
        assertThat(session.deadlineMillis()).isEqualTo(600);
        session.tick(600);
        assertThat(out).containsExactly("polling closed", "closed: forced close");
    }

    @Test
    void cve2026_48802_pongsThatNobodyFetchesCountAsWhatWaits() {
        polling.writable = false;
        out.clear();
        session.receivePayload(polling, Bytes.ofUtf8("1:2".repeat(100)), 10);
        assertThat(out).containsExactly("polling closed", "closed: outbox overflow");
    }

    @Test
    void doesNotAskWhatHasArrived() {
        out.clear();
        session.confirm();
        assertThat(out).isEmpty();
        assertThat(session.deadlineMillis()).isEqualTo(500);
    }
}
