package io.sockeye.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.EngineSettings;
import io.sockeye.engine.Limits;
import io.sockeye.engine.PayloadReader;
import io.sockeye.protocol.TransportKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What once broke the Engine.IO implementations of others. */
class EngineCveTest {
    private final List<String> out = new ArrayList<>();
    private final SessionRecorder recorder = new SessionRecorder(out);
    private final FakeTransport polling = new FakeTransport(TransportKind.POLLING, out);
    private final ServerSession session = new ServerSession("S1", EngineSettings.DEFAULT, polling, recorder, 0);

    @Test
    void cve2020_36048_limitsTheNumberOfPacketsInAPayload() {
        out.clear();
        assertThat(session.receivePayload(polling, Bytes.ofUtf8("4" + "\u001e4".repeat(124_999)), 0))
                .isTrue();
        assertThat(out).hasSize(125_000).containsOnly("message ");
        out.clear();
        assertThat(session.receivePayload(polling, Bytes.ofUtf8("6" + "\u001e6".repeat(125_000)), 0))
                .isFalse();
        assertThat(out)
                .containsExactly(
                        "fault: packets in a payload: more than 125000",
                        "polling 1",
                        "polling closed",
                        "closed: parse error");
    }

    @Test
    void cve2020_36048_readsTinyPacketsInLinearTime() {
        var payload = Bytes.ofUtf8("6" + "\u001e6".repeat(5_000_000));
        assertTimeout(Duration.ofSeconds(5), () -> {
            var reader = new PayloadReader(payload, Integer.MAX_VALUE);
            int count = 0;
            while (reader.next() != null) {
                count++;
            }
            assertThat(count).isEqualTo(5_000_001);
        });
    }

    @Test
    void cve2022_21676_malformedFramesEndOneSessionInOnePlace() {
        var socket = new FakeTransport(TransportKind.WEBSOCKET, out);
        session.probe(socket, 0);
        out.clear();
        session.receiveFrame(socket, Bytes.wrap(new byte[] {(byte) 0xff, (byte) 0xfe}), false, 0);
        assertThat(out).containsExactly("fault: packet type 0xff", "websocket closed");
        assertThat(session.isOpen()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"constructor", "__proto__", "toString", "", "Polling", "POLLING", "polling ", "websocket\u0000"})
    void cve2023_31125_onlyExactNamesSelectATransport(String name) {
        assertThat(TransportKind.of(name)).isNull();
    }

    @Test
    void cve2023_31125_exactNamesAreKnown() {
        assertThat(TransportKind.of("polling")).isEqualTo(TransportKind.POLLING);
        assertThat(TransportKind.of("websocket")).isEqualTo(TransportKind.WEBSOCKET);
        assertThat(TransportKind.of(null)).isNull();
    }

    @Test
    void cve2022_25867_clientsRefuseMalformedPacketsToo() {
        for (var payload : new String[] {"", "0", "0null", "0[]", "0{\"sid\":null}", "b", "4", "\u001e"}) {
            var calls = new ArrayList<String>();
            var transport = new FakePolling(calls);
            var client = new ClientSession(ClientSettings.DEFAULT, transport, new SessionRecorder(calls), 0);
            client.receivePayload(transport, Bytes.ofUtf8(payload), 0);
            assertThat(calls).as(payload).hasSize(3).contains("polling closed", "closed: parse error");
        }
    }

    @Test
    void cve2026_48802_unaskedPongsCostNothing() {
        out.clear();
        for (int i = 0; i < 1_000; i++) {
            session.receiveFrame(polling, Bytes.ofUtf8("3"), false, i);
        }
        assertThat(out).isEmpty();
        assertThat(session.deadlineMillis()).isEqualTo(999 + 25_000);
    }

    @Test
    void limitsMustBePositive() {
        assertThatThrownBy(() -> new Limits(0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Limits(1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Limits(1, 1, 0)).hasMessageContaining("outboxBytes 0");
    }
}
