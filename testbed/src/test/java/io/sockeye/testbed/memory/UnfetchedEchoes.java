package io.sockeye.testbed.memory;

import java.util.List;

/**
 * Polling clients ask for echoes and never poll.
 *
 * @param clients that do so
 * @param echoes for each
 * @param bytes of an echo
 */
record UnfetchedEchoes(int clients, int echoes, int bytes) implements Attack {
    static final UnfetchedEchoes SEEN = new UnfetchedEchoes(15, 17, 900_000);

    /** A client whose TCP connection has gone must be noticed while the test runs. */
    @Override
    public List<String> options() {
        return List.of("--pings", "6000");
    }

    @Override
    public void run(Crowd crowd) throws InterruptedException {
        var event = "42[\"echo\",\"" + Attack.text(bytes) + "\"]";
        crowd.each(clients, number -> {
            var client = RawPolling.join(crowd.connect());
            for (int i = 0; i < echoes; i++) {
                client.post(event);
            }
        });
    }
}
