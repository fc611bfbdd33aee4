package io.sockeye.testbed.memory;

import org.junit.jupiter.api.Test;

/** Clients make the server hold what they send: unfinished, or waiting for handlers. */
final class InputAttacksIT {
    private static void isHarmless(Attack attack) throws Exception {
        Verdict.harmless(attack, Trial.of(attack).run());
    }

    @Test
    void payloadsOfSmallEventsBehindBlockedHandlers() throws Exception {
        isHarmless(PayloadFlood.SEEN);
    }

    @Test
    void largeEventsBehindABlockedHandler() throws Exception {
        isHarmless(LargeEvents.SEEN);
    }

    @Test
    void largeEventsOfAClientThatComesBackAgainAndAgain() throws Exception {
        isHarmless(new LargeEvents(1, 240, 900_000, 5));
    }

    @Test
    void unfinishedBodiesThatNobodyWants() throws Exception {
        isHarmless(UnfinishedBodies.SEEN);
    }

    @Test
    void unfinishedBodiesThatARouteWants() throws Exception {
        isHarmless(new UnfinishedBodies(120, "/hello", 999_000, true));
    }

    @Test
    void unfinishedAttachments() throws Exception {
        isHarmless(UnfinishedAttachments.SEEN);
    }
}
