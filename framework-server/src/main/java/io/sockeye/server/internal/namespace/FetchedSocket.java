package io.sockeye.server.internal.namespace;

import io.sockeye.event.Answer;
import io.sockeye.event.Args;
import io.sockeye.event.Event;
import io.sockeye.server.Answers;
import io.sockeye.server.Broadcast;
import io.sockeye.server.Handshake;
import io.sockeye.server.RemoteSocket;
import io.sockeye.server.adapter.SocketDetails;
import io.sockeye.server.internal.context.Request;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** A socket as the adapter found it; what is done with it is a broadcast to the room of its id. Immutable; any thread. */
final class FetchedSocket implements RemoteSocket {
    /** By how much a timeout may seem to end too early, since loops count whole milliseconds. */
    private static final Duration CLOCK_SLACK = Duration.ofMillis(2);

    private final LocalNamespace namespace;
    private final SocketDetails details;
    private final Broadcast itself;

    FetchedSocket(LocalNamespace namespace, SocketDetails details) {
        this.namespace = namespace;
        this.details = details;
        this.itself = namespace.to(details.id());
    }

    @Override
    public String id() {
        return details.id();
    }

    @Override
    public Handshake handshake() {
        return details.handshake();
    }

    @Override
    public Set<String> rooms() {
        return details.rooms();
    }

    @Override
    public Map<String, Object> data() {
        return details.data();
    }

    @Override
    public void emit(String event, @Nullable Object @Nullable ... args) {
        itself.emit(event, args);
    }

    @Override
    public <T> void emit(Event<T> event, T value) {
        itself.emit(event, value);
    }

    @Override
    public void emit(Event<Void> event) {
        itself.emit(event);
    }

    @Override
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
        } else if (answers.equals(AnswerCollector.NONE) || (early && answers.silentServers() == 0)) {
            request.disconnected();
        } else {
            request.timedOut();
        }
    }

    @Override
    public <T> CompletableFuture<T> request(
            Duration timeout, String event, TypeReference<T> type, @Nullable Object @Nullable ... args) {
        return request(timeout, event, type.getType(), args);
    }

    @Override
    public CompletableFuture<Args> request(Duration timeout, String event, @Nullable Object @Nullable ... args) {
        return request(timeout, event, Args.class, args);
    }

    @Override
    public <T, R> CompletableFuture<R> request(Duration timeout, Event<T> event, Class<R> type, T value) {
        return request(timeout, event.name(), type, event.arguments(value));
    }

    @Override
    public <R> CompletableFuture<R> request(Duration timeout, Event<Void> event, Class<R> type) {
        return request(timeout, event.name(), type);
    }

    @Override
    public void join(String... rooms) {
        itself.socketsJoin(rooms);
    }

    @Override
    public void leave(String... rooms) {
        itself.socketsLeave(rooms);
    }

    @Override
    public void disconnect(boolean close) {
        itself.disconnectSockets(close);
    }

    @Override
    public String toString() {
        return "RemoteSocket " + id();
    }
}
