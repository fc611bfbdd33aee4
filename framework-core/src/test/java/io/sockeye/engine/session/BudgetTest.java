package io.sockeye.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.EngineSettings;
import io.sockeye.engine.Transport;
import io.sockeye.engine.memory.Budget;
import io.sockeye.engine.memory.Held;
import io.sockeye.engine.memory.SharedPackets;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.TransportKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BudgetTest {
    /** 4 bytes and what its objects take: 68. */
    private static final List<EnginePacket> FOUR = List.of(EnginePacket.message(Bytes.ofUtf8("abcd")));

    private final List<String> out = new ArrayList<>();
    private final Budget budget = new Budget(1_000);
    private final Budget in = new Budget(1_000);

    @Test
    void isChargedWithWhatContainersSayThatTheyHold() {
        var held = new Held(budget);
        held.set(300);
        held.set(120);
        held.add(5);
        new Held(budget).set(40);
        assertThat(budget.heldBytes()).isEqualTo(165);
        assertThat(held.bytes()).isEqualTo(125);
        assertThat(budget.limitBytes()).isEqualTo(1_000);
    }

    @Test
    void getsAllBackFromAContainerThatIsGoneAndNothingAfterwards() {
        var held = new Held(budget);
        held.set(300);
        held.close();
        held.close();
        held.set(50);
        held.add(50);
        assertThat(budget.heldBytes()).isZero();
    }

    @Test
    void isNotNothing() {
        assertThatThrownBy(() -> new Budget(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a budget of 0 bytes");
    }

    @Test
    void isChargedOnceForWhatManyHold() {
        var shared = new SharedPackets(FOUR);
        shared.share().hold(budget);
        shared.share().hold(budget);
        assertThat(budget.heldBytes()).isEqualTo(68);
        shared.share().release(budget);
        assertThat(budget.heldBytes()).isEqualTo(68);
        shared.share().release(budget);
        assertThat(budget.heldBytes()).isZero();
    }

    @Test
    void isChargedWithWhatWaitsForASlowPeerUntilItLeaves() {
        var transport = new FakeTransport(TransportKind.WEBSOCKET, out);
        var session = session(transport, "S1");
        transport.writable = false;
        session.send(FOUR);
        session.send(FOUR);
        assertThat(budget.heldBytes()).isEqualTo(136);
        assertThat(session.waitingBytes()).isEqualTo(136);
        transport.writable = true;
        session.transportReady(transport);
        assertThat(budget.heldBytes()).isZero();
        assertThat(session.waitingBytes()).isZero();
    }

    @Test
    void isChargedOnceForWhatWaitsForTwoPeers() {
        var transports = List.of(
                new FakeTransport(TransportKind.WEBSOCKET, out), new FakeTransport(TransportKind.WEBSOCKET, out));
        var sessions = List.of(session(transports.get(0), "S1"), session(transports.get(1), "S2"));
        transports.forEach(transport -> transport.writable = false);
        var shared = new SharedPackets(FOUR);
        sessions.forEach(session -> session.send(shared));
        assertThat(budget.heldBytes()).isEqualTo(68);
        assertThat(sessions).extracting(ServerSession::waitingBytes).containsExactly(68L, 68L);
        assertThat(sessions.get(0).withdraw(shared)).isTrue();
        assertThat(budget.heldBytes()).isEqualTo(68);
        sessions.get(1).abort(CloseReason.MEMORY);
        assertThat(budget.heldBytes()).isZero();
    }

    @Test
    void getsAllBackWhenASessionEnds() {
        var transport = new FakeTransport(TransportKind.WEBSOCKET, out);
        var session = session(transport, "S1");
        transport.writable = false;
        session.send(FOUR);
        session.send(new SharedPackets(FOUR));
        assertThat(budget.heldBytes()).isEqualTo(136);
        session.abort(CloseReason.PING_TIMEOUT);
        session.send(FOUR);
        assertThat(budget.heldBytes()).isZero();
        assertThat(session.waitingBytes()).isZero();
    }

    /** Such a connection was reset before its session began. */
    @Test
    void isChargedWithAHandshakeThatCannotLeave() {
        var transport = new FakeTransport(TransportKind.WEBSOCKET, out);
        transport.writable = false;
        var session = session(transport, "S1");
        assertThat(budget.heldBytes()).isPositive().isEqualTo(session.waitingBytes());
        session.transportClosed(transport, CloseReason.TRANSPORT_CLOSE);
        assertThat(budget.heldBytes()).isZero();
    }

    @Test
    void getsAllBackWhenASessionEndsWhoseTransportsCannotBeClosed() {
        var transport = new FakeTransport(TransportKind.POLLING, out);
        var probe = new FakeTransport(TransportKind.WEBSOCKET, out);
        var session = session(transport, "S1");
        session.probe(probe, 0);
        session.receiving(transport, 100);
        transport.writable = false;
        session.send(FOUR);
        transport.failsToClose = true;
        probe.failsToClose = true;
        out.clear();
        assertThatThrownBy(() -> session.abort(CloseReason.MEMORY)).hasMessage("no memory for a last word");
        assertThat(out).containsExactly("polling cut", "websocket cut", "closed: memory");
        assertThat(session.deadlineMillis()).isEqualTo(Long.MAX_VALUE);
        assertThat(in.heldBytes() + budget.heldBytes()).isZero();
    }

    private ServerSession session(Transport transport, String sid) {
        var session = new ServerSession(sid, EngineSettings.DEFAULT, transport, new SessionRecorder(out), 0);
        session.chargeTo(in, budget);
        return session;
    }
}
