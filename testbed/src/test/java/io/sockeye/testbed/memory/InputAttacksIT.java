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
    void unfinishedFramesOfClientsInANamespace() throws Exception {
        var attack = new UnfinishedFrames(130, 999_000, true, 0);
        Verdict.harmless(
                attack, Trial.of(attack).in(JvmSize.usual().direct(128)).run());
    }

    @Test
    void unfinishedMessagesInShortFragments() throws Exception {
        var attack = new UnfinishedFrames(50, 900_000, true, 100);
        Verdict.harmless(
                attack, Trial.of(attack).in(JvmSize.usual().direct(128)).run());
    }

    @Test
    void unfinishedHeads() throws Exception {
        isHarmless(UnfinishedHeads.SEEN);
    }

    @Test
    void shortUnfinishedHeadsAfterLongBodies() throws Exception {
        isHarmless(new UnfinishedHeads(1_000, 100, UnfinishedHeads.Rest.LINE, 400_000));
    }

    @Test
    void unfinishedHeadsOfManyHeaders() throws Exception {
        isHarmless(new UnfinishedHeads(2_000, 12_000, UnfinishedHeads.Rest.HEADERS, 0));
    }

    @Test
    void headsOfManyHeadersBeforeUnfinishedBodies() throws Exception {
        isHarmless(new UnfinishedHeads(2_000, 12_000, UnfinishedHeads.Rest.HEADERS_OF_A_BODY, 0));
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
