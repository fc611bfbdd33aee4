package io.sockeye.testbed.simulation;

/**
 * How much has happened.
 *
 * @param steps things that happened on the schedule
 * @param events that clients have received
 * @param returns of clients that got their session back
 * @param ended sessions that were ended for want of memory
 */
record Totals(long seeds, long steps, long events, long returns, long ended) {
    static final Totals NONE = new Totals(0, 0, 0, 0, 0);

    Totals plus(Totals other) {
        return new Totals(
                seeds + other.seeds,
                steps + other.steps,
                events + other.events,
                returns + other.returns,
                ended + other.ended);
    }

    @Override
    public String toString() {
        return "%d seeds, %d steps, %d events received, %d sessions given back, %d ended for want of memory"
                .formatted(seeds, steps, events, returns, ended);
    }
}
