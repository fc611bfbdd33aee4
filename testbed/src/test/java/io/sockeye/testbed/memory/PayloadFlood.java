package io.sockeye.testbed.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collections;

/**
 * Polling clients have a handler that blocks, and send one payload with as many small events as fit.
 *
 * @param clients each sends one payload
 * @param events in a payload
 * @param event on the wire
 */
record PayloadFlood(int clients, int events, String event) implements Attack {
    static final PayloadFlood SEEN = new PayloadFlood(10, 124_000, "42[\"x\"]");

    @Override
    public void run(Crowd crowd) throws InterruptedException {
        var payload = String.join("\u001e", Collections.nCopies(events, event)).getBytes(UTF_8);
        crowd.each(clients, number -> {
            var client = RawPolling.join(crowd.connect());
            client.post("42[\"block\"]");
            client.send(payload);
            client.connection().readAnswer();
        });
    }
}
