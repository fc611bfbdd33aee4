package io.sockeye.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * Emits to the server in a certain way. Immutable; any thread.
 *
 * <pre>{@code
 * SocketEmitter patient = client.timeout(Duration.ofMinutes(1));
 * patient.request("sign here", byte[].class).thenAccept(signature -> …);
 * }</pre>
 */
public final class SocketEmitter implements Emitter {
    private final Socket socket;
    private final Flags flags;

    SocketEmitter(Socket socket, Flags flags) {
        this.socket = socket;
        this.flags = flags;
    }

    @Override
    public void emit(String event, @Nullable Object @Nullable ... args) {
        socket.emit(flags, event, args);
    }

    @Override
    public <T> CompletableFuture<T> request(String event, Class<T> type, @Nullable Object @Nullable ... args) {
        return socket.request(flags, event, type, args);
    }

    @Override
    public <T> CompletableFuture<T> request(String event, TypeReference<T> type, @Nullable Object @Nullable ... args) {
        return socket.request(flags, event, type.getType(), args);
    }

    @Override
    public SocketEmitter timeout(Duration limit) {
        return new SocketEmitter(socket, new Flags(flags.droppable(), flags.compress(), limit));
    }

    @Override
    public SocketEmitter asVolatile() {
        return new SocketEmitter(socket, new Flags(true, flags.compress(), flags.timeout()));
    }

    @Override
    public SocketEmitter compress(boolean wanted) {
        return new SocketEmitter(socket, new Flags(flags.droppable(), wanted, flags.timeout()));
    }
}
