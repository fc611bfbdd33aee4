package io.sockeye.testbed.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;

/** A client that polls over one connection, as often as the test wants it to. */
final class RawPolling implements Closeable {
    private static final String PATH = "/socket.io/?EIO=4&transport=polling";

    private final RawConnection connection;
    private final String sid;

    private RawPolling(RawConnection connection, String sid) {
        this.connection = connection;
        this.sid = sid;
    }

    /** Opens an Engine.IO session and joins the default namespace. */
    static RawPolling join(RawConnection connection) throws IOException {
        connection.write("GET " + PATH + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        var open = connection.readAnswer();
        int start = open.indexOf("\"sid\":\"") + 7;
        var client = new RawPolling(connection, open.substring(start, open.indexOf('"', start)));
        client.post("40");
        client.poll();
        connection.readAnswer();
        return client;
    }

    RawConnection connection() {
        return connection;
    }

    /** Sends a payload; its answer has been read. */
    void post(String payload) throws IOException {
        send(payload.getBytes(UTF_8));
        connection.readAnswer();
    }

    /** Sends a payload and does not wait for its answer. */
    void send(byte[] payload) throws IOException {
        connection.write("POST " + PATH + "&sid=" + sid
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: " + payload.length
                + "\r\n\r\n");
        connection.write(payload);
    }

    /** Asks for packets; the answer is not read. */
    void poll() throws IOException {
        connection.write("GET " + PATH + "&sid=" + sid + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
