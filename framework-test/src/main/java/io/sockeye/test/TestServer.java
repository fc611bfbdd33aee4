package io.sockeye.test;

import io.sockeye.json.Json;
import io.sockeye.protocol.Parser;
import io.sockeye.protocol.TransportKind;
import io.sockeye.server.SocketServer;
import io.sockeye.server.SocketServerBuilder;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real server without a network, threads or a clock: its clients are {@link TestSocket}s, its handlers run on the thread of
 * the test, and its time passes when the test says so. Any thread may call it, one at a time.
 *
 * <pre>{@code
 * try (var server = TestServer.create()) {
 *     new Chat(server.server()).open();
 *     var ann = server.connect("/", Map.of("name", "Ann"));
 *     assertThat(ann.ask("say", "hello").as(String.class)).isEqualTo("done");
 * }
 * }</pre>
 *
 * <p>A handler that blocks until a client answers blocks the test, too: such handlers want {@link SocketServerExtension}.
 */
public final class TestServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TestServer.class);

    private final Recorder recorder = new Recorder();
    private final MemoryLoop loop = new MemoryLoop(recorder::error);
    private final MemoryHost host = new MemoryHost(loop);
    private final SocketServer server;

    private TestServer(Consumer<? super SocketServerBuilder> settings) {
        var builder = SocketServer.builder()
                .adapter(sockets -> new RecordingAdapter(sockets, recorder))
                .onError(this::report);
        settings.accept(builder);
        server = builder.parser(Parser.standard())
                .path("/socket.io/")
                .transports(TransportKind.WEBSOCKET)
                .handlerExecutor(loop::postHandler)
                .replyExecutor(loop::postHandler)
                .build()
                .attach(host);
    }

    /** With the settings of {@link SocketServer#builder}. */
    public static TestServer create() {
        return of(settings -> {});
    }

    /**
     * With settings of the application. What they say of addresses, the path, transports, executors and the parser does not count.
     * Where they bring an adapter or an error handler, {@link #broadcasts} or {@link #errors} stay empty.
     */
    public static TestServer of(Consumer<? super SocketServerBuilder> settings) {
        return new TestServer(settings);
    }

    private void report(Throwable error, String where) {
        log.warn("{} has failed", where, error);
        recorder.error(error);
    }

    /** The server, to add handlers to and to broadcast with. It is started. */
    public SocketServer server() {
        return server;
    }

    /** A new client, in the namespace {@code /}; see {@link TestConnection#join(String)}. */
    public TestSocket connect() {
        return connect("/");
    }

    /** A new client in a namespace; see {@link TestConnection#join(String)}. */
    public TestSocket connect(String namespace) {
        return connection().join(namespace);
    }

    /** A new client in a namespace, with credentials; see {@link TestConnection#join(String, Object)}. */
    public TestSocket connect(String namespace, Object auth) {
        return connection().join(namespace, auth);
    }

    /** A new client that has joined nothing yet, for queries, headers, and several namespaces over one connection. */
    public TestConnection connection() {
        return new TestConnection(loop, host, new PlayedConnection(loop, Json.standard(), server, recorder));
    }

    /** Runs what other threads, or calls of the server, have left to be done. Everything of this package does that, too. */
    public void settle() {
        loop.settle();
    }

    /**
     * Lets time pass on the server's clock: acknowledgements time out, pings are sent and answered.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public void advance(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("time: " + time);
        }
        loop.advance(time);
    }

    /** All events that the application has sent to many, in their order. */
    public List<SentBroadcast> broadcasts() {
        loop.settle();
        return recorder.broadcasts();
    }

    /** What handlers have thrown, but for refusals, and of which events the arguments did not fit; it is logged, too. */
    public List<Throwable> errors() {
        loop.settle();
        return recorder.errors();
    }

    /** Stops the server: clients are disconnected as {@code SERVER_SHUTTING_DOWN}. */
    @Override
    public void close() {
        server.close();
    }
}
