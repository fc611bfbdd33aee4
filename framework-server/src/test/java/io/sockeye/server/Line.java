package io.sockeye.server;

import java.io.IOException;

/** A connection of a client, over either transport. */
public interface Line extends AutoCloseable {
    static Line open(SocketServer server, boolean polling) throws IOException {
        return polling ? new Polls(PollingClient.open(server)) : new Frames(WebSocketClient.open(server));
    }

    void send(String packet) throws IOException;

    /** The next packet that is no ping. */
    String next() throws IOException;

    /** A new connection of the same kind. */
    Line another(SocketServer server) throws IOException;

    @Override
    void close() throws IOException;

    /** WebSocket. */
    record Frames(WebSocketClient client) implements Line {
        @Override
        public void send(String packet) throws IOException {
            client.send(packet);
        }

        @Override
        public String next() throws IOException {
            return client.next();
        }

        @Override
        public Line another(SocketServer server) throws IOException {
            return open(server, false);
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }

    /** Long polling. */
    record Polls(PollingClient client) implements Line {
        @Override
        public void send(String packet) throws IOException {
            client.send(packet);
        }

        @Override
        public String next() throws IOException {
            return client.next();
        }

        @Override
        public Line another(SocketServer server) throws IOException {
            return open(server, true);
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }
}
