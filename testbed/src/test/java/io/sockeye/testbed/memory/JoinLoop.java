package io.sockeye.testbed.memory;

import java.io.IOException;

/**
 * One client joins a namespace whose connection handler takes long, leaves it, and again.
 *
 * @param namespace {@code /slow} or {@code /slow-pool}, see {@link AttackedServer}
 * @param pairs of CONNECT and DISCONNECT
 * @param authBytes of each CONNECT
 */
record JoinLoop(String namespace, int pairs, int authBytes) implements Attack {
    static final JoinLoop SEEN = new JoinLoop("/slow", 254, 990_000);

    @Override
    public void run(Crowd crowd) throws InterruptedException {
        var connect = "40" + namespace + ",{\"a\":\"" + Attack.text(authBytes) + "\"}";
        crowd.each(1, number -> {
            var client = RawWebSocket.open(crowd.connect());
            for (int i = 0; i < pairs; i++) {
                var answer = client.join(connect);
                if (!answer.startsWith("40")) {
                    throw new IOException(answer);
                }
                client.text("41" + namespace + ",");
            }
        });
    }
}
