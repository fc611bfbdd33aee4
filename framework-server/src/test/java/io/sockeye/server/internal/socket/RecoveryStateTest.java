package io.sockeye.server.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.adapter.StoredSession;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecoveryStateTest {
    private static final RecoveryState.Offset NONE = new RecoveryState.Offset(null, -1);
    private static final RecoveryState.Offset UNKNOWN = new RecoveryState.Offset("text", -1);
    /** Up to which all was done to the last socket. */
    private static final long POSITION = 100;

    private RecoveryState state = new RecoveryState("secret");

    private static String offset(long number) {
        return "o" + number;
    }

    private void sends(long number) {
        state.sends(offset(number));
    }

    private void ponged(long number) {
        state.pinged(number);
        state.ponged();
    }

    /** @param number that the client names */
    private long missedAfter(long number) {
        return missedAfter(new RecoveryState.Offset(offset(number), number));
    }

    private long missedAfter(RecoveryState.Offset named) {
        long missed = state.missedAfter(named, POSITION);
        assertThat(state.knows(named)).isEqualTo(missed >= 0);
        return missed;
    }

    /** The client names what the log has forgotten. */
    private long missedAfterForgotten(long number) {
        return missedAfter(new RecoveryState.Offset(offset(number), -1));
    }

    private void comesBack(long number, long end, @Nullable String last) {
        var named = new RecoveryState.Offset(offset(number), number);
        state.returned(named, state.missedAfter(named, POSITION));
        state.goOn(end, last);
    }

    @Test
    void hasMissedNothingOfWhatWasDoneBeforeAnythingWasSent() {
        state.begin(5);
        assertThat(missedAfter(NONE)).isEqualTo(POSITION);
        assertThat(missedAfter(UNKNOWN)).isEqualTo(POSITION);
        assertThat(missedAfter(2)).isEqualTo(POSITION);
    }

    @Test
    void hasMissedNothingIfItHasGotTheLastThatWasSent() {
        state.begin(5);
        sends(8);
        sends(9);
        assertThat(missedAfter(9)).isEqualTo(POSITION);
        assertThat(missedAfterForgotten(9)).isEqualTo(POSITION);
    }

    @Test
    void takesTheClientsWord() {
        state.begin(5);
        sends(8);
        sends(9);
        assertThat(missedAfter(8)).isEqualTo(8);
    }

    @Test
    void doesNotKnowWhatIsMissedByOneThatGotSomethingAndCannotSayWhat() {
        state.begin(5);
        sends(8);
        assertThat(missedAfter(NONE)).isNegative();
        assertThat(missedAfter(UNKNOWN)).isNegative();
        ponged(9);
        assertThat(missedAfter(NONE)).isNegative();
        assertThat(missedAfter(UNKNOWN)).isNegative();
    }

    @Test
    void beginsAnewForAnOffsetOfAnEarlierSession() {
        state.begin(5);
        sends(8);
        assertThat(missedAfter(2)).isEqualTo(5);
    }

    @Test
    void knowsByAPongWhatHasArrived() {
        state.begin(5);
        sends(6);
        sends(8);
        state.pinged(9);
        sends(12);
        sends(13);
        assertThat(missedAfter(6)).isEqualTo(6);
        state.ponged();
        state.pinged(20);
        assertThat(missedAfter(6)).isEqualTo(9);
        assertThat(missedAfter(12)).isEqualTo(12);
    }

    @Test
    void whatIsConfirmedMayBeForgottenByTheLog() {
        state.begin(5);
        sends(8);
        ponged(9);
        sends(12);
        assertThat(missedAfterForgotten(8)).isEqualTo(9);
        assertThat(missedAfterForgotten(6)).isNegative();
    }

    @Test
    void aReturnSaysWhatHasArrived() {
        state.begin(5);
        sends(8);
        comesBack(8, 110, null);
        sends(120);
        assertThat(missedAfterForgotten(8)).isEqualTo(POSITION);
        assertThat(missedAfter(3)).isEqualTo(POSITION);
    }

    @Test
    void whatIsSentAtAReturnIsMissedIfItDoesNotArrive() {
        state.begin(5);
        sends(8);
        sends(9);
        comesBack(8, 110, offset(105));
        assertThat(missedAfter(8)).isEqualTo(8);
        assertThat(missedAfterForgotten(8)).isEqualTo(8);
        assertThat(missedAfter(104)).isEqualTo(104);
        assertThat(missedAfter(105)).isEqualTo(POSITION);
    }

    @Test
    void anOffsetOfAnEarlierSessionConfirmsNothing() {
        state.begin(5);
        sends(8);
        comesBack(2, 110, offset(8));
        assertThat(missedAfter(2)).isEqualTo(5);
        assertThat(missedAfterForgotten(2)).isNegative();
        comesBack(8, 110, null);
        comesBack(7, 110, null);
        assertThat(missedAfter(7)).isEqualTo(POSITION);
    }

    @Test
    void countsWhatWasSentAtTheReturnForTheNextPing() {
        state.begin(5);
        sends(6);
        sends(7);
        comesBack(6, 30, offset(7));
        assertThat(missedAfter(6)).isEqualTo(6);
        ponged(20); // The loop is behind what was sent at once.
        sends(31);
        assertThat(missedAfter(6)).isEqualTo(30);
        assertThat(missedAfterForgotten(7)).isEqualTo(30);
    }

    @Test
    void aPongToAPingOfTheOldConnectionConfirmsNothingOfTheNewOne() {
        state.begin(5);
        sends(8);
        state.pinged(9);
        sends(10);
        sends(11);
        comesBack(10, 30, offset(11));
        state.ponged();
        assertThat(missedAfter(10)).isEqualTo(10);
        assertThat(missedAfterForgotten(10)).isEqualTo(10);
        assertThat(missedAfterForgotten(8)).isNegative();
    }

    @Test
    void aPongToAPingThatOvertookWhatWasMissedDoesNotAnswerOneOfTheOldConnection() {
        state.begin(5);
        sends(8);
        sends(9);
        state.pinged(9);
        comesBack(8, 30, offset(9));
        state.ponged();
        assertThat(missedAfter(8)).isEqualTo(8);
    }

    @Test
    void goesOnAsItIsInTheStore() {
        state = new RecoveryState(stored("o8", "o7"), 9);
        assertThat(missedAfter(8)).isEqualTo(POSITION);
        assertThat(missedAfterForgotten(7)).isEqualTo(9);
        assertThat(missedAfter(3)).isEqualTo(9);
        assertThat(missedAfter(NONE)).isNegative();
        comesBack(8, 110, null);
        assertThat(state.sent()).isEqualTo("o8");
        assertThat(state.got()).isEqualTo("o8");
        assertThat(state.confirmed()).isEqualTo(POSITION);
    }

    @Test
    void theLogMayHaveForgottenWhatIsInTheStore() {
        state = new RecoveryState(stored("o8", "o7"), -1);
        assertThat(missedAfterForgotten(8)).isEqualTo(POSITION);
        assertThat(missedAfterForgotten(7)).isNegative();
        state = new RecoveryState(stored(null, null), -1);
        assertThat(missedAfter(NONE)).isEqualTo(POSITION);
    }

    private static StoredSession stored(@Nullable String sent, @Nullable String got) {
        return new StoredSession("secret", "id", "/", Set.of(), Map.of(), "o100", sent, null, got);
    }
}
