package io.sockeye.testbed.memory;

import java.io.IOException;

/**
 * Clients join dynamic namespaces whose names they choose, and leave them.
 *
 * @param clients that do so
 * @param names of each client
 */
record ManyNamespaces(int clients, int names) implements Attack {
    static final ManyNamespaces SEEN = new ManyNamespaces(2, 50_000);

    @Override
    public int seconds() {
        return 12;
    }

    @Override
    public void run(Crowd crowd) throws InterruptedException {
        crowd.each(clients, number -> {
            var client = RawWebSocket.open(crowd.connect());
            for (int i = 0; i < names; i++) {
                var namespace = "/many-" + number + "x" + i + ",";
                var answer = client.join("40" + namespace);
                if (!answer.startsWith("40")) {
                    throw new IOException(answer);
                }
                client.text("41" + namespace);
            }
        });
    }
}
