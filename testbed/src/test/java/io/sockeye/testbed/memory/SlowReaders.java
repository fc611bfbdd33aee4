package io.sockeye.testbed.memory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Clients over WebSocket read a byte a second while the application tells everybody much.
 *
 * @param clients that do so
 * @param bytes of an event of the application
 * @param everyMillis how often there is one
 */
record SlowReaders(int clients, int bytes, int everyMillis) implements Attack {
    static final SlowReaders USUAL = new SlowReaders(200, 20_000, 50);

    private static final int RECEIVE_BUFFER = 4_096;
    private static final int READS = 6;

    @Override
    public int seconds() {
        return 14;
    }

    @Override
    public void run(Crowd crowd) throws InterruptedException {
        List<RawWebSocket> open = Collections.synchronizedList(new ArrayList<>());
        crowd.each(clients, number -> {
            var client = RawWebSocket.open(crowd.connect(RECEIVE_BUFFER));
            client.join("40");
            open.add(client);
        });
        crowd.tell("broadcast " + bytes + " " + everyMillis);
        for (int i = 0; i < READS; i++) {
            TimeUnit.SECONDS.sleep(1);
            crowd.each(clients, number -> {
                if (number < open.size()) {
                    open.get(number).connection().in().read();
                }
            });
        }
        crowd.tell("quiet");
    }
}
