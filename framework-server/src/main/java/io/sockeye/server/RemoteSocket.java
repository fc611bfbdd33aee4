package io.sockeye.server;

import io.sockeye.event.AckTimeoutException;
import io.sockeye.event.Answer;
import io.sockeye.event.Args;
import io.sockeye.event.DisconnectedException;
import io.sockeye.event.Event;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * A socket of this or another server of the cluster, as it was when it was fetched, and what can be done with it from
 * here. Immutable; any thread.
 *
 * <pre>{@code
 * server.in("lobby").fetchSockets().thenAccept(sockets ->
 *         sockets.forEach(socket -> socket.emit("your rooms", socket.rooms())));
 * }</pre>
 */
public final class RemoteSocket {
    /** By how much a timeout may seem to end too early, since loops count whole milliseconds. */
    private static final Duration CLOCK_SLACK = Duration.ofMillis(2);

    private final Namespace namespace;
    private final SocketDetails details;
    private final Broadcast itself;

    RemoteSocket(Namespace namespace, SocketDetails details) {
        this.namespace = namespace;
        this.details = details;
        this.itself = namespace.to(details.id());
    }

    /** The socket's id; also the name of a room in which it is alone. */
    public String id() {
        return details.id();
    }

    /** With what the client introduced itself. */
    public Handshake handshake() {
        return details.handshake();
    }

    /** The rooms that it was in, with the one of its own id. */
    public Set<String> rooms() {
        return details.rooms();
    }

    /** A copy of the socket's data; that of another server's socket as JSON has it. */
    public Map<String, Object> data() {
        return details.data();
    }

    /** Sends it an event; see {@link Socket#emit}. */
    public void emit(String event, @Nullable Object @Nullable ... args) {
        itself.emit(event, args);
    }

    /** Sends it an event with its argument. */
    public <T> void emit(Event<T> event, T value) {
        itself.emit(event, value);
    }

    /** Sends it an event that has no argument. */
    public void emit(Event<Void> event) {
        itself.emit(event);
    }

    /**
     * Asks it for an acknowledgement; see {@link Socket#request}. The future fails with an {@link AckTimeoutException}
     * after the timeout, and with a {@link DisconnectedException} as soon as this server knows that the socket is not
     * there any more.
     */
    public <T> CompletableFuture<T> request(
            Duration timeout, String event, Class<T> type, @Nullable Object @Nullable ... args) {
        return request(timeout, event, (Type) type, args);
    }

    /** @param type the one that T was said with */
    private <T> CompletableFuture<T> request(
            Duration timeout, String event, Type type, @Nullable Object @Nullable [] args) {
        Answer<T> answer = Answer.of(type, namespace.context().json());
        // A future of its own, since a dependent one would wrap its exception.
        var future = new CompletableFuture<T>();
        var request = new Request<>(event, answer, timeout, Runnable::run, future);
        long startMillis = namespace.context().nowMillis();
        itself.timeout(timeout).request(event, args).thenAccept(answers -> {
            var took = Duration.ofMillis(namespace.context().nowMillis() - startMillis);
            end(request, answers, took.plus(CLOCK_SLACK).compareTo(timeout) < 0);
        });
        return future;
    }

    /** @param early whether the timeout has not passed: then it is known that the socket is not there (any more) */
    private static void end(Request<?> request, Answers answers, boolean early) {
        if (!answers.rejections().isEmpty()) {
            request.rejected(answers.rejections().get(0));
        } else if (!answers.values().isEmpty()) {
            request.complete(answers.values().get(0));
        } else if (answers.equals(Answers.NONE) || (early && answers.silentServers() == 0)) {
            request.disconnected();
        } else {
            request.timedOut();
        }
    }

    /** Asks it for an acknowledgement of a generic type. */
    public <T> CompletableFuture<T> request(
            Duration timeout, String event, TypeReference<T> type, @Nullable Object @Nullable ... args) {
        return request(timeout, event, type.getType(), args);
    }

    /** Asks it for all values of an acknowledgement. */
    public CompletableFuture<Args> request(Duration timeout, String event, @Nullable Object @Nullable ... args) {
        return request(timeout, event, Args.class, args);
    }

    /** Asks it for an acknowledgement of an event with its argument. */
    public <T, R> CompletableFuture<R> request(Duration timeout, Event<T> event, Class<R> type, T value) {
        return request(timeout, event.name(), type, event.arguments(value));
    }

    /** Asks it for an acknowledgement of an event that has no argument. */
    public <R> CompletableFuture<R> request(Duration timeout, Event<Void> event, Class<R> type) {
        return request(timeout, event.name(), type);
    }

    /** Has it join rooms. */
    public void join(String... rooms) {
        itself.socketsJoin(rooms);
    }

    /** Has it leave rooms. */
    public void leave(String... rooms) {
        itself.socketsLeave(rooms);
    }

    /** Disconnects it; with {@code close} also its connection. */
    public void disconnect(boolean close) {
        itself.disconnectSockets(close);
    }

    @Override
    public String toString() {
        return "RemoteSocket " + id();
    }
}
