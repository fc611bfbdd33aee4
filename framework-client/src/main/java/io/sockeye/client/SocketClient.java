package io.sockeye.client;

import io.sockeye.engine.TransportKind;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;

/**
 * A Socket.IO client: a connection, and the socket in the namespace that its URL names. Any thread.
 *
 * <pre>{@code
 * try (SocketClient client = SocketClient.builder("http://localhost:3000").build()) {
 *     client.on("said", Line.class, line -> System.out.println(line.text()));
 *     client.connect().join();
 *     client.emit("say", new Line("hello"));
 *     int sum = client.request("sum", Integer.class, new Numbers(1, 2)).get(5, SECONDS);
 * }
 * }</pre>
 *
 * <p>A client that was connected has one thread of its own, and its HTTP client has another one unless that is {@linkplain
 * SocketClientBuilder#httpClient shared}. None of them keeps the JVM alive.
 */
public final class SocketClient extends Socket implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final Map<String, Socket> sockets = new ConcurrentHashMap<>();

    SocketClient(ClientContext context, String namespace) {
        super(context, namespace);
        sockets.put(namespace, this);
    }

    /**
     * The settings of a client of this server.
     *
     * @param url with the scheme {@code http}, {@code https}, {@code ws} or {@code wss}; its path is the namespace, as with
     *     the official client, and its query goes along with every request
     * @throws IllegalArgumentException if it is no such URL
     */
    public static SocketClientBuilder builder(String url) {
        try {
            return builder(new URI(Objects.requireNonNull(url, "url")));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no URL such as http://localhost:3000: " + e.getMessage(), e);
        }
    }

    /** The same as {@link #builder(String)}. */
    public static SocketClientBuilder builder(URI url) {
        return new SocketClientBuilder(Objects.requireNonNull(url, "url"));
    }

    /**
     * The socket in another namespace, over the same connection; always the same one for the same name. It has to be
     * {@linkplain Socket#connect connected}. What the builder's {@code auth} says holds for it too, unless told otherwise.
     * For a connection of its own, build another client.
     *
     * @param namespace with or without its leading slash
     * @throws IllegalArgumentException if there is a comma in the name
     */
    public Socket of(String namespace) {
        var name = Namespaces.check(namespace);
        return sockets.computeIfAbsent(name, unknown -> new Socket(context(), unknown));
    }

    /** The transport that carries the connection at present; empty without a connection. */
    public Optional<TransportKind> transport() {
        return context().transport();
    }

    /**
     * Bytes of events that wait to be sent, of all namespaces together: what {@link SocketClientBuilder#outboxBytes} limits.
     * With {@link SocketClientBuilder#retries} events wait until they are acknowledged. What the network has been given is not
     * counted.
     */
    public long waitingBytes() {
        return context().waitingBytes();
    }

    /**
     * Does at once what would be tried after a delay: to connect, or to ask a supplier of {@code auth} again that failed. For
     * when there is reason to hope, such as a network that came back; the delays begin anew. A connection that stands is
     * left alone unless the server's heartbeat is overdue; an attempt that is under way for more than 2 s is begun again.
     * Sockets that do not try to be connected stay so. Does not wait.
     */
    public void reconnectNow() {
        context().loop().execute(context()::reconnectNow);
    }

    /** Tells the listener about the connection that all sockets share. */
    public SocketClient onConnection(ConnectionListener listener) {
        context().listen(listener);
        return this;
    }

    /**
     * Called before each attempt to connect again, with its number; the first is 1. {@link #onConnection} tells more.
     */
    public SocketClient onReconnectAttempt(IntConsumer handler) {
        return onConnection(new ConnectionListener() {
            @Override
            public void reconnectAttempt(int attempt) {
                handler.accept(attempt);
            }
        });
    }

    /** Called when the connection stands again, with the number of the attempt. */
    public SocketClient onReconnect(IntConsumer handler) {
        return onConnection(new ConnectionListener() {
            @Override
            public void reconnected(int attempt) {
                handler.accept(attempt);
            }
        });
    }

    /** Called after the last attempt that {@link Reconnection#attempts} allows. */
    public SocketClient onReconnectFailed(Runnable handler) {
        return onConnection(new ConnectionListener() {
            @Override
            public void reconnectFailed() {
                handler.run();
            }
        });
    }

    /** Takes back what {@link #onConnection} added, the very object. */
    public SocketClient offConnection(ConnectionListener listener) {
        context().forget(listener);
        return this;
    }

    /**
     * Leaves all namespaces and ends the connection for good: what was emitted before is still sent if the connection
     * stands, whoever waits for an acknowledgement is told that there is none, running handlers may finish, and suppliers
     * of {@code auth} and {@code headers} that have not returned are interrupted. Waits until no thread, timer or connection of the client is left, for 10 seconds at most, but never for the handler that calls it. Idempotent.
     *
     * <p>To wait longer or not as long, see {@link #close(Duration)}; not to wait, {@link #closeAsync}.
     *
     * <p>Before JDK 21 an HTTP client that is not used any more keeps one thread until the garbage collector comes by.
     */
    @Override
    public void close() {
        context().close(CLOSE_TIMEOUT);
    }

    /**
     * The same as {@link #close()}, but with this time to say goodbye and for running handlers to finish; what is left then is
     * ended. A later call with less time ends it earlier.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public void close(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("timeout: " + timeout);
        }
        context().close(Durations.bounded(timeout));
    }

    /**
     * The same as {@link #close()}, but does not wait.
     *
     * @return completed, on a thread of its own, once nothing of the client is left, or after 10 seconds, whatever is left then;
     *     never fails. To cancel it changes nothing
     */
    public CompletableFuture<Void> closeAsync() {
        return context().closeAsync(CLOSE_TIMEOUT);
    }
}
