package io.sockeye.testbed.memory;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Clients that come one after another and want to do one thing, such as joining or asking for a page. */
final class Newcomers implements AutoCloseable {
    private static final int EVERY_MILLIS = 300;

    private final ServerProcess server;
    private final Wish wish;
    private final Latency latency = new Latency();
    private volatile boolean closed;

    private Newcomers(ServerProcess server, Wish wish) {
        this.server = server;
        this.wish = wish;
    }

    static Newcomers start(ServerProcess server, Wish wish) {
        var newcomers = new Newcomers(server, wish);
        var thread = new Thread(newcomers::come, "newcomers");
        thread.setDaemon(true);
        thread.start();
        return newcomers;
    }

    /** Joins the default namespace and asks for an echo. */
    static void joins(RawConnection connection) throws IOException {
        var socket = RawWebSocket.open(connection);
        if (!socket.join("40").startsWith("40")) {
            throw new IOException("the client may not join");
        }
        socket.text("420[\"echo\",1]");
        while (!socket.read().startsWith("430")) {
            // A broadcast.
        }
    }

    /** Asks for the page of the application. */
    static void readsPage(RawConnection connection) throws IOException {
        connection.write("GET /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        connection.readAnswer();
    }

    private void come() {
        try {
            for (long number = 0; !closed; number++) {
                latency.asked(number, System.nanoTime());
                try (var connection = server.connect()) {
                    wish.fulfil(connection);
                }
                latency.answered(number);
                TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
            }
        } catch (IOException e) {
            latency.ended(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Latency latency() {
        return latency;
    }

    @Override
    public void close() {
        closed = true;
    }

    /** What each wants; it fails if the server does not give it. */
    interface Wish {
        void fulfil(RawConnection connection) throws IOException;
    }
}
