package io.sockeye.testbed.memory;

import org.junit.jupiter.api.Test;

/** Clients make the server hold what they do not fetch. */
final class OutputAttacksIT {
    private static void isHarmless(Attack attack) throws Exception {
        Verdict.harmless(attack, Trial.of(attack).run());
    }

    @Test
    void echoesThatNobodyPollsFor() throws Exception {
        isHarmless(UnfetchedEchoes.SEEN);
    }

    @Test
    void oneLargeEchoThatNobodyReadsForEachOfMany() throws Exception {
        isHarmless(UnreadEchoes.OF_MANY);
    }

    @Test
    void echoesThatNobodyReads() throws Exception {
        isHarmless(UnreadEchoes.OF_SOME);
    }
}
