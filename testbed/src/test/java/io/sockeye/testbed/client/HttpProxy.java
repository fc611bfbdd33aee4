package io.sockeye.testbed.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A plain HTTP proxy: passes requests on, and opens tunnels. Keeps its connections to clients. */
final class HttpProxy implements AutoCloseable {
    private final ServerSocket listening;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final Queue<String> requestLines = new ConcurrentLinkedQueue<>();

    private volatile boolean failing;

    private HttpProxy(ServerSocket listening) {
        this.listening = listening;
    }

    static HttpProxy start() throws IOException {
        var proxy = new HttpProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        ScriptedServer.start(proxy::accept);
        return proxy;
    }

    int port() {
        return listening.getLocalPort();
    }

    Queue<String> requestLines() {
        return requestLines;
    }

    /** The next poll is not passed on. */
    void failNextPoll() {
        failing = true;
    }

    private void accept() {
        try {
            while (true) {
                var socket = listening.accept();
                sockets.add(socket);
                ScriptedServer.start(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket client) {
        try (client) {
            while (true) {
                var exchange = ScriptedServer.read(client);
                requestLines.add(exchange.requestLine());
                var target = exchange.requestLine().split(" ", -1)[1];
                if (exchange.requestLine().startsWith("CONNECT ")) {
                    exchange.raw("HTTP/1.1 200 OK\r\n\r\n");
                    tunnel(client, URI.create("http://" + target).getPort());
                    return;
                }
                if (failing && !exchange.isPost()) {
                    failing = false;
                    exchange.raw("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
                } else {
                    exchange.raw(ask(exchange, URI.create(target)));
                }
            }
        } catch (IOException e) {
            // One of them has gone.
        }
    }

    private static void tunnel(Socket client, int port) throws IOException {
        try (var server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            ScriptedServer.start(() -> ScriptedServer.copy(server, client));
            ScriptedServer.copy(client, server);
        }
    }

    /** The server's answer, which leaves the connection to the client open. */
    private static String ask(ScriptedExchange exchange, URI target) throws IOException {
        var line = exchange.requestLine().split(" ", -1);
        var request =
                new StringBuilder(line[0] + " " + target.getRawPath() + "?" + target.getRawQuery() + " HTTP/1.1\r\n");
        exchange.headers().forEach((name, value) -> {
            if (!name.equals("connection")) {
                request.append(name).append(": ").append(value).append("\r\n");
            }
        });
        request.append("Connection: close\r\n\r\n").append(exchange.body());
        try (var server = new Socket(InetAddress.getLoopbackAddress(), target.getPort())) {
            server.getOutputStream().write(request.toString().getBytes(ISO_8859_1));
            var answer = new String(server.getInputStream().readAllBytes(), ISO_8859_1);
            return answer.replaceFirst("(?i)\r\nconnection: close", "");
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (var socket : sockets) {
            socket.close();
        }
    }
}
