package io.sockeye.testbed.simulation;

/** How long the client of one session has been away. Times are those of the schedule, in milliseconds. */
final class Absence {
    /** When its connection ended, as the client knows. */
    private long brokenAtMillis;
    /** Whether the server has heard of it since it came back; if not, it has been away all the time. */
    private boolean heard = true;
    /** When the server noticed that the client is away; -1 if it is there. */
    private long lostAtMillis = -1;

    /** The client's connection has ended, as it knows. */
    void broken(long millis) {
        if (heard) {
            brokenAtMillis = millis;
        }
        heard = false;
    }

    /** The client has an answer to what it said since it came back. */
    void heard() {
        heard = true;
    }

    /** A disconnect handler runs. */
    void lost(long millis) {
        lostAtMillis = millis;
    }

    /** A connection handler runs. */
    void found() {
        lostAtMillis = -1;
    }

    /** How long the server has taken it for away. */
    long noticedMillis(long nowMillis) {
        return lostAtMillis < 0 ? 0 : nowMillis - lostAtMillis;
    }

    /** The longer one of that and of what the client knows: the server may notice much later that a connection is closed. */
    long longestMillis(long nowMillis) {
        return Math.max(noticedMillis(nowMillis), nowMillis - brokenAtMillis);
    }
}
