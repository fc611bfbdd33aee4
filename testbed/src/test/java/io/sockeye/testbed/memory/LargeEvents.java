package io.sockeye.testbed.memory;

import java.util.List;

/**
 * Clients have a handler that blocks, and send large events.
 *
 * @param clients that do so
 * @param events of one client, all together
 * @param bytes of an event
 * @param returns how often the client comes back by recovery in between; 0 for one connection
 */
record LargeEvents(int clients, int events, int bytes, int returns) implements Attack {
    static final LargeEvents SEEN = new LargeEvents(1, 297, 900_000, 0);

    @Override
    public List<String> options() {
        return List.of("--recovery", returns == 0 ? "off" : "on");
    }

    @Override
    public void run(Crowd crowd) throws InterruptedException {
        var event = "42[\"x\",\"" + Attack.text(bytes) + "\"]";
        crowd.each(clients, number -> {
            var session = RecoverableClient.begin(crowd, "{}");
            session.socket().text("42[\"block\"]");
            for (int round = 0; round <= returns; round++) {
                for (int i = 0; i < events / (returns + 1); i++) {
                    session.socket().text(event);
                }
                if (round < returns) {
                    session.comeBack("");
                }
            }
        });
    }
}
