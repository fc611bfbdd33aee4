package io.sockeye.client.internal;

import io.sockeye.client.ConnectionListener;
import io.sockeye.client.NotSentException;
import io.sockeye.client.internal.connection.Connector;
import io.sockeye.client.internal.connection.WaitingBytes;
import io.sockeye.client.internal.handlers.UserCallbacks;
import io.sockeye.client.internal.settings.ClientOptions;
import io.sockeye.client.internal.socket.Credentials;
import io.sockeye.client.internal.socket.NotSent;
import io.sockeye.client.internal.socket.OutgoingEvent;
import io.sockeye.client.internal.socket.SocketContext;
import io.sockeye.client.internal.socket.SocketState;
import io.sockeye.client.internal.threads.ClientThreads;
import io.sockeye.client.internal.threads.Loop;
import io.sockeye.client.internal.threads.SerialExecutor;
import io.sockeye.client.internal.transport.Transports;
import io.sockeye.concurrent.Replies;
import io.sockeye.engine.TransportKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What the sockets of one client share. Any thread. */
final class ClientContext {
    /** How often is looked, in milliseconds, whether answers still wait for each other. */
    private static final long LOOK_MILLIS = 10;

    private final ClientOptions options;
    private final ClientThreads threads;
    private final Loop loop;
    private final Transports transports;
    private final @Nullable Object auth;
    private final Connector connector;
    private final Map<String, SocketState> states = new ConcurrentHashMap<>(2);
    private final List<ConnectionListener> listeners = new CopyOnWriteArrayList<>();
    private final List<Replies> answering = new CopyOnWriteArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /** Of the client's main socket: listeners are told in order with its handlers. Null until it exists. */
    private volatile @Nullable UserCallbacks mainCallbacks;

    /** @param auth what sockets say of the user unless told otherwise; null for nothing */
    ClientContext(
            ClientOptions options, ClientThreads threads, Loop loop, Transports transports, @Nullable Object auth) {
        this.options = options;
        this.threads = threads;
        this.loop = loop;
        this.transports = transports;
        this.auth = auth;
        this.connector = new Connector(loop, options, transports, RandomGenerator.getDefault(), this::tell);
    }

    ClientOptions options() {
        return options;
    }

    Loop loop() {
        return loop;
    }

    /** One more socket. */
    SocketState open(String namespace) {
        var callbacks = callbacks();
        if (mainCallbacks == null) {
            mainCallbacks = callbacks;
        }
        var credentials = new Credentials(options.json(), threads.replies(), auth);
        var state = new SocketState(new SocketContext(namespace, options, loop, connector, callbacks, credentials));
        states.put(namespace, state);
        if (closed.get()) { // Too late: whoever waits is to hear so.
            loop.execute(state::close);
        }
        return state;
    }

    private UserCallbacks callbacks() {
        var mailbox = new SerialExecutor(this::runHandlers, this::later);
        var replies = new Replies(threads.replies(), loop::schedule, ended::isDone);
        answering.add(replies);
        return new UserCallbacks(options, mailbox, replies);
    }

    /** Never on the loop, even where an executor of the user's runs tasks on the caller's thread. */
    private void runHandlers(Runnable task) {
        threads.handlers().execute(() -> {
            if (loop.isCurrent()) {
                threads.replies().execute(task);
            } else {
                task.run();
            }
        });
    }

    /** Whether the task is run later: after the end there is no later. */
    private boolean later(Runnable task, long delayMillis) {
        if (ended.isDone()) {
            return false;
        }
        loop.schedule(task, delayMillis);
        return true;
    }

    void listen(ConnectionListener listener) {
        listeners.add(listener);
    }

    void forget(ConnectionListener listener) {
        listeners.remove(listener);
    }

    private void tell(Consumer<ConnectionListener> call) {
        var callbacks = mainCallbacks;
        if (callbacks != null) {
            listeners.forEach(listener -> callbacks.connection(listener, call));
        }
    }

    /** @throws NotSentException if the event has no room among those that wait, and nobody is told instead */
    void send(SocketState state, OutgoingEvent emission) {
        var waiting = connector.wire().waitingBytes();
        if (!waiting.take(emission.bytes(), state.isConnected())) {
            overflow(emission, waiting);
            return;
        }
        loop.execute(() -> state.outgoing().emit(emission));
    }

    private void overflow(OutgoingEvent emission, WaitingBytes waiting) {
        var failure = NotSent.outboxFull(emission.event().name(), emission.bytes(), waiting.sum(), waiting.limit());
        if (emission.pending() != null) {
            emission.pending().failed(failure);
        } else if (!emission.flags().droppable()) {
            options.overflows().accept(failure);
        }
    }

    /** Bytes that wait to be sent. */
    long waitingBytes() {
        return connector.wire().waitingBytes().sum();
    }

    /** The transport at present; empty without a connection. */
    Optional<TransportKind> transport() {
        return Optional.ofNullable(connector.wire().transport());
    }

    boolean isClosed() {
        return closed.get();
    }

    /** @throws IllegalStateException if the client is closed */
    void checkOpen() {
        if (closed.get()) {
            throw new IllegalStateException("the client is closed");
        }
    }

    void reconnectNow() {
        connector.hurry();
    }

    /** The same as {@link #close}, but a thread of its own waits. */
    CompletableFuture<Void> closeAsync(Duration timeout) {
        var future = new CompletableFuture<Void>();
        beginToClose(timeout);
        threads.owner()
                .newThread(() -> {
                    try {
                        close(timeout);
                    } finally {
                        future.complete(null);
                    }
                })
                .start();
        return future;
    }

    /** Leaves all namespaces, ends the connection and all threads. Idempotent. */
    void close(Duration timeout) {
        long endNanos = System.nanoTime() + timeout.toNanos();
        beginToClose(timeout);
        try {
            ended.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            loop.awaitEnd(TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            loop.execute(this::finish);
        }
        threads.stop(Duration.ofNanos(Math.max(0, endNanos - System.nanoTime())));
    }

    private void beginToClose(Duration timeout) {
        if (closed.compareAndSet(false, true)) {
            loop.execute(() -> leaveAll(timeout));
        }
    }

    private void leaveAll(Duration timeout) {
        loop.schedule(this::finish, timeout.toMillis());
        states.values().forEach(SocketState::close);
        connector.ended().whenComplete((nothing, failure) -> loop.execute(this::finishOnceAnswered));
    }

    /** As long as answers wait for each other, the loop is needed: it lets them pass what blocks. */
    private void finishOnceAnswered() {
        if (answering.stream().anyMatch(Replies::isBehind)) {
            loop.schedule(this::finishOnceAnswered, LOOK_MILLIS);
        } else {
            finish();
        }
    }

    private void finish() {
        if (ended.isDone()) {
            return;
        }
        try {
            transports.close();
        } finally {
            loop.stop();
            ended.complete(null);
        }
    }
}
