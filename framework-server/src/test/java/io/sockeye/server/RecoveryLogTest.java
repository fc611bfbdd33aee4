package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.socket.SocketPacket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RecoveryLogTest {
    private static final boolean PRESENT = true;
    private static final boolean AWAY = false;
    private static final String FOREIGN = "of another server";

    private ServerContext context = context(ConnectionStateRecovery.within(Duration.ofMinutes(1)));
    private RecoveryLog log = new RecoveryLog(recovery(), "secret");

    @Test
    void whatFollowsTheOffsetWasMissed() {
        var events = add(4, PRESENT);
        assertThat(log.after(events.get(1).offset())).containsExactly(events.get(2), events.get(3));
        assertThat(log.after(events.get(3).offset())).isEmpty();
    }

    @Test
    void whatAnOffsetOfAnotherServerFollowsIsNotKnown() {
        add(1, PRESENT);
        assertThat(log.after(FOREIGN)).isNull();
        assertThat(log.after(recovery().nextOffset())).isNull();
    }

    @Test
    @DisplayName("#5538, #4888, #4733: who was sent nothing missed all, even without an offset")
    void whoWasSentNothingMissedAll() {
        assertThat(log.after(null)).isEmpty();
        var missed = add(2, AWAY);
        assertThat(log.after(null)).isEqualTo(missed);
    }

    @Test
    void whoWasSentNothingMissedAllWhateverItGotInEarlierSessions() {
        var missed = add(2, AWAY);
        assertThat(log.after(recovery().nextOffset())).isEqualTo(missed);
        assertThat(log.after(FOREIGN)).isEqualTo(missed);
    }

    /** What was sent may have been lost with the connection. */
    @Test
    void anOffsetOfAnEarlierSessionMeansTheBeginning() {
        String earlier = recovery().nextOffset();
        log = new RecoveryLog(recovery(), "secret");
        var all = new ArrayList<>(add(1, PRESENT));
        all.addAll(add(2, AWAY));
        assertThat(log.after(earlier)).isEqualTo(all);
        assertThat(log.after(earlier + "0000000000000000")).isNull();
        assertThat(log.after(earlier.substring(0, 9) + "?")).isNull();
        assertThat(log.after(recovery().nextOffset())).isNull();
    }

    @Test
    void whoWasSentSomethingMustNameAnOffset() {
        add(1, PRESENT);
        add(1, AWAY);
        assertThat(log.after(null)).isNull();
    }

    @Test
    void moreThanTheMostPacketsAreNotKept() {
        configure(settings().maxPackets(3));
        var events = add(5, PRESENT);
        assertThat(log.entries()).isEqualTo(events.subList(2, 5));
        assertThat(log.after(events.get(0).offset())).isNull();
        assertThat(log.after(events.get(1).offset())).isEqualTo(events.subList(2, 5));
        assertThat(log.after(null)).isNull();
    }

    @Test
    void whoseFirstMissedEventIsForgottenDoesNotComeBack() {
        configure(settings().maxPackets(1));
        add(2, AWAY);
        assertThat(log.after(null)).isNull();
        assertThat(log.after(FOREIGN)).isNull();
    }

    @Test
    void moreThanTheMostBytesAreNotKept() {
        long one = outgoing(0).bytes();
        configure(settings().maxBytes(3 * one));
        var events = add(4, PRESENT);
        assertThat(log.entries()).isEqualTo(events.subList(1, 4));
        assertThat(recovery().bytes()).isEqualTo(3 * one);
    }

    @Test
    void anEventLargerThanAllIsForgottenAtOnce() {
        configure(settings().maxBytes(10));
        add(1, PRESENT);
        assertThat(log.entries()).isEmpty();
        assertThat(recovery().bytes()).isZero();
    }

    @Test
    void whatArrivedIsForgottenButForTheLastHundred() {
        var events = add(150, PRESENT);
        log.pinged();
        var later = add(1, PRESENT);
        log.ponged();
        assertThat(log.entries()).hasSize(101).startsWith(events.get(50)).endsWith(later.get(0));
        assertThat(log.after(events.get(49).offset())).hasSize(101);
        assertThat(log.after(events.get(48).offset())).isNull();
    }

    @Test
    void whatWasSentAfterThePingMayNotHaveArrived() {
        log.pinged();
        var events = add(150, PRESENT);
        log.ponged();
        assertThat(log.entries()).isEqualTo(events);
    }

    @Test
    void aPongCountsForThePingBeforeIt() {
        add(110, PRESENT);
        log.ponged();
        assertThat(log.entries()).hasSize(110);
    }

    @Test
    void underPressureWhatArrivedGoesFirst() {
        configure(settings().maxBytes(5 * outgoing(0).bytes()));
        var others = new RecoveryLog(recovery(), "other");
        var waiting = outgoing(9);
        others.add(waiting, AWAY);
        var events = add(4, PRESENT);
        log.pinged();
        log.ponged();
        var next = add(1, PRESENT);
        assertThat(log.entries()).isEqualTo(List.of(events.get(1), events.get(2), events.get(3), next.get(0)));
        assertThat(others.entries()).containsExactly(waiting);
    }

    @Test
    void whatSeveralClientsAreSentIsHeldOnce() {
        var other = new RecoveryLog(recovery(), "other");
        var shared = outgoing(1);
        log.add(shared, PRESENT);
        other.add(shared, AWAY);
        assertThat(recovery().bytes()).isEqualTo(shared.bytes());
        log.clear();
        assertThat(recovery().bytes()).isEqualTo(shared.bytes());
        other.clear();
        assertThat(recovery().bytes()).isZero();
    }

    @Test
    @SuppressWarnings("NullAway") // A null fails the test.
    void beginsWithWhatAnEarlierLogHeld() {
        var old = new RecoveryLog(recovery(), "secret");
        var first = outgoing(1);
        var second = outgoing(2);
        old.add(first, AWAY);
        old.add(second, AWAY);
        log.begin(old.after(null), "offset of the client");
        old.clear();
        var last = add(1, AWAY).get(0);
        assertThat(log.entries()).containsExactly(first, second, last);
        assertThat(log.after("offset of the client")).containsExactly(first, second, last);
        assertThat(log.after(second.offset())).containsExactly(last);
        log.clear();
        assertThat(recovery().bytes()).isZero();
    }

    @Test
    @DisplayName("#4888, #4880: who was sent nothing comes back a second time, too")
    void whoWasSentNothingComesBackAgainAndAgain() {
        log.begin(List.of(), null);
        log.sent();
        var missed = add(1, AWAY);
        assertThat(log.after(null)).isEqualTo(missed);
    }

    @Test
    void whoWasSentWhatItMissedMustNameAnOffset() {
        log.begin(List.of(outgoing(1)), null);
        log.sent();
        assertThat(log.after(null)).isNull();
    }

    @Test
    void whatWasMissedButNotSentYetIsMissedStill() {
        var missed = List.of(outgoing(1));
        log.begin(missed, null);
        assertThat(log.after(null)).isEqualTo(missed);
    }

    private List<Outgoing> add(int count, boolean present) {
        var added = new ArrayList<Outgoing>();
        IntStream.range(0, count).mapToObj(this::outgoing).forEach(outgoing -> {
            log.add(outgoing, present);
            added.add(outgoing);
        });
        return added;
    }

    private Outgoing outgoing(int number) {
        var event =
                new SocketPacket.Event("/", SocketPacket.NO_ACK, context.json().array("news", number));
        return Outgoing.of(event, Flags.NONE, context);
    }

    private ConnectionStateRecovery settings() {
        return recovery().settings();
    }

    private void configure(ConnectionStateRecovery settings) {
        context = context(settings);
        log = new RecoveryLog(recovery(), "secret");
    }

    private Recovery recovery() {
        return Objects.requireNonNull(context.recovery());
    }

    private static ServerContext context(ConnectionStateRecovery settings) {
        var builder = SocketServer.builder().connectionStateRecovery(settings);
        return new ServerContext(builder, HandlerExecutor.of(Runnable::run));
    }
}
