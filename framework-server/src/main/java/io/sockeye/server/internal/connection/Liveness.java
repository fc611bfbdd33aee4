package io.sockeye.server.internal.connection;

import java.util.Comparator;

/**
 * How alive a client looks. Who looks least alive comes first.
 *
 * @param sinceMillis since when it has shown nothing else
 */
record Liveness(Sign sign, long sinceMillis) implements Comparable<Liveness> {
    private static final Comparator<Liveness> ORDER =
            Comparator.comparing(Liveness::sign).thenComparingLong(Liveness::sinceMillis);

    /** Whether it is in a namespace, and does not ask for what there is for it. */
    boolean isAway() {
        return sign == Sign.AWAY;
    }

    @Override
    public int compareTo(Liveness other) {
        return ORDER.compare(this, other);
    }

    /** The least alive first. */
    enum Sign {
        /** It has been in no namespace for a while and does not want to be. */
        SILENT,
        /** It has been in no namespace for a while, and waits for one that lets it in. */
        WAITING,
        /** It polls, and no poll has come for a while. */
        AWAY,
        /** A poll of it waits, it has another connection, or it has just come. */
        THERE
    }
}
