package io.sockeye.testbed.memory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients take the threads of others, or these meet an {@link OutOfMemoryError}. */
final class ThreadAttacksIT {
    @Test
    void blockedHandlersHoldUpNeitherHandlersNorJoinsNorRoutes() throws Exception {
        var attack = BlockedHandlers.SEEN;
        var trial = Trial.of(attack).with("join", Newcomers::joins).with("page", Newcomers::readsPage);
        Verdict.harmless(attack, trial.run());
    }

    @ParameterizedTest
    @CsvSource({"900000,0", "100,262144"})
    void anExhaustedHeapKillsNoLoopInSilence(int bytes, int rest) throws Exception {
        var attack = new ExhaustedHeap(20, bytes, rest, 3_000);
        Verdict.recoversOrEnds(attack, Trial.of(attack).run());
    }
}
