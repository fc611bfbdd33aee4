package io.sockeye.testbed.simulation;

/** Whether a session was ended for want of memory, and who was told. */
final class MemoryRecord {
    /** Whether its client holds little at any time. */
    private boolean modest;

    private boolean ended;
    private int told;
    /** Whether its server may have died before all were told. */
    private boolean orphaned;

    /** Its client has heard of it. */
    void belongsTo(boolean greedy) {
        modest = !greedy;
    }

    /** A disconnect handler was told that it was ended. */
    void ended() {
        ended = true;
    }

    /** The application was told that it held the most. */
    void overflowed() {
        told++;
    }

    void orphan() {
        orphaned = true;
    }

    boolean hasEnded() {
        return ended;
    }

    /** @param session for people */
    void check(String session) {
        if (modest && (ended || told > 0)) {
            throw new Violation(session + " was ended for want of memory though its client held little");
        }
        if (told > 1 || (ended && told == 0 && !orphaned)) {
            throw new Violation(session + " was ended for want of memory, and the application told " + told + " times");
        }
    }
}
