package io.sockeye.testbed.simulation;

/**
 * How much has happened.
 *
 * @param steps things that happened on the schedule
 * @param events that clients have received
 * @param returns of clients that got their session back
 */
record Totals(long seeds, long steps, long events, long returns) {
    static final Totals NONE = new Totals(0, 0, 0, 0);

    Totals plus(Totals other) {
        return new Totals(seeds + other.seeds, steps + other.steps, events + other.events, returns + other.returns);
    }

    @Override
    public String toString() {
        return "%d seeds, %d steps, %d events received, %d sessions given back"
                .formatted(seeds, steps, events, returns);
    }
}
