package io.sockeye.testbed.memory;

/**
 * Very many clients join the same room, and leave all at once.
 *
 * @param clients that do so
 */
record CrowdedRoom(int clients) implements Attack {
    static final CrowdedRoom USUAL = new CrowdedRoom(1_500);

    private static final int AT_ONCE = 50;

    @Override
    public int seconds() {
        return 10;
    }

    @Override
    public void run(Crowd crowd) throws InterruptedException {
        crowd.each(AT_ONCE, number -> {
            for (int i = number; i < clients; i += AT_ONCE) {
                var client = crowd.joined();
                client.text("42[\"join\",\"crowd\"]");
                client.text("420[\"echo\",1]");
                client.read();
            }
        });
    }
}
