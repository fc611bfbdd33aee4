package io.sockeye.testbed.memory;

/**
 * Clients ask to be let into many namespaces, while those who decide about that are held up, and go; again and again.
 *
 * @param clients that do so
 * @param times of each client
 * @param namespaces each time
 * @param authBytes of each CONNECT
 */
record BlockedAdmission(int clients, int times, int namespaces, int authBytes) implements Attack {
    static final BlockedAdmission USUAL = new BlockedAdmission(4, 50, 90, 16_000);

    @Override
    public int seconds() {
        return 10;
    }

    @Override
    public void run(Crowd crowd) throws InterruptedException {
        var auth = ",{\"a\":\"" + Attack.text(authBytes) + "\"}";
        crowd.each(clients, number -> {
            for (int i = 0; i < times; i++) {
                var connection = crowd.connect();
                var client = RawWebSocket.open(connection);
                for (int j = 0; j < namespaces; j++) {
                    client.text("40/gate-" + j + auth);
                }
                connection.close(); // What was sent arrives before.
            }
        });
    }
}
