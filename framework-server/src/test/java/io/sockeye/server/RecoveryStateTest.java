package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecoveryStateTest {
    private static final long NONE = -1;

    private final RecoveryState state = new RecoveryState("secret");

    @Test
    void beginsWhereTheSessionBegan() {
        state.begin(5);
        assertThat(state.missedAfter(NONE)).isEqualTo(5);
    }

    @Test
    void takesTheClientsWord() {
        state.begin(5);
        state.sent();
        assertThat(state.missedAfter(8)).isEqualTo(8);
    }

    @Test
    void doesNotKnowWhatIsMissedByOneThatGotSomethingAndCannotSayWhat() {
        state.begin(5);
        state.sent();
        assertThat(state.missedAfter(NONE)).isNegative();
    }

    @Test
    void beginsAnewForAnOffsetOfAnEarlierSession() {
        state.begin(5);
        assertThat(state.missedAfter(2)).isEqualTo(5);
        state.sent();
        assertThat(state.missedAfter(2)).isEqualTo(5);
    }

    @Test
    void knowsByAPongWhatHasArrived() {
        state.begin(5);
        state.pinged(9);
        assertThat(state.missedAfter(6)).isEqualTo(6);
        state.ponged();
        state.pinged(20);
        assertThat(state.missedAfter(6)).isEqualTo(9);
        assertThat(state.missedAfter(12)).isEqualTo(12);
    }

    @Test
    void countsWhatWasSentAtTheReturnForTheNextPing() {
        state.begin(5);
        state.goOn(30);
        assertThat(state.missedAfter(7)).isEqualTo(7);
        state.pinged(20); // The loop is behind what was sent at once.
        state.ponged();
        assertThat(state.missedAfter(7)).isEqualTo(30);
    }

    @Test
    void aPongToAPingOfTheOldConnectionConfirmsNothingOfTheNewOne() {
        state.begin(5);
        state.pinged(9);
        state.goOn(30);
        state.ponged();
        assertThat(state.missedAfter(7)).isEqualTo(9);
    }
}
