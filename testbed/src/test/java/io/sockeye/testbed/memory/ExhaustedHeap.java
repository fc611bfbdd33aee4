package io.sockeye.testbed.memory;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * The application itself takes all of the heap for a while, and clients go on sending: the loops' threads meet an {@link
 * OutOfMemoryError}.
 *
 * @param clients that send
 * @param bytes of each event
 * @param rest of the heap, in bytes
 * @param millis how long the application keeps it
 */
record ExhaustedHeap(int clients, int bytes, int rest, int millis) implements Attack {
    static final ExhaustedHeap SEEN = new ExhaustedHeap(20, 900_000, 0, 3_000);

    private static final int LEAD_MILLIS = 700;
    private static final int EVENTS = 20;

    @Override
    public void run(Crowd crowd) throws InterruptedException {
        var event = "42[\"echo\",\"" + Attack.text(bytes) + "\"]";
        var sockets = new ConcurrentLinkedQueue<RawWebSocket>();
        crowd.each(clients, number -> sockets.add(crowd.joined()));
        for (var socket : sockets) {
            crowd.begin(number -> {
                TimeUnit.MILLISECONDS.sleep(LEAD_MILLIS);
                for (int i = 0; i < EVENTS; i++) {
                    socket.text(event);
                }
            });
        }
        crowd.tell("fill " + rest + " " + (LEAD_MILLIS + millis));
    }
}
