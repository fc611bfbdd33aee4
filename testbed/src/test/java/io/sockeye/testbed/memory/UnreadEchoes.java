package io.sockeye.testbed.memory;

/**
 * Clients over WebSocket ask for echoes and read nothing.
 *
 * @param clients that do so
 * @param echoes for each
 * @param bytes of an echo
 */
record UnreadEchoes(int clients, int echoes, int bytes) implements Attack {
    /** So many that one large frame for each, and nothing else, is more than there is. */
    static final UnreadEchoes OF_MANY = new UnreadEchoes(300, 1, 990_000);
    /** Little enough for each that none is over a limit of its own. */
    static final UnreadEchoes OF_SOME = new UnreadEchoes(20, 16, 900_000);

    /** So small that what is not read waits at the server, and not in the operating system. */
    private static final int RECEIVE_BUFFER = 4_096;

    @Override
    public void run(Crowd crowd) throws InterruptedException {
        var event = "42[\"echo\",\"" + Attack.text(bytes) + "\"]";
        crowd.each(clients, number -> {
            var client = RawWebSocket.open(crowd.connect(RECEIVE_BUFFER));
            client.join("40");
            for (int i = 0; i < echoes; i++) {
                client.text(event);
            }
        });
    }
}
