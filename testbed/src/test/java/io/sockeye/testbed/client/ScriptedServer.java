package io.sockeye.testbed.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A server that answers as a script wants, byte by byte, one request for each connection; once it is healed, it passes
 * connections on to a server that behaves.
 */
final class ScriptedServer implements AutoCloseable {
    /** What is done with each request. */
    @FunctionalInterface
    interface Script {
        void serve(ScriptedExchange exchange) throws IOException, InterruptedException;
    }

    private final ServerSocket listening;
    private final int backend;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final Queue<ScriptedExchange> requests = new ConcurrentLinkedQueue<>();

    private volatile Script script = exchange -> exchange.hold();
    private volatile boolean healed;

    private ScriptedServer(ServerSocket listening, int backend) {
        this.listening = listening;
        this.backend = backend;
    }

    /** @param backend the port of the server that behaves */
    static ScriptedServer before(int backend) throws IOException {
        return over(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), backend);
    }

    static ScriptedServer over(ServerSocket listening, int backend) {
        var server = new ScriptedServer(listening, backend);
        start(server::accept);
        return server;
    }

    ScriptedServer script(Script chosen) {
        script = chosen;
        return this;
    }

    int port() {
        return listening.getLocalPort();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    /** From the next connection on everything is well. */
    void heal() {
        healed = true;
    }

    /** The requests that came so far. */
    Queue<ScriptedExchange> requests() {
        return requests;
    }

    private void accept() {
        try {
            while (true) {
                var socket = listening.accept();
                sockets.add(socket);
                start(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            if (healed) {
                passOn(socket);
            } else {
                var exchange = read(socket);
                requests.add(exchange);
                script.serve(exchange);
            }
        } catch (IOException e) {
            // The client has gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void passOn(Socket client) throws IOException {
        try (var server = new Socket(InetAddress.getLoopbackAddress(), backend)) {
            start(() -> copy(server, client));
            copy(client, server);
        }
    }

    static void copy(Socket from, Socket to) {
        try (to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One of them has gone; the other one follows.
        }
    }

    static ScriptedExchange read(Socket socket) throws IOException {
        var in = socket.getInputStream();
        var requestLine = line(in);
        Map<String, String> headers = new LinkedHashMap<>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        var body = new String(in.readNBytes(length), ISO_8859_1);
        return new ScriptedExchange(socket, requestLine, headers, body);
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int read = in.read(); read != '\n'; read = in.read()) {
            if (read < 0) {
                throw new IOException("ended in the head");
            }
            if (read != '\r') {
                line.write(read);
            }
        }
        return line.toString(ISO_8859_1);
    }

    static void start(Runnable task) {
        var thread = new Thread(task, "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (var socket : sockets) {
            socket.close();
        }
    }
}
