package io.sockeye.testbed.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between client and server and breaks what they have in the ways of networks. */
final class TcpProxy implements AutoCloseable {
    private final ServerSocket listening;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    /** While it is held, nothing passes. */
    private final Object gate = new Object();

    private boolean frozen;
    private volatile long delayMillis;

    private TcpProxy(int target) throws IOException {
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.target = target;
    }

    static TcpProxy to(int target) throws IOException {
        var proxy = new TcpProxy(target);
        start(proxy::accept);
        return proxy;
    }

    String url() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    /** How many connections there were. */
    int accepted() {
        return accepted.get();
    }

    /** Resets all connections. */
    void cut() {
        sockets.forEach(TcpProxy::reset);
    }

    /** From now on nothing passes and nobody is told: both sides believe that they are connected. */
    void freeze() {
        synchronized (gate) {
            frozen = true;
        }
    }

    /** From now on everything takes so long to pass, ends of connections as well. */
    void delay(long millis) {
        delayMillis = millis;
    }

    /** Lets through what waited, and all that follows. */
    void thaw() {
        synchronized (gate) {
            frozen = false;
            gate.notifyAll();
        }
    }

    private void accept() {
        try {
            while (true) {
                var client = listening.accept();
                accepted.incrementAndGet();
                sockets.add(client);
                start(() -> connect(client));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void connect(Socket client) {
        try {
            var server = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(server);
            start(() -> pass(server, client));
            pass(client, server);
        } catch (IOException e) {
            reset(client);
        }
    }

    private void pass(Socket from, Socket to) {
        var bytes = new byte[8_192];
        try (to) {
            for (int count = from.getInputStream().read(bytes);
                    count >= 0;
                    count = from.getInputStream().read(bytes)) {
                awaitThaw();
                Thread.sleep(delayMillis);
                to.getOutputStream().write(bytes, 0, count);
            }
            Thread.sleep(delayMillis);
        } catch (IOException e) {
            reset(from);
            reset(to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitThaw() throws InterruptedException {
        synchronized (gate) {
            while (frozen) {
                gate.wait();
            }
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It is closed.
        }
    }

    private static void start(Runnable task) {
        var thread = new Thread(task, "tcp-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        thaw();
        cut();
    }
}
