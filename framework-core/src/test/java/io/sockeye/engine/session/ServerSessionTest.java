package io.sockeye.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.EngineSettings;
import io.sockeye.engine.Limits;
import io.sockeye.engine.Transport;
import io.sockeye.engine.Upgrades;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.ProtocolException;
import io.sockeye.protocol.TransportKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerSessionTest {
    private static final EngineSettings SETTINGS =
            new EngineSettings(300, 200, 1_000, 500, new Limits(1_000, 100, 3 * (1 + 64)));

    private final List<String> out = new ArrayList<>();
    private final SessionRecorder recorder = new SessionRecorder(out);
    private final FakeTransport polling = new FakeTransport(TransportKind.POLLING, out);

    @Test
    void opensWithTheHandshake() {
        var session = open(polling);
        assertThat(out)
                .containsExactly("polling 0{\"sid\":\"S1\",\"upgrades\":[\"websocket\"],\"pingInterval\":300,"
                        + "\"pingTimeout\":200,\"maxPayload\":1000}");
        assertThat(session.sid()).isEqualTo("S1");
        assertThat(session.transport()).isSameAs(polling);
        assertThat(session.isOpen()).isTrue();
    }

    @Test
    void offersNoUpgradeOnAWebSocketOrWhenToldSo() {
        open(new FakeTransport(TransportKind.WEBSOCKET, out));
        new ServerSession("S2", withUpgrades(Upgrades.NONE), polling, recorder, 0);
        assertThat(out).hasSize(2).allMatch(line -> line.contains("\"upgrades\":[],"));
    }

    @Test
    void pingsAtEachInterval() {
        var session = opened(polling);
        assertThat(session.deadlineMillis()).isEqualTo(300);
        session.tick(299);
        assertThat(out).isEmpty();
        session.tick(300);
        assertThat(session.deadlineMillis()).isEqualTo(500);
        receive(session, polling, "3", 310);
        assertThat(session.deadlineMillis()).isEqualTo(610);
        session.tick(609);
        session.tick(610);
        assertThat(out).containsExactly("polling 2", "polling 2");
    }

    @Test
    void closesWhenThePongIsLate() {
        var session = opened(polling);
        session.tick(300);
        receive(session, polling, "4a", 400);
        session.tick(499);
        session.tick(500);
        receive(session, polling, "3", 501);
        assertThat(out)
                .containsExactly("polling 2", "message a", "polling 1", "polling closed", "closed: ping timeout");
    }

    @Test
    void closesWhenNobodyFetchesThePing() {
        var session = opened(polling);
        polling.writable = false;
        session.tick(300);
        session.tick(500);
        assertThat(out).containsExactly("polling closed", "closed: ping timeout");
    }

    @Test
    void noPingTimesOutWhileTheServerDoesNotReadAndPingsGoOn() {
        var session = opened(polling);
        session.reading(false, 10);
        session.tick(300);
        session.tick(500);
        session.tick(600);
        session.tick(700);
        session.reading(true, 750);
        assertThat(session.deadlineMillis()).isEqualTo(950);
        session.tick(949);
        session.tick(950);
        assertThat(out)
                .containsExactly(
                        "polling rests",
                        "polling 2",
                        "polling 2",
                        "polling reads",
                        "polling 1",
                        "polling closed",
                        "closed: ping timeout");
    }

    @Test
    void oneThatRestsAfterThePingIsNotClosedWithoutThePongEither() {
        var session = opened(polling);
        session.tick(300);
        session.reading(false, 310);
        session.tick(500);
        assertThat(session.deadlineMillis()).isEqualTo(800);
        session.reading(true, 510);
        receive(session, polling, "3", 520);
        assertThat(session.deadlineMillis()).isEqualTo(720);
        receive(session, polling, "3", 530);
        assertThat(session.deadlineMillis()).isEqualTo(830);
        assertThat(out).containsExactly("polling 2", "polling rests", "polling 2", "polling reads");
    }

    @Test
    void pingsDoNotPileUpWhileNeitherSideReads() {
        var session = opened(polling);
        polling.writable = false;
        session.reading(false, 10);
        session.tick(300);
        session.tick(600);
        session.tick(900);
        polling.writable = true;
        session.transportReady(polling);
        assertThat(out).containsExactly("polling rests", "polling 2");
    }

    @Test
    void goesOnRestingAfterAnUpgrade() {
        var session = opened(polling);
        var socket = new FakeTransport(TransportKind.WEBSOCKET, out);
        session.probe(socket, 0);
        session.reading(false, 0);
        session.reading(false, 0);
        receive(session, socket, "2probe", 1);
        receive(session, socket, "5", 2);
        session.reading(true, 3);
        assertThat(out).contains("polling rests", "websocket rests").endsWith("websocket reads");
        assertThat(out).filteredOn(line -> line.endsWith("rests")).hasSize(2);
    }

    @Test
    void takesBackWhatHasNotLeft() {
        var session = opened(polling);
        polling.writable = false;
        var packets = List.of(EnginePacket.message(Bytes.ofUtf8("a")));
        send(session, "a");
        session.send(packets);
        assertThat(session.withdraw(packets)).isTrue();
        assertThat(session.withdraw(packets)).isFalse();
        send(session, "b");
        polling.writable = true;
        session.transportReady(polling);
        assertThat(out).containsExactly("polling 4a", "polling 4b");
    }

    @Test
    void aWithdrawnPacketCountsNoMore() {
        var session = opened(polling);
        polling.writable = false;
        for (int i = 0; i < 10; i++) {
            var packets = List.of(EnginePacket.message(Bytes.ofUtf8("a")));
            session.send(packets);
            session.withdraw(packets);
        }
        assertThat(session.isOpen()).isTrue();
    }

    @Test
    void pingsAheadOfWhatWaits() {
        var socket = new FakeTransport(TransportKind.WEBSOCKET, out);
        var session = opened(socket);
        socket.writable = false;
        send(session, "a");
        session.tick(300);
        socket.writable = true;
        session.transportReady(socket);
        assertThat(out).containsExactly("websocket 2", "websocket 4a");
    }

    @Test
    void tellsOfADeadlineThatComesEarlier() {
        var session = opened(polling);
        recorder.deadlineMillis = session.deadlineMillis();
        session.tick(300);
        recorder.deadlineMillis = session.deadlineMillis();
        session.close(CloseReason.FORCED_CLOSE, 301);
        assertThat(recorder.deadlineMillis).isEqualTo(500);
    }

    @Test
    void keepsMessagesUntilTheTransportTakesThem() {
        var session = opened(polling);
        polling.writable = false;
        send(session, "a", "b");
        send(session, "c");
        assertThat(out).isEmpty();
        polling.writable = true;
        session.transportReady(polling);
        send(session, "d");
        assertThat(out).containsExactly("polling 4a\u001e4b", "polling 4c", "polling 4d");
    }

    @Test
    void owesTheMessagesThatWaitButNoPing() {
        var session = opened(polling);
        send(session, "a");
        assertThat(session.owesMessages()).isFalse();
        polling.writable = false;
        session.tick(300);
        assertThat(session.owesMessages()).isFalse();
        send(session, "b");
        assertThat(session.owesMessages()).isTrue();
        polling.writable = true;
        session.transportReady(polling);
        assertThat(session.owesMessages()).isFalse();
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
        session.close(CloseReason.FORCED_CLOSE, 0);
        assertThat(session.writable()).isFalse();
    }

    @Test
    void closesWhenTooManyBytesWait() {
        var session = opened(polling);
        polling.writable = false;
        send(session, "123456789", "123456789");
        assertThat(out).isEmpty();
        send(session, "");
        assertThat(out).containsExactly("polling closed", "closed: outbox overflow");
    }

    @Test
    void bytesThatHaveLeftDoNotCountAgainstTheOutbox() {
        var session = opened(polling);
        for (int i = 0; i < 10; i++) {
            polling.writable = false;
            send(session, "123456789", "123456789");
            polling.writable = true;
            session.transportReady(polling);
        }
        assertThat(session.isOpen()).isTrue();
    }

    @Test
    void saysGoodbyeToAWaitingPollAtOnce() {
        var session = opened(polling);
        session.close(CloseReason.SERVER_SHUTTING_DOWN, 0);
        assertThat(out).containsExactly("polling 1", "polling closed", "closed: server shutting down");
    }

    @Test
    void saysGoodbyeInAnAnswerOfItsOwn() {
        var session = opened(polling);
        send(session, "a");
        session.close(CloseReason.FORCED_CLOSE, 0);
        polling.flushed = true;
        polling.writable = false;
        assertThat(out).containsExactly("polling 4a");
        polling.writable = true;
        session.transportReady(polling);
        assertThat(out).containsExactly("polling 4a", "polling 1", "polling closed", "closed: forced close");
    }

    @Test
    void sendsWhatWaitsBeforeGoodbye() {
        var session = opened(polling);
        polling.writable = false;
        send(session, "a");
        session.close(CloseReason.FORCED_CLOSE, 0);
        send(session, "too late");
        assertThat(session.isOpen()).isFalse();
        polling.writable = true;
        session.transportReady(polling);
        assertThat(out).containsExactly("polling 4a");
        polling.flushed = true;
        session.transportReady(polling);
        assertThat(out).containsExactly("polling 4a", "polling 1", "polling closed", "closed: forced close");
    }

    @Test
    void closesWebSocketsOnceAllIsSent() {
        var socket = new FakeTransport(TransportKind.WEBSOCKET, out);
        var session = opened(socket);
        socket.writable = false;
        send(session, "a");
        session.close(CloseReason.FORCED_CLOSE, 0);
        assertThat(out).isEmpty();
        socket.writable = true;
        session.transportReady(socket);
        assertThat(out).containsExactly("websocket 4a", "websocket closed", "closed: forced close");
    }

    @Test
    void givesUpClosingAfterATime() {
        var session = opened(polling);
        polling.writable = false;
        session.close(CloseReason.FORCED_CLOSE, 10);
        assertThat(session.deadlineMillis()).isEqualTo(510);
        session.tick(509);
        assertThat(out).isEmpty();
        session.tick(510);
        assertThat(out).containsExactly("polling closed", "closed: forced close");
        assertThat(session.deadlineMillis()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void readsNoFurtherOnceItCloses() {
        var session = opened(polling);
        recorder.onMessage = message -> session.close(CloseReason.FORCED_CLOSE, 0);
        assertThat(session.receivePayload(polling, Bytes.ofUtf8("4a\u001e4b\u001e9"), 0))
                .isTrue();
        assertThat(out).containsExactly("message a", "polling 1", "polling closed", "closed: forced close");
    }

    @Test
    void readsUpToABadPacket() {
        var session = opened(polling);
        assertThat(session.receivePayload(polling, Bytes.ofUtf8("4a\u001e9\u001e4b"), 0))
                .isFalse();
        assertThat(out)
                .containsExactly(
                        "message a", "fault: packet type 0x39", "polling 1", "polling closed", "closed: parse error");
    }

    @Test
    void endsWithTheReasonOfTheLayerAbove() {
        var session = opened(polling);
        recorder.onMessage = message -> {
            throw new ProtocolException("no such namespace", CloseReason.FORCED_CLOSE);
        };
        receive(session, polling, "4a", 0);
        assertThat(out)
                .containsExactly(
                        "message a", "fault: no such namespace", "polling 1", "polling closed", "closed: forced close");
    }

    @Test
    void takesBinaryFramesForMessages() {
        var socket = new FakeTransport(TransportKind.WEBSOCKET, out);
        var session = opened(socket);
        session.receiveFrame(socket, Bytes.ofUtf8("2"), true, 0);
        session.receiveFrame(socket, Bytes.EMPTY, true, 0);
        assertThat(out).containsExactly("binary 2", "binary ");
    }

    @Test
    void settingsMustBePositive() {
        assertThatThrownBy(() -> new EngineSettings(0, 1, 1, 1, Limits.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pingInterval 0 ms");
    }

    @Test
    void offersTheUpgradesOfTheTableInItsOrder() {
        var table = Map.of(
                TransportKind.POLLING, List.of(TransportKind.POLLING, TransportKind.WEBSOCKET),
                TransportKind.WEBSOCKET, List.of(TransportKind.POLLING));
        var upgrades = new Upgrades(table);
        new ServerSession("S2", withUpgrades(upgrades), polling, recorder, 0);
        new ServerSession("S3", withUpgrades(upgrades), new FakeTransport(TransportKind.WEBSOCKET, out), recorder, 0);
        var usable = upgrades.to(List.of(TransportKind.WEBSOCKET));
        new ServerSession("S4", withUpgrades(usable), polling, recorder, 0);
        assertThat(out).hasSize(3);
        assertThat(out.get(0)).contains("\"upgrades\":[\"polling\",\"websocket\"],");
        assertThat(out.get(1)).contains("\"upgrades\":[\"polling\"],");
        assertThat(out.get(2)).contains("\"upgrades\":[\"websocket\"],");
    }

    @Test
    void endsAlsoIfThePeerCannotBeTold() {
        var session = opened(polling);
        polling.failing = true;
        assertThatThrownBy(() -> session.abort(CloseReason.TRANSPORT_ERROR)).hasMessage("no memory");
        assertThat(out).containsExactly("polling closed", "closed: transport error");
    }

    private static EngineSettings withUpgrades(Upgrades upgrades) {
        return new EngineSettings(300, 200, 1_000, 500, Limits.DEFAULT, upgrades);
    }

    private ServerSession open(Transport transport) {
        return new ServerSession("S1", SETTINGS, transport, recorder, 0);
    }

    private ServerSession opened(Transport transport) {
        var session = open(transport);
        out.clear();
        polling.flushed = true;
        return session;
    }

    private static void receive(ServerSession session, Transport from, String frame, long now) {
        session.receiveFrame(from, Bytes.ofUtf8(frame), false, now);
    }

    private static void send(ServerSession session, String... messages) {
        var packets = new ArrayList<EnginePacket>();
        for (var message : messages) {
            packets.add(EnginePacket.message(Bytes.ofUtf8(message)));
        }
        session.send(List.copyOf(packets));
    }
}
