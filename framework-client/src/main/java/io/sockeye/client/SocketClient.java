package io.sockeye.client;

import io.sockeye.client.internal.ClientBuilder;
import io.sockeye.protocol.TransportKind;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
 * <p>A client that was connected has one thread of its own, and its HTTP client another one unless that is {@linkplain
 * SocketClientBuilder#httpClient shared}. None of them keeps the JVM alive.
 */
public interface SocketClient extends Socket, AutoCloseable {
    /**
     * The settings of a client of this server.
     *
     * @param url with the scheme {@code http}, {@code https}, {@code ws} or {@code wss}. Its path is the namespace, as with
     *     the official client, and its query is sent with every request
     * @throws IllegalArgumentException if it is no such URL
     */
    static SocketClientBuilder builder(String url) {
        try {
            return builder(new URI(Objects.requireNonNull(url, "url")));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no URL such as http://localhost:3000: " + e.getMessage(), e);
        }
    }

    /** The same as {@link #builder(String)}. */
    static SocketClientBuilder builder(URI url) {
        return new ClientBuilder(Objects.requireNonNull(url, "url"));
    }

    /**
     * The socket in another namespace, over the same connection; the same object for the same name. It does not connect by
     * itself: call {@link Socket#connect}. The builder's {@code auth} is used for it too unless it has its own. For a
     * connection of its own, build another client.
     *
     * @param namespace with or without its leading slash
     * @throws IllegalArgumentException if the name contains a comma or is too long
     */
    Socket of(String namespace);

    /** The transport that carries the connection at present; empty without a connection. */
    Optional<TransportKind> transport();

    /**
     * Bytes of events that wait to be sent, of all namespaces together: what {@link SocketClientBuilder#outboxBytes} limits.
     * With {@link SocketClientBuilder#retries} events wait until they are acknowledged. What was handed to the network is not
     * counted.
     */
    long waitingBytes();

    /**
     * Does at once what would be tried after a delay: connecting, and calling a supplier of {@code auth} again that failed.
     * For when an attempt is likely to succeed, such as after the network came back; the delays start again from the
     * shortest. An open connection is left alone unless the server's heartbeat is overdue; an attempt that has lasted for
     * more than 2 s is started again. Sockets that do not try to connect are left alone. Does not wait.
     */
    void reconnectNow();

    /** Adds a listener for the connection that all sockets share. */
    SocketClient onConnection(ConnectionListener listener);

    /** Removes what {@link #onConnection} added: the same object. */
    SocketClient offConnection(ConnectionListener listener);

    /** Called before each attempt to connect again, with its number; the first is 1. See also {@link #onConnection}. */
    default SocketClient onReconnectAttempt(IntConsumer handler) {
        return onConnection(new ConnectionListener() {
            @Override
            public void reconnectAttempt(int attempt) {
                handler.accept(attempt);
            }
        });
    }

    /** Called when the client is connected again, with the number of the attempt. */
    default SocketClient onReconnect(IntConsumer handler) {
        return onConnection(new ConnectionListener() {
            @Override
            public void reconnected(int attempt) {
                handler.accept(attempt);
            }
        });
    }

    /** Called after the last attempt that {@link Reconnection#attempts} allows. */
    default SocketClient onReconnectFailed(Runnable handler) {
        return onConnection(new ConnectionListener() {
            @Override
            public void reconnectFailed() {
                handler.run();
            }
        });
    }

    /**
     * Leaves all namespaces and closes the connection for good. What was emitted before is still sent if the client is
     * connected; futures that wait for an acknowledgement fail; running handlers may finish; suppliers of {@code auth} and
     * {@code headers} that have not returned are interrupted. Waits until no thread, timer or connection of the client is
     * left, for at most 10 seconds, but never for the handler that calls it. Idempotent.
     *
     * <p>{@link #close(Duration)} waits for another time, {@link #closeAsync} does not wait.
     *
     * <p>Before JDK 21 an HTTP client that is not used any more keeps one thread until it is garbage collected.
     */
    @Override
    void close();

    /**
     * The same as {@link #close()}, but with this time for what is still to be sent and for running handlers; what is left
     * then is stopped. A later call with less time stops it earlier.
     *
     * @throws IllegalArgumentException if it is negative
     */
    void close(Duration timeout);

    /**
     * The same as {@link #close()}, but does not wait.
     *
     * @return completed, on a thread of its own, once nothing of the client is left, or after 10 seconds; never fails.
     *     Cancelling it has no effect on the client
     */
    CompletableFuture<Void> closeAsync();
}
