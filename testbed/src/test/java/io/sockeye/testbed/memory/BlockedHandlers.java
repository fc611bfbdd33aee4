package io.sockeye.testbed.memory;

import java.util.List;

/**
 * Handlers of so many clients block.
 *
 * @param clients with one such handler each
 */
record BlockedHandlers(int clients) implements Attack {
    static final BlockedHandlers SEEN = new BlockedHandlers(32);

    @Override
    public List<String> options() {
        return List.of("--routes", "on", "--check", "on");
    }

    @Override
    public int seconds() {
        return 4;
    }

    @Override
    public void run(Crowd crowd) throws InterruptedException {
        crowd.each(clients, number -> {
            var client = crowd.joined();
            client.text("42[\"block\"]");
            client.read(); // Nothing comes: the time of the attack is what they stay.
        });
    }
}
