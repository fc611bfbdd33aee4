package io.sockeye.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.EngineSettings;
import io.sockeye.engine.memory.Budget;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.TransportKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bodies that arrive while a session does not read, or stops to read in the middle of them. */
class UnreadBodyTest {
    private static final String BODY = "4a\u001e4b\u001e4stop\u001e4c\u001e3\u001e4stop\u001e4d"; // 25 bytes

    private final List<String> out = new ArrayList<>();
    private final Budget in = new Budget(1_000);
    private final FakeTransport polling = new FakeTransport(TransportKind.POLLING, out);
    private final Owner owner = new Owner();
    private final ServerSession session = new ServerSession("S1", EngineSettings.DEFAULT, polling, owner, 0);

    UnreadBodyTest() {
        session.chargeTo(in, new Budget(1_000));
        out.clear();
    }

    private boolean receive(String body) {
        return session.receivePayload(polling, Bytes.ofUtf8(body), 0);
    }

    @Test
    void isReadNoFurtherThanToThePacketAtWhichTheSessionStops() {
        assertThat(receive(BODY)).isTrue();
        assertThat(owner.messages).containsExactly("a", "b", "stop");
        assertThat(in.heldBytes()).isEqualTo(25);
        assertThat(session.unreadBytes()).isEqualTo(25);
    }

    @Test
    void goesOnWhereItStopped() {
        receive(BODY);
        session.reading(true, 1);
        assertThat(owner.messages).containsExactly("a", "b", "stop", "c", "stop");
        assertThat(in.heldBytes()).isEqualTo(25);
        session.reading(true, 2);
        assertThat(owner.messages).containsExactly("a", "b", "stop", "c", "stop", "d");
        assertThat(in.heldBytes()).isZero();
        assertThat(session.unreadBytes()).isZero();
    }

    @Test
    void isConfirmedOnceAllOfItIsRead() {
        receive(BODY);
        assertThat(out).containsExactly("polling rests");
        session.reading(true, 1);
        assertThat(out).containsExactly("polling rests", "polling rests");
        session.reading(true, 2);
        assertThat(out).containsExactly("polling rests", "polling rests", "polling reads");
    }

    @Test
    void waitsAsAWholeForASessionThatRests() {
        session.reading(false, 0);
        assertThat(receive("4a\u001e4b")).isTrue();
        assertThat(owner.messages).isEmpty();
        assertThat(in.heldBytes()).isEqualTo(5);
        session.reading(true, 1);
        assertThat(owner.messages).containsExactly("a", "b");
        assertThat(in.heldBytes()).isZero();
    }

    @Test
    void isReadInOrderIfAPacketLetsTheSessionReadAgain() {
        owner.readsAgain = true;
        receive(BODY);
        assertThat(owner.messages).containsExactly("a", "b", "stop", "c", "stop", "d");
        assertThat(in.heldBytes()).isZero();
        assertThat(out).containsExactly("polling rests", "polling rests", "polling reads");
    }

    @Test
    void isForgottenWhenTheSessionEnds() {
        receive(BODY);
        session.abort(CloseReason.TRANSPORT_CLOSE);
        session.reading(true, 1);
        assertThat(owner.messages).containsExactly("a", "b", "stop");
        assertThat(polling.refused).isFalse();
        assertThat(in.heldBytes()).isZero();
    }

    @Test
    void endsTheSessionWhenTheRestIsNoPacket() {
        receive("4stop\u001e4a\u001e?\u001e4b");
        session.reading(true, 1);
        assertThat(owner.messages).containsExactly("stop", "a");
        assertThat(owner.closed).containsExactly(CloseReason.PARSE_ERROR);
        assertThat(polling.refused).isTrue();
        assertThat(in.heldBytes()).isZero();
    }

    /** Stops to read at some packets. */
    private final class Owner implements SessionListener {
        private final List<String> messages = new ArrayList<>();
        private final List<CloseReason> closed = new ArrayList<>();
        private boolean readsAgain;

        @Override
        public void onMessage(EnginePacket message) {
            messages.add(message.data().utf8());
            if (messages.get(messages.size() - 1).equals("stop")) {
                session.reading(false, 0);
                session.reading(readsAgain, 0);
            }
        }

        @Override
        public void onClose(CloseReason reason) {
            closed.add(reason);
        }
    }
}
