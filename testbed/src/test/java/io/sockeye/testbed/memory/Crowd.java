package io.sockeye.testbed.memory;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The attackers: their connections stay open until the crowd goes, whatever becomes of the threads that use them. */
final class Crowd implements Closeable {
    private final ServerProcess server;
    private final long endNanos;
    private final Queue<RawConnection> connections = new ConcurrentLinkedQueue<>();
    /** How many attackers were stopped by the server, by an end of their connection or a refusal. */
    private final AtomicInteger stopped = new AtomicInteger();
    /** How many attackers did all that they wanted to. */
    private final AtomicInteger finished = new AtomicInteger();
    /** How many attackers still wait for the server. */
    private final AtomicInteger busy = new AtomicInteger();

    Crowd(ServerProcess server, int seconds) {
        this.server = server;
        this.endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }

    RawConnection connect() throws IOException {
        return connect(0);
    }

    /** @param receiveBuffer see {@link RawConnection#open(int, int)} */
    RawConnection connect(int receiveBuffer) throws IOException {
        return added(server.connect(receiveBuffer));
    }

    /** From another address than others, such as {@code 127.0.0.2}. */
    RawConnection connectFrom(String address) throws IOException {
        return added(server.connectFrom(address));
    }

    /** Without TLS, also if the server wants it. */
    RawConnection connectPlain() throws IOException {
        return added(server.connectPlain(0));
    }

    private RawConnection added(RawConnection connection) {
        connections.add(connection);
        return connection;
    }

    RawWebSocket joined() throws IOException {
        var socket = RawWebSocket.open(connect());
        socket.join("40");
        return socket;
    }

    /** Tells the program something. */
    void tell(String command) throws InterruptedException {
        server.ask(command, 10);
    }

    /** So many attackers do the same at once. Returns when all are through, or when the time of the attack is over. */
    void each(int count, Attacker attacker) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            threads.add(begin(attacker, i));
        }
        for (var thread : threads) {
            long millis = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
            if (millis > 0) {
                thread.join(millis);
            }
        }
    }

    private Thread begin(Attacker attacker, int number) {
        busy.incrementAndGet();
        var thread = new Thread(() -> act(attacker, number), "attacker " + number);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** One attacker begins. */
    void begin(Attacker attacker) {
        begin(attacker, 0);
    }

    private void act(Attacker attacker, int number) {
        try {
            attacker.act(number);
            finished.incrementAndGet();
        } catch (IOException e) {
            stopped.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            busy.decrementAndGet();
        }
    }

    /** What became of the attackers. */
    String fate() {
        return finished + " done, " + busy + " waiting, " + stopped + " stopped";
    }

    /** All connections end. */
    @Override
    public void close() throws IOException {
        for (var connection : connections) {
            connection.close();
        }
    }

    /** What one of them does; a failure of its connection ends it. */
    interface Attacker {
        void act(int number) throws IOException, InterruptedException;
    }
}
