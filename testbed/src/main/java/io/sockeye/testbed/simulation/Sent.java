package io.sockeye.testbed.simulation;

/** An event that the application sent. */
final class Sent {
    /** After all others. */
    static final int NOWHERE = Integer.MAX_VALUE;

    private final int id;
    private final long atMillis;
    private final String origin;
    private final Audience audience;
    private final boolean kept;
    /** In the log of the cluster. */
    private int place = NOWHERE;

    /**
     * @param id its place among all events
     * @param origin the thread that sent it, as far as threads have an order
     * @param kept whether it must arrive
     */
    Sent(int id, long atMillis, String origin, Audience audience, boolean kept) {
        this.id = id;
        this.atMillis = atMillis;
        this.origin = origin;
        this.audience = audience;
        this.kept = kept;
    }

    int id() {
        return id;
    }

    long atMillis() {
        return atMillis;
    }

    String origin() {
        return origin;
    }

    Audience audience() {
        return audience;
    }

    boolean kept() {
        return kept;
    }

    int place() {
        return place;
    }

    void logged(int number) {
        place = number;
    }

    @Override
    public String toString() {
        return "event " + id + " of " + origin + " for " + audience + (kept ? "" : ", not kept");
    }
}
