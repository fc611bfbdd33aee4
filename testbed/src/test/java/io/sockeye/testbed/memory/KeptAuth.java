package io.sockeye.testbed.memory;

import java.io.IOException;

/**
 * Clients say much of themselves in many namespaces.
 *
 * @param clients that do so
 * @param namespaces of each client
 * @param authBytes of each CONNECT
 */
record KeptAuth(int clients, int namespaces, int authBytes) implements Attack {
    static final KeptAuth SEEN = new KeptAuth(3, 100, 990_000);

    @Override
    public void run(Crowd crowd) throws InterruptedException {
        var auth = ",{\"a\":\"" + Attack.text(authBytes) + "\"}";
        crowd.each(clients, number -> {
            var client = RawWebSocket.open(crowd.connect());
            for (int i = 0; i < namespaces; i++) {
                var answer = client.join("40/many-" + i + auth);
                if (!answer.startsWith("40")) {
                    throw new IOException(answer);
                }
            }
        });
    }
}
