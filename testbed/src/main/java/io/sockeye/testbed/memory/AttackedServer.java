package io.sockeye.testbed.memory;

import io.sockeye.bytes.Bytes;
import io.sockeye.event.Args;
import io.sockeye.server.ConnectionStateRecovery;
import io.sockeye.server.Socket;
import io.sockeye.server.SocketServer;
import io.sockeye.server.SocketServerBuilder;
import io.sockeye.server.Tls;
import io.sockeye.server.http.HttpRequest;
import io.sockeye.server.http.HttpResponse;
import io.sockeye.server.http.PerMessageDeflate;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * A small application that does with clients what applications do: echoes, handlers that block, rooms, broadcasts, dynamic
 * namespaces, HTTP routes.
 */
final class AttackedServer {
    /** Bytes of the page that is long. */
    private static final int LARGE = 512 << 10;

    private final SocketServer server;
    private volatile CountDownLatch released = new CountDownLatch(1);

    AttackedServer(MemoryOptions options) {
        var builder = SocketServer.builder()
                .host("127.0.0.1")
                .port(0)
                .loops(options.number("--loops", 2))
                .serveClient(false);
        int pings = options.number("--pings", 0);
        if (pings > 0) {
            builder.pingInterval(Duration.ofMillis(pings)).pingTimeout(Duration.ofMillis(pings));
        }
        if (options.isOn("--recovery")) {
            builder.connectionStateRecovery(ConnectionStateRecovery.within(Duration.ofMinutes(2)));
        }
        if (options.isOn("--routes")) {
            builder.http(AttackedServer::answer);
        }
        if (options.isOn("--check")) {
            builder.allowRequest(request -> {});
        }
        if (options.isOn("--on-loop")) {
            builder.handlersOnEventLoop();
        }
        builder.jsonp(options.isOn("--jsonp"));
        compress(builder, options.text("--deflate"));
        if (options.isOn("--tls")) {
            builder.tls(Tls.keyStore(ThrowawayKey.create(), ThrowawayKey.password()));
        }
        server = builder.build();
    }

    private static HttpResponse answer(HttpRequest request) {
        return request.path().equals("/large")
                ? HttpResponse.ok("application/octet-stream", Bytes.wrap(new byte[LARGE]))
                : HttpResponse.text(200, "hello");
    }

    private static void compress(SocketServerBuilder builder, String how) {
        if (!how.isEmpty()) {
            boolean context = how.equals("context");
            builder.perMessageDeflate(PerMessageDeflate.DEFAULT.contextTakeover(context, context));
        }
    }

    int start() {
        server.on("echo", AttackedServer::echo);
        server.on("join", String.class, Socket::join);
        server.on("leave", String.class, Socket::leave);
        server.on("block", (socket, args) -> block());
        server.on("ask", (socket, args) -> socket.request("question", String.class));
        server.on("ask for anything", (socket, args) -> socket.request("question", Object.class));
        server.on("parse", Object.class, (socket, value) -> {});
        // Its handlers have a thread of their own, so that they hold up nobody else's.
        server.of("/slow")
                .handlerExecutor(Executors.newSingleThreadExecutor(AttackedServer::daemon))
                .onConnection(socket -> block());
        server.of("/slow-pool").onConnection(socket -> block());
        server.of(Pattern.compile("/many-\\w+"));
        server.of(Pattern.compile("/gate-\\w+")).use(candidate -> block());
        server.start();
        return server.port();
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "slow");
        thread.setDaemon(true);
        return thread;
    }

    private static void echo(Socket socket, Args args) {
        if (args.ackRequested()) {
            args.ack(args.value(0));
        } else {
            socket.emit("echo", args.value(0));
        }
    }

    private void block() throws InterruptedException {
        released.await();
    }

    /** All handlers that block go on, and none blocks from now on. */
    void release() {
        released.countDown();
    }

    /** Tells everybody something of that many bytes. */
    void tellAll(int bytes) {
        server.emit("news", "n".repeat(bytes));
    }

    void close() {
        release();
        server.close();
    }
}
