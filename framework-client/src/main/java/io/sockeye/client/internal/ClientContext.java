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
import io.sockeye.protocol.TransportKind;
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
    /** How often it is checked, in milliseconds, whether futures still wait to be completed. */
    private static final long CHECK_MILLIS = 10;

    private final ClientOptions options;
    private final ClientThreads threads;
    private final Loop loop;
    private final Transports transports;
    private final @Nullable Object auth;
    private final Connector connector;
    private final Map<String, SocketState> states = new ConcurrentHashMap<>(2);
    private final List<ConnectionListener> listeners = new CopyOnWriteArrayList<>();
    private final List<Replies> replyQueues = new CopyOnWriteArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /** Of the client's own socket: connection listeners are called in order with its handlers. Null until it exists. */
    private volatile @Nullable UserCallbacks mainCallbacks;

    /** @param auth the credentials of sockets that have none of their own; null for none */
    ClientContext(
            ClientOptions options, ClientThreads threads, Loop loop, Transports transports, @Nullable Object auth) {
        this.options = options;
        this.threads = threads;
        this.loop = loop;
        this.transports = transports;
        this.auth = auth;
        this.connector = new Connector(loop, options, transports, RandomGenerator.getDefault(), this::callListeners);
    }

    ClientOptions options() {
        return options;
    }

    Loop loop() {
        return loop;
    }

    /** Makes the state of one more socket. */
    SocketState open(String namespace) {
        var callbacks = callbacks();
        if (mainCallbacks == null) {
            mainCallbacks = callbacks;
        }
        var credentials = new Credentials(options.json(), threads.replies(), auth);
        var state = new SocketState(new SocketContext(namespace, options, loop, connector, callbacks, credentials));
        states.put(namespace, state);
        if (closed.get()) { // Futures of this socket must fail at once.
            loop.execute(state::close);
        }
        return state;
    }

    private UserCallbacks callbacks() {
        var mailbox = new SerialExecutor(this::runHandlers, this::schedule);
        var replies = new Replies(threads.replies(), loop::schedule, ended::isDone);
        replyQueues.add(replies);
        return new UserCallbacks(options, mailbox, replies);
    }

    /** Runs handlers off the loop, even where an executor of the user's runs tasks on the calling thread. */
    private void runHandlers(Runnable task) {
        threads.handlers().execute(() -> {
            if (loop.isCurrent()) {
                threads.replies().execute(task);
            } else {
                task.run();
            }
        });
    }

    /** Returns false, and schedules nothing, once the client has ended. */
    private boolean schedule(Runnable task, long delayMillis) {
        if (ended.isDone()) {
            return false;
        }
        loop.schedule(task, delayMillis);
        return true;
    }

    void addListener(ConnectionListener listener) {
        listeners.add(listener);
    }

    void removeListener(ConnectionListener listener) {
        listeners.remove(listener);
    }

    private void callListeners(Consumer<ConnectionListener> call) {
        var callbacks = mainCallbacks;
        if (callbacks != null) {
            listeners.forEach(listener -> callbacks.connection(listener, call));
        }
    }

    /**
     * @throws NotSentException if too much waits to be sent; unless the user handles it, or the event is a request or
     *     volatile
     */
    void send(SocketState state, OutgoingEvent outgoing) {
        var waiting = connector.currentLink().waitingBytes();
        if (!waiting.take(outgoing.bytes(), state.isConnected())) {
            overflow(outgoing, waiting);
            return;
        }
        loop.execute(() -> state.sender().emit(outgoing));
    }

    private void overflow(OutgoingEvent outgoing, WaitingBytes waiting) {
        var failure = NotSent.outboxFull(outgoing.event().name(), outgoing.bytes(), waiting.sum(), waiting.limit());
        if (outgoing.receiver() != null) {
            outgoing.receiver().failed(failure);
        } else if (!outgoing.flags().droppable()) {
            options.overflows().accept(failure);
        }
    }

    /** Bytes that wait to be sent. */
    long waitingBytes() {
        return connector.currentLink().waitingBytes().sum();
    }

    /** The transport at present; empty without a connection. */
    Optional<TransportKind> transport() {
        return Optional.ofNullable(connector.currentLink().transport());
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
        connector.reconnectNow();
    }

    /** The same as {@link #close}, but waits on a thread of its own. */
    CompletableFuture<Void> closeAsync(Duration timeout) {
        var future = new CompletableFuture<Void>();
        beginClosing(timeout);
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
        beginClosing(timeout);
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

    private void beginClosing(Duration timeout) {
        if (closed.compareAndSet(false, true)) {
            loop.execute(() -> leaveAll(timeout));
        }
    }

    private void leaveAll(Duration timeout) {
        loop.schedule(this::finish, timeout.toMillis());
        states.values().forEach(SocketState::close);
        connector.ended().whenComplete((nothing, failure) -> loop.execute(this::finishOnceReplied));
    }

    /** The loop is needed until all futures are completed: it lets them overtake one that blocks. */
    private void finishOnceReplied() {
        if (replyQueues.stream().anyMatch(Replies::isBehind)) {
            loop.schedule(this::finishOnceReplied, CHECK_MILLIS);
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
