package io.sockeye.testbed.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.util.List;

/**
 * Clients that poll by scripts ask for echoes of text that has to be escaped, and poll for them.
 *
 * @param clients that do so
 * @param echoes of each
 * @param bytes of an echo
 * @param text of which it is made
 * @param read whether they read what they poll
 */
record JsonpEchoes(int clients, int echoes, int bytes, String text, boolean read) implements Attack {
    static final JsonpEchoes USUAL = new JsonpEchoes(6, 6, 300_000, "<", true);

    private static final String PATH = "/socket.io/?EIO=4&transport=polling&j=0";

    @Override
    public List<String> options() {
        return List.of("--jsonp", "on");
    }

    @Override
    public int seconds() {
        return 12;
    }

    @Override
    public void run(Crowd crowd) throws InterruptedException {
        var event = "42[\"echo\",\"" + text.repeat(bytes / text.length()) + "\"]";
        crowd.each(clients, number -> {
            var connection = crowd.connect();
            var sid = open(connection);
            post(connection, sid, "40");
            poll(connection, sid);
            connection.readAnswer();
            for (int i = 0; i < echoes; i++) {
                post(connection, sid, event);
                poll(connection, sid);
                if (read) {
                    connection.readAnswer();
                }
            }
        });
    }

    private static String open(RawConnection connection) throws IOException {
        connection.write("GET " + PATH + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        var open = connection.readAnswer();
        var key = "\\\"sid\\\":\\\"";
        int start = open.indexOf(key) + key.length();
        return open.substring(start, open.indexOf('\\', start));
    }

    private static void poll(RawConnection connection, String sid) throws IOException {
        connection.write("GET " + PATH + "&sid=" + sid + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    private static void post(RawConnection connection, String sid, String payload) throws IOException {
        var body = payload.startsWith("42[\"echo\",\"<") ? "d=" + payload : "d=" + URLEncoder.encode(payload, UTF_8);
        connection.write("POST " + PATH + "&sid=" + sid + " HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length() + "\r\n\r\n");
        connection.write(body);
        connection.readAnswer();
    }
}
