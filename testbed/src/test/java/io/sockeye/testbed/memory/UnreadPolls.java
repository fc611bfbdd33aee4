package io.sockeye.testbed.memory;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Polling clients are silent while the application tells everybody much, then all of them poll and read nothing.
 *
 * @param clients that do so
 * @param bytes of an event of the application
 * @param everyMillis how often there is one
 * @param silentMillis how long they do not poll
 */
record UnreadPolls(int clients, int bytes, int everyMillis, int silentMillis) implements Attack {
    /** As much as in 32 s with 100 kB/s, in less time. */
    static final UnreadPolls SEEN = new UnreadPolls(100, 10_000, 20, 6_600);

    /** So small that what is not read waits at the server, and not in the operating system. */
    private static final int RECEIVE_BUFFER = 4_096;

    @Override
    public int seconds() {
        return 16;
    }

    @Override
    public void run(Crowd crowd) throws InterruptedException {
        var clients = new ConcurrentLinkedQueue<RawPolling>();
        crowd.each(clients(), number -> clients.add(RawPolling.join(crowd.connect(RECEIVE_BUFFER))));
        crowd.tell("broadcast " + bytes + " " + everyMillis);
        TimeUnit.MILLISECONDS.sleep(silentMillis);
        crowd.each(clients(), number -> {
            var client = clients.poll();
            if (client != null) {
                client.poll();
            }
        });
        TimeUnit.MILLISECONDS.sleep(2_000); // The broadcasts go on meanwhile.
        crowd.tell("quiet");
    }
}
