package io.sockeye.testbed.memory;

import java.util.List;

/**
 * Clients send messages that are a thousand times as long once they are inflated.
 *
 * @param clients that do so
 * @param messages of each, at once
 * @param bytes of an event when it is inflated
 * @param event that is sent
 */
record DeflateBombs(int clients, int messages, int bytes, String event) implements Attack {
    static final DeflateBombs USUAL = new DeflateBombs(20, 60, 990_000, "block");

    @Override
    public List<String> options() {
        return List.of("--deflate", "on");
    }

    @Override
    public void run(Crowd crowd) throws InterruptedException {
        var message = Deflated.of("42[\"" + event + "\",\"" + Attack.text(bytes) + "\"]");
        crowd.each(clients, number -> {
            var client = RawWebSocket.open(crowd.connect(4_096), Deflated.OFFER);
            client.join("40");
            client.deflated(message, messages);
        });
    }
}
