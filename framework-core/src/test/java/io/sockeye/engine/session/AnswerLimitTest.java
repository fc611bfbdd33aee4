package io.sockeye.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.EngineSettings;
import io.sockeye.engine.Framing;
import io.sockeye.engine.memory.Budget;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.TransportKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One answer to a poll takes 256,000 bytes; the client polls again for the rest. */
class AnswerLimitTest {
    private final List<String> out = new ArrayList<>();
    private final FakeTransport polling = new FakeTransport("p", TransportKind.POLLING, out);
    private final Budget budget = new Budget(10_000_000);
    private final ServerSession session = open();

    private ServerSession open() {
        var opened = new ServerSession("S1", EngineSettings.DEFAULT, polling, new SessionRecorder(out), 0);
        opened.chargeTo(new Budget(1), budget);
        polling.flushed = true;
        polling.writable = false;
        out.clear();
        return opened;
    }

    private static List<EnginePacket> message(char text, int length) {
        return List.of(EnginePacket.message(Bytes.ofUtf8(String.valueOf(text).repeat(length))));
    }

    /** What was written, as its first letters and its length. */
    private List<String> written() {
        var written = out.stream()
                .map(one -> one.length() < 100 ? one : one.substring(0, 4) + " " + (one.length() - 2))
                .toList();
        out.clear();
        return written;
    }

    private List<String> poll() {
        polling.writable = true;
        polling.flushed = true;
        session.transportReady(polling);
        polling.writable = false;
        return written();
    }

    @Test
    void holdsAsManyPacketsAsFit() {
        session.send(message('a', 127_998));
        session.send(message('b', 127_999));
        session.send(message('c', 1));
        assertThat(poll()).containsExactly("p 4a 127999", "p 4b 128000");
        assertThat(poll()).containsExactly("p 4c");
        assertThat(poll()).isEmpty();
        assertThat(budget.heldBytes()).isZero();
    }

    @Test
    void holdsOneAloneThatIsLonger() {
        session.send(message('a', 1));
        session.send(message('b', 900_000));
        session.send(message('c', 1));
        assertThat(poll()).containsExactly("p 4a");
        assertThat(poll()).containsExactly("p 4b 900001");
        assertThat(poll()).containsExactly("p 4c");
    }

    @Test
    void leavesTheAttachmentsOfALongEventForTheNextOne() {
        polling.writable = true;
        var binary = EnginePacket.binaryMessage(Bytes.wrap(new byte[150_000]));
        session.send(List.of(EnginePacket.message(Bytes.ofUtf8("x")), binary, binary));
        assertThat(written()).containsExactly("p 4x 200004");
        assertThat(session.writable()).isFalse();
        session.send(message('y', 1));
        assertThat(poll()).containsExactly("p bA 200001", "p 4y");
    }

    @Test
    void goesOnWithTheRestOverTheNextTransport() {
        var webSocket = new FakeTransport("w", TransportKind.WEBSOCKET, out);
        session.send(message('a', 200_000));
        session.send(message('b', 200_000));
        session.send(message('c', 1));
        session.probe(webSocket, 0);
        session.receiveFrame(webSocket, Bytes.ofUtf8("2probe"), false, 0);
        assertThat(written()).containsExactly("w 3probe");
        assertThat(poll()).containsExactly("p 4a 200001");
        session.receiveFrame(webSocket, Bytes.ofUtf8("5"), false, 0);
        assertThat(written()).containsExactly("p closed", "upgraded to websocket", "w 4b 200001", "w 4c");
    }

    @Test
    void letsAPollGoThatHoldsUpAnUpgrade() {
        session.probe(new FakeTransport("w", TransportKind.WEBSOCKET, out), 0);
        session.send(message('a', 256_000 - 1));
        assertThat(poll()).containsExactly("p 4a 256000");
    }

    @Test
    void hasRoomForThePingAheadOfTheRest() {
        session.send(message('a', 255_999));
        session.send(message('b', 1));
        session.tick(25_000);
        assertThat(poll()).containsExactly("p 2");
        assertThat(poll()).containsExactly("p 4a 256000");
        assertThat(poll()).containsExactly("p 4b");
    }

    @Test
    void tellsTheEndAlsoIfItIsFull() {
        polling.writable = true;
        session.send(message('a', 255_999));
        written();
        session.abort(CloseReason.PING_TIMEOUT);
        assertThat(written()).startsWith("p 1", "p closed");
    }

    @Test
    void closesOnceTheRestHasLeft() {
        session.send(message('a', 200_000));
        session.send(message('b', 200_000));
        session.close(CloseReason.FORCED_CLOSE, 0);
        assertThat(poll()).containsExactly("p 4a 200001");
        assertThat(poll()).containsExactly("p 4b 200001");
        assertThat(poll()).startsWith("p 1", "p closed");
    }

    @Test
    void takesBackWhatHadNoRoom() {
        polling.writable = true;
        session.send(message('a', 200_000));
        var late = message('b', 200_000);
        session.send(late);
        assertThat(session.withdraw(late)).isTrue();
        assertThat(budget.heldBytes()).isZero();
    }

    /** The length before a packet counts, too. */
    @ParameterizedTest
    @CsvSource({"a, 30000", "é, 30000"})
    void isNoLongerInRevision3(String text, int packets) {
        polling.framing = Framing.revision3(true);
        for (int i = 0; i < packets; i++) {
            session.send(List.of(EnginePacket.message(Bytes.ofUtf8(text))));
        }
        polling.writable = true;
        session.transportReady(polling);
        long bytes = out.stream()
                .mapToLong(one -> Bytes.ofUtf8(one).length() - "p ".length())
                .sum();
        assertThat(bytes).isBetween(64_000L, 256_000L);
    }

    /** What many get is not copied for each of them. */
    @ParameterizedTest
    @CsvSource({"4", "3"})
    void consistsOfThePacketsOwnBytes(int revision) {
        var framing = revision == 4 ? Framing.revision4() : Framing.revision3(false);
        var data = Bytes.ofUtf8("x".repeat(70_000));
        var payload =
                framing.payload(List.of(EnginePacket.message(data), EnginePacket.PING, EnginePacket.message(data)));
        assertThat(payload.parts()).anySatisfy(part -> assertThat(part).isSameAs(data));
        assertThat(payload.ownBytes()).isLessThan(50);
        assertThat(payload.body().utf8())
                .isEqualTo(
                        revision == 4
                                ? "4" + data.utf8() + "\u001e2\u001e4" + data.utf8()
                                : "70001:4" + data.utf8() + "1:270001:4" + data.utf8());
    }
}
