package io.sockeye.chat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** The network between a client and the server, which can be cut: connections end, and new ones are refused at once. */
public final class Cable implements AutoCloseable {
    private final ServerSocket end;
    private final int serverPort;
    /** Both sides of each connection; guarded by this. */
    private final List<Socket> open = new ArrayList<>();

    private boolean cut;
    private volatile boolean silent;

    /** A cable that leads to this port. */
    public Cable(int serverPort) throws IOException {
        this.serverPort = serverPort;
        end = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start("cable", this::accept);
    }

    /** The port of the near end. */
    public int port() {
        return end.getLocalPort();
    }

    public synchronized void cut() {
        cut = true;
        open.forEach(Cable::closeQuietly);
        open.clear();
    }

    public synchronized void mend() {
        cut = false;
        silent = false;
    }

    /** Until the cable is cut, the server hears the client, and the client no longer the server. */
    public void silenceServer() {
        silent = true;
    }

    @Override
    public void close() throws IOException {
        end.close();
        cut();
    }

    private void accept() {
        try {
            while (true) {
                connect(end.accept());
            }
        } catch (IOException e) {
            // The cable is closed.
        }
    }

    private synchronized void connect(Socket near) {
        open.add(near);
        try {
            if (cut) {
                throw new IOException("cut");
            }
            var far = new Socket(InetAddress.getLoopbackAddress(), serverPort);
            open.add(far);
            start("cable there", () -> copy(near, far, false));
            start("cable back", () -> copy(far, near, true));
        } catch (IOException e) {
            closeQuietly(near);
        }
    }

    private void copy(Socket from, Socket to, boolean fromServer) {
        var buffer = new byte[8192];
        try {
            for (int length = 0; length >= 0; length = from.getInputStream().read(buffer)) {
                if (!(fromServer && silent)) {
                    to.getOutputStream().write(buffer, 0, length);
                }
            }
        } catch (IOException e) {
            // One of both sides has ended: so does the other.
        } finally {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more anyway.
        }
    }

    private static void start(String name, Runnable task) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
