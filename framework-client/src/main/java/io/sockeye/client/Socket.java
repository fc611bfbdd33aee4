package io.sockeye.client;

import io.sockeye.event.Answer;
import io.sockeye.socket.SocketPacket;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * A client's place in one namespace. All methods may be called on any thread. Handlers are called in the order of the
 * events, off the threads that do I/O, and may wait for whatever they like.
 *
 * <pre>{@code
 * Socket admin = client.of("/admin").auth(Map.of("token", "s3cret"));
 * admin.on("alert", String.class, text -> log.warn(text));
 * admin.connect().join();
 * }</pre>
 */
public sealed class Socket extends EventScope implements Emitter permits SocketClient {
    private final ClientContext context;
    private final SocketCalls calls;
    private final SocketState state;

    Socket(ClientContext context, String namespace) {
        this.context = context;
        this.calls = context.calls(handlers());
        this.state = context.state(namespace, calls);
    }

    final ClientContext context() {
        return context;
    }

    /** The namespace, and how the socket stands. */
    @Override
    public String toString() {
        return "socket %s, %s"
                .formatted(namespace(), id().map(id -> "connected as " + id).orElse(active() ? "connecting" : "idle"));
    }

    @Override
    final SocketCalls calls() {
        return calls;
    }

    @Override
    final Socket self() {
        return this;
    }

    /** The name, with its leading slash. */
    public final String namespace() {
        return state.namespace();
    }

    /** The id that the server has given to this socket; empty while it is not connected. */
    public final Optional<String> id() {
        return Optional.ofNullable(state.id());
    }

    /** Whether the socket is connected. */
    public final boolean connected() {
        return state.isConnected();
    }

    /** Whether the socket is connected, or tries to be. */
    public final boolean active() {
        return state.isActive();
    }

    /**
     * Whether the server gave back, at the last connection, who this socket was before: its id, its rooms and the events
     * that it missed. To be asked in a handler of {@link #onConnect}.
     */
    public final boolean recovered() {
        return state.recovered();
    }

    /**
     * Says who the user is when the socket connects: any value that JSON writes as an object. The next connection counts.
     *
     * @throws IllegalArgumentException if JSON does not write it as an object
     */
    public Socket auth(Object credentials) {
        calls.credentials().set(Objects.requireNonNull(credentials));
        return this;
    }

    /**
     * The same, but asked anew at each connection, on a thread of the client's: for tokens that expire. What is supplied
     * may be a {@link java.util.concurrent.CompletionStage}, which answers later; null means nothing is said. What it throws,
     * or supplies that is no object, fails with {@link ConnectFailedException.Reason#AUTH}; it is asked again after the delays
     * of {@link Reconnection}. One that has not returned when it is to be asked again is interrupted.
     */
    public Socket auth(Supplier<?> credentials) {
        calls.credentials().set(Objects.requireNonNull((Object) credentials));
        return this;
    }

    /**
     * Connects the socket, and the client if it is not. Does not wait, and does not keep the program alive: a {@code main}
     * that has nothing else to do waits itself.
     *
     * @return completed once the socket is connected; fails with a {@link ConnectFailedException} at the first failure,
     *     also if the client tries again by itself then
     */
    public final CompletableFuture<Void> connect() {
        var future = new CompletableFuture<Void>();
        if (context.isClosed()) {
            future.completeExceptionally(Failures.clientClosed());
        } else {
            context.loop().execute(() -> state.connect(future));
        }
        return future;
    }

    /**
     * Waits for the socket to be connected, through as many failures as it takes. Does not connect it: that is for {@link
     * #connect} to begin.
     *
     * @return completed at once if the socket is connected, else with its next connection; fails with a {@link
     *     ConnectFailedException} when nothing is tried any more: the server has refused the socket, the attempts are used up,
     *     {@link #disconnect} or {@link SocketClient#close} was called
     */
    public final CompletableFuture<Void> whenConnected() {
        var future = new CompletableFuture<Void>();
        context.loop().execute(() -> state.whenConnected(future));
        return future;
    }

    /**
     * Leaves the namespace; the socket does not come back by itself, but {@link #connect} may be called again. With the
     * last socket of a client its connection ends. What was emitted before is still sent.
     */
    public final void disconnect() {
        context.loop().execute(state::disconnect);
    }

    @Override
    public final void emit(String event, @Nullable Object @Nullable ... args) {
        emit(Flags.NONE, event, args);
    }

    @Override
    public final <T> CompletableFuture<T> request(String event, Class<T> type, @Nullable Object @Nullable ... args) {
        return request(Flags.NONE, event, type, args);
    }

    @Override
    public final <T> CompletableFuture<T> request(
            String event, TypeReference<T> type, @Nullable Object @Nullable ... args) {
        return request(Flags.NONE, event, type.getType(), args);
    }

    @Override
    public final SocketEmitter timeout(Duration limit) {
        return new SocketEmitter(this, Flags.NONE).timeout(limit);
    }

    @Override
    public final SocketEmitter asVolatile() {
        return new SocketEmitter(this, Flags.NONE).asVolatile();
    }

    @Override
    public final SocketEmitter compress(boolean wanted) {
        return new SocketEmitter(this, Flags.NONE).compress(wanted);
    }

    final void emit(Flags flags, String event, @Nullable Object @Nullable [] args) {
        checkOpen();
        send(event(event, args, SocketPacket.NO_ACK), flags, null);
    }

    /** @param type the one that T was said with */
    final <T> CompletableFuture<T> request(Flags flags, String event, Type type, @Nullable Object @Nullable [] args) {
        Answer<T> answer = Answer.of(type, context.options().json());
        checkOpen();
        var packet = event(event, args, state.outgoing().nextAckId());
        var future = new CompletableFuture<T>();
        var timeout = context.ackTimeout(flags);
        send(packet, flags, new Request<>(event, answer, timeout, calls.replies(), future));
        future.whenComplete((value, failure) -> {
            if (isGivenUp(failure)) {
                context.loop().execute(() -> state.outgoing().giveUp(packet.ackId()));
            }
        });
        return future;
    }

    private void checkOpen() {
        if (context.isClosed()) {
            throw new IllegalStateException("the client is closed");
        }
    }

    /** Whether the user has ended the future: by {@code cancel}, or by {@code orTimeout}. */
    private static boolean isGivenUp(@Nullable Throwable failure) {
        return failure instanceof CancellationException || failure instanceof TimeoutException;
    }

    private SocketPacket.Event event(String name, @Nullable Object @Nullable [] args, long ackId) {
        Handlers.checkName(name);
        return new SocketPacket.Event(
                namespace(), ackId, context.options().json().event(name, args));
    }

    private void send(SocketPacket.Event packet, Flags flags, @Nullable Asker pending) {
        long timeoutMillis = context.ackTimeout(flags).toMillis();
        var emission = Emission.of(packet, context.options().parser(), flags, pending, timeoutMillis);
        context.send(state, emission);
    }
}
