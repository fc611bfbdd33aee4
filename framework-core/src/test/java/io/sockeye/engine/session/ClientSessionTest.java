package io.sockeye.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.Limits;
import io.sockeye.engine.Transport;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.ProtocolException;
import io.sockeye.protocol.TransportKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ClientSessionTest {
    private static final ClientSettings SETTINGS =
            new ClientSettings(400, 1_000, 500, new Limits(1_000, 100, 2 * (19 + 64)));
    private static final String OPEN =
            "0{\"sid\":\"S1\",\"upgrades\":[],\"pingInterval\":300,\"pingTimeout\":200,\"maxPayload\":12}";

    private final List<String> out = new ArrayList<>();
    private final SessionRecorder recorder = new SessionRecorder(out);
    private final FakePolling polling = new FakePolling(out);
    private final FakeTransport socket = new FakeTransport(TransportKind.WEBSOCKET, out);

    @Test
    void opensWithTheHandshake() {
        var session = new ClientSession(SETTINGS, polling, recorder, 0);
        assertThat(session.handshake()).isNull();
        assertThat(session.isOpen()).isFalse();
        assertThat(session.writable()).isFalse();
        session.receivePayload(polling, Bytes.ofUtf8(OPEN + "\u001e4a"), 0);
        assertThat(session.isOpen()).isTrue();
        assertThat(session.writable()).isTrue();
        assertThat(Objects.requireNonNull(session.handshake()).sid()).isEqualTo("S1");
        assertThat(out).containsExactly("opened S1", "message a");
    }

    @Test
    void opensOnAWebSocketToo() {
        var session = opened(socket);
        receive(session, socket, "2", 0);
        session.receiveFrame(socket, Bytes.ofUtf8("4"), true, 0);
        assertThat(out).containsExactly("websocket 3", "binary 4");
    }

    @Test
    void sendsWhatWasSentBeforeItOpened() {
        var session = new ClientSession(SETTINGS, polling, recorder, 0);
        send(session, "a");
        send(session, "b");
        receive(session, polling, OPEN, 0);
        assertThat(out).containsExactly("opened S1", "polling 4a", "polling 4b");
    }

    @Test
    void givesUpWithoutAHandshake() {
        var session = new ClientSession(SETTINGS, polling, recorder, 10);
        assertThat(session.deadlineMillis()).isEqualTo(410);
        session.tick(409);
        assertThat(out).isEmpty();
        session.tick(410);
        assertThat(out).containsExactly("polling closed", "closed: transport error");
    }

    @Test
    void closesWhenNoPingComes() {
        var session = new ClientSession(SETTINGS, polling, recorder, 0);
        receive(session, polling, OPEN, 100);
        receive(session, polling, "4a", 500);
        assertThat(recorder.deadlineMillis).isEqualTo(600);
        session.tick(599);
        assertThat(out).containsExactly("opened S1", "message a");
        session.tick(600);
        assertThat(out)
                .containsExactly("opened S1", "message a", "polling 1", "polling closed", "closed: ping timeout");
    }

    @Test
    void eachPingAllowsForAnother() {
        var session = opened(polling);
        receive(session, polling, "2", 499);
        assertThat(session.deadlineMillis()).isEqualTo(999);
        session.tick(998);
        receive(session, polling, "2", 998);
        session.tick(1_497);
        assertThat(out).containsExactly("polling 3", "polling 3");
    }

    @Test
    void fillsBodiesUpToTheServersLimitAndNotBeyond() {
        var session = opened(polling);
        send(session, "12345", "1234", "6");
        assertThat(out).containsExactly("polling 412345\u001e41234");
        post(session);
        assertThat(out).containsExactly("polling 412345\u001e41234", "polling 46");
    }

    @Test
    void countsSeparatorsAndEarlierWritesOfTheSameBody() {
        var session = opened(polling);
        send(session, "1234");
        send(session, "12345");
        send(session, "");
        assertThat(out).containsExactly("polling 41234", "polling 412345");
        post(session);
        assertThat(out).containsExactly("polling 41234", "polling 412345", "polling 4");
    }

    @Test
    void countsBinaryAsBase64() {
        var session = opened(polling);
        var binary = EnginePacket.binaryMessage(Bytes.wrap(new byte[] {1, 2, 3, 4}));
        session.send(List.of(binary, message("1")));
        assertThat(out).containsExactly("polling bAQIDBA==\u001e41");
        post(session);
        out.clear();
        session.send(List.of(binary, message("12")));
        assertThat(out).containsExactly("polling bAQIDBA==");
    }

    @Test
    void sendsAPacketBeyondTheLimitAlone() {
        var session = opened(polling);
        send(session, "a", "1234567890123", "b");
        post(session);
        post(session);
        assertThat(out).containsExactly("polling 4a", "polling 41234567890123", "polling 4b");
    }

    @Test
    void saysGoodbyeInABodyOfItsOwn() {
        var session = opened(polling);
        send(session, "a");
        session.close(0);
        assertThat(out).containsExactly("polling 4a");
        post(session);
        assertThat(out).containsExactly("polling 4a", "polling 1", "polling closed", "closed: forced close");
    }

    @Test
    void limitsThePacketsOfABody() {
        var session = new ClientSession(ClientSettings.DEFAULT, polling, recorder, 0);
        receive(session, polling, OPEN.replace("12}", "1000000}"), 0);
        out.clear();
        var packets = new ArrayList<EnginePacket>();
        for (int i = 0; i < 125_001; i++) {
            packets.add(message(""));
        }
        session.send(packets);
        post(session);
        assertThat(out).hasSize(2).last().isEqualTo("polling 4");
    }

    @Test
    void webSocketsHaveNoBodies() {
        var session = opened(socket);
        send(session, "1234567", "1234567");
        assertThat(out).containsExactly("websocket 41234567\u001e41234567");
    }

    @Test
    void isWritableWhenAMessageLeavesAtOnce() {
        var session = opened(polling);
        assertThat(session.writable()).isTrue();
        polling.writable = false;
        assertThat(session.writable()).isFalse();
        send(session, "a");
        polling.writable = true;
        assertThat(session.writable()).as("a message waits").isFalse();
        session.transportReady(polling);
        assertThat(session.writable()).isTrue();
        session.close(0);
        assertThat(session.writable()).isFalse();
    }

    @Test
    void closesWhenTooManyBytesWait() {
        var session = opened(polling);
        polling.writable = false;
        send(session, "1234567890123456789", "1234567890123456789");
        assertThat(out).isEmpty();
        send(session, "");
        assertThat(out).containsExactly("polling closed", "closed: outbox overflow");
    }

    @Test
    void closesWhenTooManyBytesWaitForTheHandshake() {
        var session = new ClientSession(SETTINGS, polling, recorder, 0);
        send(session, "1".repeat(2 * (19 + 64) - 63));
        assertThat(out).containsExactly("polling closed", "closed: outbox overflow");
    }

    @Test
    void pongsDoNotPileUpWithoutLimit() {
        var session = opened(polling);
        polling.writable = false;
        for (int i = 0; i < 41; i++) {
            receive(session, polling, "2", i);
        }
        assertThat(out).containsExactly("polling closed", "closed: outbox overflow");
    }

    @Test
    void givesUpClosingAfterATime() {
        var session = opened(polling);
        polling.writable = false;
        session.close(10);
        assertThat(session.deadlineMillis()).isEqualTo(510);
        session.tick(509);
        assertThat(out).isEmpty();
        session.tick(510);
        assertThat(out).containsExactly("polling closed", "closed: forced close");
        assertThat(session.deadlineMillis()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void closesWebSocketsOnceAllIsSent() {
        var session = opened(socket);
        socket.writable = false;
        send(session, "a");
        session.close(0);
        assertThat(out).isEmpty();
        socket.writable = true;
        session.transportReady(socket);
        assertThat(out).containsExactly("websocket 4a");
        socket.flushed = true; // A large message takes its time.
        session.transportReady(socket);
        assertThat(out).containsExactly("websocket 4a", "websocket closed", "closed: forced close");
    }

    @Test
    void letsTheServerWait() {
        var session = opened(polling);
        session.reading(false, 0);
        session.reading(false, 0);
        assertThat(session.isReading()).isFalse();
        session.tick(Long.MAX_VALUE - 1);
        assertThat(session.isOpen()).isTrue();
        session.reading(true, 1_000);
        assertThat(out).containsExactly("polling rests", "polling reads");
        assertThat(session.deadlineMillis()).isEqualTo(1_500);
    }

    @Test
    void letsTheServerWaitAlsoOnTheNextTransport() {
        var session = new ClientSession(SETTINGS, polling, recorder, 0);
        receive(session, polling, OPEN.replace("[]", "[\"websocket\"]"), 0);
        session.probe(socket, 0);
        session.receiveFrame(socket, Bytes.ofUtf8("3probe"), false, 0);
        session.reading(false, 0);
        out.clear();
        session.transportPaused(polling);
        assertThat(out).contains("websocket rests");
        out.clear();
        session.close(0);
        assertThat(out).contains("websocket reads");
    }

    @Test
    void readsUpToABadPacketAndNoFurtherThanTheEnd() {
        var session = opened(polling);
        session.receivePayload(polling, Bytes.ofUtf8("4a\u001e1\u001e4b\u001e9"), 0);
        assertThat(out).containsExactly("message a", "polling closed", "closed: transport close");
        out.clear();
        var other = new ClientSession(SETTINGS, socket, new SessionRecorder(out), 0);
        other.receivePayload(socket, Bytes.ofUtf8(OPEN + "\u001e4a\u001e9\u001e4b"), 0);
        assertThat(out)
                .containsExactly(
                        "opened S1", "message a", "fault: packet type 0x39", "websocket closed", "closed: parse error");
    }

    @Test
    void endsWithTheReasonOfTheLayerAbove() {
        var session = opened(polling);
        recorder.onMessage = message -> {
            throw new ProtocolException("no such socket", CloseReason.TRANSPORT_ERROR);
        };
        receive(session, polling, "4a", 0);
        assertThat(out)
                .containsExactly(
                        "message a", "fault: no such socket", "polling 1", "polling closed", "closed: transport error");
    }

    @Test
    void settingsMustBePositive() {
        assertThatThrownBy(() -> new ClientSettings(0, 1, 1, Limits.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("openTimeout 0 ms");
    }

    private ClientSession opened(Transport transport) {
        var session = new ClientSession(SETTINGS, transport, recorder, 0);
        receive(session, transport, OPEN, 0);
        out.clear();
        return session;
    }

    /** The body leaves, and the server answers. */
    private void post(ClientSession session) {
        polling.flush();
        session.transportReady(polling);
    }

    private static void receive(ClientSession session, Transport from, String frame, long now) {
        session.receiveFrame(from, Bytes.ofUtf8(frame), false, now);
    }

    private static void send(ClientSession session, String... messages) {
        var packets = new ArrayList<EnginePacket>();
        for (var text : messages) {
            packets.add(message(text));
        }
        session.send(List.copyOf(packets));
    }

    private static EnginePacket message(String text) {
        return EnginePacket.message(Bytes.ofUtf8(text));
    }
}
