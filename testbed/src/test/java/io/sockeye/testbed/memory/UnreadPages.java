package io.sockeye.testbed.memory;

import java.util.List;

/**
 * Many ask for a long page of the application and read nothing.
 *
 * @param connections that do so
 */
record UnreadPages(int connections) implements Attack {
    static final UnreadPages USUAL = new UnreadPages(400);

    private static final int RECEIVE_BUFFER = 4_096;

    @Override
    public List<String> options() {
        return List.of("--routes", "on");
    }

    @Override
    public void run(Crowd crowd) throws InterruptedException {
        crowd.each(connections, number -> {
            crowd.connect(RECEIVE_BUFFER).write("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n");
        });
    }
}
