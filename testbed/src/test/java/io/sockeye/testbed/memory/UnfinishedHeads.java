package io.sockeye.testbed.memory;

import java.util.List;

/**
 * Requests whose heads do not end.
 *
 * @param connections that send one each
 * @param bytes of the head that are sent
 * @param rest how the head goes on, again and again
 * @param before bytes of a body that the connection has sent before, so that large reads are expected of it
 */
record UnfinishedHeads(int connections, int bytes, Rest rest, int before) implements Attack {
    static final UnfinishedHeads SEEN = new UnfinishedHeads(2_000, 12_000, Rest.LINE, 0);

    @Override
    public List<String> options() {
        return List.of("--routes", "on");
    }

    @Override
    public int seconds() {
        return 20;
    }

    @Override
    public void run(Crowd crowd) throws InterruptedException {
        var body = "POST /hello HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + before + "\r\n\r\n"
                + Attack.text(before);
        var head = "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + rest.text(bytes);
        crowd.each(connections, number -> {
            var connection = crowd.connect();
            if (before > 0) {
                connection.write(body);
                connection.readAnswer();
            }
            connection.write(head);
        });
    }

    /** What a head has most of. */
    enum Rest {
        /** One line that does not end. */
        LINE("x"),
        /** Headers of which each takes many times its length. */
        HEADERS("x\r\na:b"),
        /** The same, and then the beginning of a body that does not come. */
        HEADERS_OF_A_BODY("x\r\na:b");

        private final String part;

        Rest(String part) {
            this.part = part;
        }

        private String text(int bytes) {
            var all = part.repeat(bytes / part.length());
            return this == HEADERS_OF_A_BODY ? all + "\r\nContent-Length: 100\r\n\r\nx" : all;
        }
    }
}
