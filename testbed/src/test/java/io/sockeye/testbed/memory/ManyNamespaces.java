package io.sockeye.testbed.memory;

import java.io.IOException;

/**
 * Clients join dynamic namespaces whose names they choose, and leave them.
 *
 * @param clients that do so
 * @param names of each client
 * @param nameBytes how much longer than need be a name is
 */
record ManyNamespaces(int clients, int names, int nameBytes) implements Attack {
    static final ManyNamespaces SEEN = new ManyNamespaces(2, 50_000, 0);

    @Override
    public int seconds() {
        return 12;
    }

    @Override
    public void run(Crowd crowd) throws InterruptedException {
        crowd.each(clients, number -> {
            var client = RawWebSocket.open(crowd.connect());
            for (int i = 0; i < names; i++) {
                var namespace = "/many-" + number + "x" + i + Attack.text(nameBytes) + ",";
                var answer = client.join("40" + namespace);
                if (!answer.startsWith("40")) {
                    throw new IOException(answer);
                }
                client.text("41" + namespace);
            }
        });
    }
}
