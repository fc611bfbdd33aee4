package io.sockeye.testbed.memory;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A client over WebSocket that asks for an echo every 50 ms, whether the last one has come or not. */
final class Innocent implements AutoCloseable {
    private static final int EVERY_MILLIS = 50;
    private static final String ANSWER = "43";

    private final RawWebSocket socket;
    private final Latency latency = new Latency();
    private volatile boolean asking = true;
    private volatile boolean closed;

    private Innocent(RawWebSocket socket) {
        this.socket = socket;
    }

    static Innocent start(ServerProcess server) throws IOException {
        var socket = RawWebSocket.open(server.connect());
        socket.join("40");
        var innocent = new Innocent(socket);
        start("innocent asks", innocent::ask);
        start("innocent listens", innocent::listen);
        return innocent;
    }

    private static void start(String name, Runnable task) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void ask() {
        try {
            long due = System.nanoTime();
            for (long number = 0; !closed; number++) {
                if (asking) {
                    latency.asked(number, due);
                    socket.text("42" + number + "[\"echo\",\"hello\"]");
                }
                due += TimeUnit.MILLISECONDS.toNanos(EVERY_MILLIS);
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            }
        } catch (IOException e) {
            latency.ended(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen() {
        try {
            while (true) {
                var message = socket.read();
                if (message.startsWith(ANSWER)) {
                    latency.answered(Long.parseLong(message.substring(2, message.indexOf('['))));
                }
            }
        } catch (IOException e) {
            if (!closed) {
                latency.ended(e);
            }
        }
    }

    Latency latency() {
        return latency;
    }

    /** Asks nothing for a while, and waits for what is owed. */
    void rest() throws InterruptedException {
        asking = false;
        latency.settle(5_000);
    }

    void goOn() {
        asking = true;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        socket.close();
    }
}
