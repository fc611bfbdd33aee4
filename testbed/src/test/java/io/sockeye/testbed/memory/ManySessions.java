package io.sockeye.testbed.memory;

import java.io.IOException;

/**
 * Very many sessions, or connections that could become some, that do nothing.
 *
 * @param sessions how many
 * @param kind {@code tcp} for connections alone, {@code polling} for sessions that never poll, {@code polled} for such in a
 *     namespace, {@code websocket}, {@code joined} for WebSockets in a namespace, {@code namespaces} for such in twenty
 * @param headerBytes of the request that opens one
 * @param from the address from which they come
 */
record ManySessions(int sessions, String kind, int headerBytes, String from) implements Attack {
    static final ManySessions POLLING = new ManySessions(40_000, "polling", 0, "127.0.0.1");

    private static final int THREADS = 4;
    private static final int NAMESPACES = 20;
    /** How many one of them opens at once. */
    private static final int AT_ONCE = 50;

    @Override
    public int seconds() {
        return 20;
    }

    @Override
    public void run(Crowd crowd) throws InterruptedException {
        crowd.each(THREADS, number -> {
            var shared = crowd.connectFrom(from);
            for (int i = number * AT_ONCE; i < sessions; i += THREADS * AT_ONCE) {
                openSome(crowd, shared);
            }
        });
    }

    private void openSome(Crowd crowd, RawConnection shared) throws IOException {
        if (kind.equals("polling")) {
            var request =
                    "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: localhost\r\n" + header() + "\r\n\r\n";
            shared.write(request.repeat(AT_ONCE));
        }
        for (int i = 0; i < AT_ONCE; i++) {
            switch (kind) {
                case "tcp" -> crowd.connectFrom(from);
                case "polling" -> shared.readAnswer();
                case "polled" -> RawPolling.join(shared);
                default -> join(RawWebSocket.open(crowd.connectFrom(from), header()));
            }
        }
    }

    private void join(RawWebSocket client) throws IOException {
        if (!kind.equals("websocket")) {
            client.join("40");
        }
        for (int i = 0; kind.equals("namespaces") && i < NAMESPACES; i++) {
            client.join("40/many-" + i + ",");
        }
    }

    private String header() {
        return "X-Long: " + Attack.text(headerBytes);
    }
}
