package io.sockeye.testbed.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What is the same all through one run.
 *
 * @param servers how many there are; several are a cluster
 * @param loops of each server
 * @param recoveryMillis how long clients may be away; 0 if they cannot come back
 * @param outboxBytes what may wait for a client
 * @param eventLoop whether handlers run on the event loop
 * @param shortLog whether the cluster's log forgets what a slow server has not read
 * @param memoryBytes what a server may hold for all clients, in each direction; then the first client wants more than its share. 0 if there is
 *     more than enough
 * @param sticky whether all requests of a session reach the server that has it; others are forwarded to that
 */
record Settings(
        int servers,
        int loops,
        List<Way> clients,
        long recoveryMillis,
        long outboxBytes,
        boolean eventLoop,
        boolean shortLog,
        boolean sticky,
        long memoryBytes) {
    /** So exactly does the model know how long a client was away. */
    static final long TOLERANCE_MILLIS = 1_100;

    private static final long SMALL_MEMORY = 256 << 10;

    static final long PING_INTERVAL_MILLIS = 700;
    static final long PING_TIMEOUT_MILLIS = 500;

    static Settings draw(SplittableRandom random) {
        var all = List.of(Way.values());
        var ways = new ArrayList<Way>();
        for (int i = 2 + random.nextInt(3); i > 0; i--) {
            ways.add(all.get(random.nextInt(all.size())));
        }
        boolean tight = random.nextInt(6) == 0;
        boolean cluster = random.nextInt(4) == 0;
        return new Settings(
                cluster ? 3 : 1,
                1 + random.nextInt(2),
                ways,
                random.nextInt(4) == 0 && !cluster ? 0 : 2_000,
                tight ? 6_000 : 1 << 20,
                random.nextInt(4) == 0,
                cluster && random.nextInt(3) == 0,
                !cluster || random.nextBoolean(),
                random.nextInt(6) == 0 ? SMALL_MEMORY : 0);
    }

    /** In which order events must arrive. */
    enum Order {
        /** That in which they were sent. */
        CALLS,
        /** That in which each thread sent them: handlers on the event loop need not wait for what others have posted there. */
        ORIGINS,
        /** That of the cluster's log. */
        LOG
    }

    Order order() {
        if (servers > 1) {
            return Order.LOG;
        }
        return recoveryMillis > 0 || !eventLoop ? Order.CALLS : Order.ORIGINS;
    }

    /** Whether the client of that index wants more than its share, and may be ended for the others' sake. */
    boolean isGreedy(int client) {
        return memoryBytes > 0 && client == 0;
    }

    /** Whether clients that are back soon have a right to their sessions: not if the log has no room for what they missed. */
    boolean recovers() {
        return recoveryMillis > 0 && outboxBytes > 10_000 && memoryBytes == 0;
    }
}
