package io.sockeye.client.internal;

import io.sockeye.client.Emitter;
import io.sockeye.client.Socket;
import io.sockeye.client.internal.connection.Failures;
import io.sockeye.client.internal.socket.Flags;
import io.sockeye.client.internal.socket.SocketState;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** A socket as its users hold it: posts their calls to the loop. Any thread. */
class ClientSocket extends SocketHandlers {
    private final ClientContext client;
    private final SocketState state;
    private final Emitter emitter;

    ClientSocket(ClientContext client, SocketState state) {
        super(state.callbacks());
        this.client = client;
        this.state = state;
        this.emitter = new EventEmitter(client, state, Flags.NONE);
    }

    /** The namespace, and whether the socket is connected. */
    @Override
    public String toString() {
        return "socket %s, %s"
                .formatted(namespace(), id().map(id -> "connected as " + id).orElse(active() ? "connecting" : "idle"));
    }

    @Override
    public final String namespace() {
        return state.namespace();
    }

    @Override
    public final Optional<String> id() {
        return Optional.ofNullable(state.id());
    }

    @Override
    public final boolean connected() {
        return state.isConnected();
    }

    @Override
    public final boolean active() {
        return state.isActive();
    }

    @Override
    public final boolean recovered() {
        return state.recovered();
    }

    @Override
    public final Socket auth(Object credentials) {
        state.credentials().set(Objects.requireNonNull(credentials));
        return this;
    }

    @Override
    public final Socket auth(Supplier<?> credentials) {
        return auth((Object) credentials);
    }

    @Override
    public final CompletableFuture<Void> connect() {
        var future = new CompletableFuture<Void>();
        if (client.isClosed()) {
            future.completeExceptionally(Failures.clientClosed());
        } else {
            client.loop().execute(() -> state.connect(future));
        }
        return future;
    }

    @Override
    public final CompletableFuture<Void> whenConnected() {
        var future = new CompletableFuture<Void>();
        client.loop().execute(() -> state.whenConnected(future));
        return future;
    }

    @Override
    public final void disconnect() {
        client.loop().execute(state::disconnect);
    }

    @Override
    public final void emit(String event, @Nullable Object @Nullable ... args) {
        emitter.emit(event, args);
    }

    @Override
    public final <T> CompletableFuture<T> request(String event, Class<T> type, @Nullable Object @Nullable ... args) {
        return emitter.request(event, type, args);
    }

    @Override
    public final <T> CompletableFuture<T> request(
            String event, TypeReference<T> type, @Nullable Object @Nullable ... args) {
        return emitter.request(event, type, args);
    }

    @Override
    public final Emitter timeout(Duration limit) {
        return emitter.timeout(limit);
    }

    @Override
    public final Emitter asVolatile() {
        return emitter.asVolatile();
    }

    @Override
    public final Emitter compress(boolean wanted) {
        return emitter.compress(wanted);
    }
}
