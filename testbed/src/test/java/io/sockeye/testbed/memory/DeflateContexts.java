package io.sockeye.testbed.memory;

import java.util.List;

/**
 * Clients have messages compressed that build on earlier ones, for which the server must keep something for each.
 *
 * @param clients that do so
 */
record DeflateContexts(int clients) implements Attack {
    static final DeflateContexts USUAL = new DeflateContexts(2_000);

    private static final int THREADS = 8;

    @Override
    public List<String> options() {
        return List.of("--deflate", "context");
    }

    @Override
    public int seconds() {
        return 12;
    }

    @Override
    public void run(Crowd crowd) throws InterruptedException {
        var message = Deflated.of("42[\"echo\",\"" + Attack.text(2_000) + "\"]");
        crowd.each(THREADS, number -> {
            for (int i = number; i < clients; i += THREADS) {
                var client = RawWebSocket.open(crowd.connect(), Deflated.OFFER);
                client.join("40");
                client.deflated(message, 1);
                client.read();
            }
        });
    }
}
