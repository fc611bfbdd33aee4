package io.sockeye.client;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A client's connection to one namespace. All methods may be called on any thread. Handlers are called one at a time in the
 * order of the events, never on a thread that does I/O, and may block.
 *
 * <pre>{@code
 * Socket admin = client.of("/admin").auth(Map.of("token", "s3cret"));
 * admin.on("alert", String.class, text -> log.warn(text));
 * admin.connect().join();
 * }</pre>
 */
public interface Socket extends EventHandlers, Emitter {
    /** The namespace's name, with its leading slash. */
    String namespace();

    /** The id that the server has given to this socket; empty while it is not connected. */
    Optional<String> id();

    /** Whether the socket is connected. */
    boolean connected();

    /** Whether the socket is connected, or tries to connect. */
    boolean active();

    /**
     * Whether the last connection continues the one before: the server has restored the socket's id and rooms, and sends the
     * events that were missed. For handlers of {@link #onConnect}.
     */
    boolean recovered();

    /**
     * What the socket sends with its request to connect, to say who the user is: any value that is a JSON object. Takes
     * effect with the next connection.
     *
     * @throws IllegalArgumentException if the value is not an object in JSON
     */
    Socket auth(Object credentials);

    /**
     * The same, but the supplier is called for each connection, on a thread of the client that may block: for tokens that
     * expire. It may return a {@link java.util.concurrent.CompletionStage}, which completes later; null means that nothing
     * is sent. If it throws, or the value is not an object in JSON, connecting fails with {@link
     * ConnectFailedException.Reason#AUTH}, and the supplier is called again after the delays of {@link Reconnection}. A
     * call that has not returned when the next one is due is interrupted.
     */
    Socket auth(Supplier<?> credentials);

    /**
     * Connects the socket, and the client if it is not connected. Does not wait, and does not keep the JVM alive: a {@code
     * main} that has nothing else to do waits itself.
     *
     * @return completed once the socket is connected; fails with a {@link ConnectFailedException} at the first failure,
     *     even if the client will try again
     */
    CompletableFuture<Void> connect();

    /**
     * Waits for the socket to be connected, through any number of failures. Does not connect it; see {@link #connect}.
     *
     * @return completed at once if the socket is connected, else with its next connection; fails with a {@link
     *     ConnectFailedException} when nothing is tried any more: the server has refused the socket, the attempts are used
     *     up, {@link #disconnect} or {@link SocketClient#close} was called
     */
    CompletableFuture<Void> whenConnected();

    /**
     * Leaves the namespace after what was emitted before has been sent. Does not wait. The socket does not connect again by
     * itself, but {@link #connect} may be called. With the last socket of a client its connection is closed.
     */
    void disconnect();

    /** Called each time the socket is connected, also after a break. */
    Socket onConnect(Runnable handler);

    /** Called each time the socket could not be connected. */
    Socket onConnectError(Consumer<ConnectFailedException> handler);

    /** Called each time the socket is disconnected. */
    Socket onDisconnect(Consumer<Disconnection> handler);

    /** Removes what {@link #onConnect} added: the same object. */
    Socket offConnect(Runnable handler);

    /** Removes what {@link #onConnectError} added: the same object. */
    Socket offConnectError(Consumer<ConnectFailedException> handler);

    /** Removes what {@link #onDisconnect} added: the same object. */
    Socket offDisconnect(Consumer<Disconnection> handler);
}
