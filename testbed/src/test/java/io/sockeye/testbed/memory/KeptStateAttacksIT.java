package io.sockeye.testbed.memory;

import org.junit.jupiter.api.Test;

/** Clients make the server remember what they say of themselves, the rooms and the namespaces that they choose. */
final class KeptStateAttacksIT {
    private static void isHarmless(Attack attack) throws Exception {
        Verdict.harmless(attack, Trial.of(attack).run());
    }

    @Test
    void joinsAndLeavesWhileConnectionHandlersWait() throws Exception {
        isHarmless(JoinLoop.SEEN);
    }

    @Test
    void joinsAndLeavesWhileConnectionHandlersFillThePool() throws Exception {
        isHarmless(new JoinLoop("/slow-pool", 254, 990_000));
    }

    @Test
    void muchAuthInManyNamespaces() throws Exception {
        isHarmless(KeptAuth.SEEN);
    }

    @Test
    void muchAuthAtEachReturn() throws Exception {
        isHarmless(RecoveredAuth.SEEN);
    }

    @Test
    void aMillionRooms() throws Exception {
        isHarmless(ManyRooms.SEEN);
    }

    @Test
    void roomsWithLongNames() throws Exception {
        isHarmless(new ManyRooms(10_000, 100_000));
    }

    @Test
    void roomsJoinedAndLeft() throws Exception {
        isHarmless(RoomLoop.USUAL);
    }

    @Test
    void aRoomThatAllLeaveAtOnce() throws Exception {
        isHarmless(CrowdedRoom.USUAL);
    }

    @Test
    void joinsWhileThoseWhoDecideAreHeldUp() throws Exception {
        isHarmless(BlockedAdmission.USUAL);
    }

    @Test
    void namespacesWithLongNames() throws Exception {
        isHarmless(new ManyNamespaces(2, 10_000, 480));
    }

    @Test
    void aNamespaceForEachNameThatAClientChooses() throws Exception {
        isHarmless(ManyNamespaces.SEEN);
    }
}
