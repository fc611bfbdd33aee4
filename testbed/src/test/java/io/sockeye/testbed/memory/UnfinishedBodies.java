package io.sockeye.testbed.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * Requests whose bodies do not end.
 *
 * @param connections that send one each
 * @param path that is asked for
 * @param bytes of the body that are sent
 * @param routes whether the application has routes
 */
record UnfinishedBodies(int connections, String path, int bytes, boolean routes) implements Attack {
    static final UnfinishedBodies SEEN = new UnfinishedBodies(120, "/nothing", 999_000, false);

    @Override
    public List<String> options() {
        return List.of("--routes", routes ? "on" : "off");
    }

    @Override
    public void run(Crowd crowd) throws InterruptedException {
        var head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + (bytes + 1_000) + "\r\n\r\n";
        var part = Attack.text(bytes).getBytes(UTF_8);
        crowd.each(connections, number -> {
            var connection = crowd.connect();
            connection.write(head);
            connection.write(part);
        });
    }
}
