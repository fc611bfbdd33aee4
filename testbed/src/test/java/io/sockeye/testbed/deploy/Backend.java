package io.sockeye.testbed.deploy;

import io.sockeye.server.Handshake;
import io.sockeye.server.SocketServer;
import io.sockeye.server.http.HttpResponse;
import io.sockeye.server.http.ProxyTrust;

/** A server behind a proxy, which tells clients who it is and whom it takes them for. */
final class Backend implements AutoCloseable {
    private final String name;
    private final int port;
    private SocketServer server;
    private boolean closed;

    private Backend(String name) {
        this.name = name;
        this.server = listen(0);
        this.port = server.port();
    }

    static Backend start(String name) {
        return new Backend(name);
    }

    /**
     * What it knows of a client.
     *
     * @param server its own name
     */
    record Answer(String server, String address, boolean secure) {}

    int port() {
        return port;
    }

    /** Stops it, and takes no more connections. */
    synchronized void stop() {
        server.close();
    }

    /** As for an update: without any memory of what was. */
    private synchronized void restart() {
        if (!closed) {
            server.close();
            server = listen(port);
        }
    }

    private SocketServer listen(int where) {
        var started = SocketServer.builder()
                .host("127.0.0.1")
                .port(where)
                .trustProxy(ProxyTrust.hops(1))
                .http(request -> HttpResponse.text(
                        200,
                        "%s %s %s"
                                .formatted(
                                        request.remoteAddress(),
                                        request.secure(),
                                        request.header("host").orElse("no host"))))
                .build();
        started.onRequest("echo", Object.class, (socket, value) -> value);
        started.on("restart", (socket, args) -> new Thread(this::restart).start());
        started.on("who", (socket, args) -> args.ack(answer(socket.handshake())));
        return started.start();
    }

    private Answer answer(Handshake handshake) {
        return new Answer(name, handshake.address(), handshake.secure());
    }

    @Override
    public synchronized void close() {
        closed = true;
        stop();
    }
}
