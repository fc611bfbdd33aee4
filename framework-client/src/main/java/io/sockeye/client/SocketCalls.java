package io.sockeye.client;

import io.sockeye.engine.EnginePacket;
import io.sockeye.event.Ack;
import io.sockeye.event.Args;
import io.sockeye.json.JsonException;
import io.sockeye.json.JsonValue;
import io.sockeye.socket.SocketPacket;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls the user's code for one socket: handlers one after another, in order; futures beside them. Any thread. */
final class SocketCalls {
    private final Handlers handlers;
    private final ClientOptions options;
    private final Executor mailbox;
    private final Executor replies;
    private final Executor suppliers;

    /** What the server is told of the user when the socket connects; a {@link Supplier} is asked each time. */
    private volatile @Nullable Object auth;

    /**
     * @param mailbox runs handlers, one at a time
     * @param replies completes futures, one at a time, also while a handler waits for one
     * @param suppliers asks for credentials; one that does not answer keeps nothing else waiting
     */
    SocketCalls(Handlers handlers, ClientOptions options, Executor mailbox, Executor replies, Executor suppliers) {
        this.handlers = handlers;
        this.options = options;
        this.mailbox = mailbox;
        this.replies = replies;
        this.suppliers = suppliers;
    }

    Executor replies() {
        return replies;
    }

    void auth(@Nullable Object chosen) {
        auth = chosen;
    }

    /** What is said of the user, or who is asked; null for nothing. */
    @Nullable
    Object auth() {
        return auth;
    }

    /** Whether the same would be said of the user as was said then. */
    boolean saysTheSameAs(@Nullable Object then) {
        return Objects.equals(auth, then);
    }

    /**
     * Asks for the user's credentials.
     *
     * @param taker takes them, or the failure: before this returns, or later on the loop if the user has to be asked
     */
    void auth(Executor loop, BiConsumer<@Nullable JsonValue, @Nullable Throwable> taker) {
        var chosen = auth;
        if (chosen instanceof Supplier<?> supplier) {
            suppliers.execute(() ->
                    ask(supplier, (value, failure) -> loop.execute(() -> taker.accept(value, failure))));
        } else {
            answer(chosen, taker);
        }
    }

    private void ask(Supplier<?> supplier, BiConsumer<@Nullable JsonValue, @Nullable Throwable> taker) {
        Object supplied;
        try {
            supplied = supplier.get();
        } catch (RuntimeException | Error e) {
            taker.accept(null, e);
            return;
        }
        if (supplied instanceof CompletionStage<?> later) {
            later.whenComplete((value, failure) -> answer(value, failure, taker));
        } else {
            answer(supplied, taker);
        }
    }

    private void answer(
            @Nullable Object value,
            @Nullable Throwable failure,
            BiConsumer<@Nullable JsonValue, @Nullable Throwable> taker) {
        if (failure == null) {
            answer(value, taker);
        } else {
            taker.accept(null, Failures.unwrapped(failure));
        }
    }

    private void answer(@Nullable Object value, BiConsumer<@Nullable JsonValue, @Nullable Throwable> taker) {
        JsonValue written;
        try {
            written = value == null ? null : payload(value);
        } catch (RuntimeException | Error e) {
            taker.accept(null, e);
            return;
        }
        taker.accept(written, null);
    }

    private JsonValue payload(Object value) {
        var written = options.json().value(value);
        if (written.kind() != JsonValue.Kind.OBJECT) {
            throw new IllegalArgumentException("auth must be an object: " + written);
        }
        return written;
    }

    void complete(CompletableFuture<Void> future) {
        replies.execute(() -> future.complete(null));
    }

    void fail(CompletableFuture<Void> future, Throwable failure) {
        replies.execute(() -> future.completeExceptionally(failure));
    }

    void connected() {
        mailbox.execute(() -> handlers.connect.forEach(handler -> guard("connect handler", handler::run)));
    }

    void connectFailed(ConnectFailedException failure) {
        mailbox.execute(() -> handlers.connectError.forEach(
                handler -> guard("connect error handler", () -> handler.accept(failure))));
    }

    void disconnected(Disconnection end) {
        mailbox.execute(
                () -> handlers.disconnect.forEach(handler -> guard("disconnect handler", () -> handler.accept(end))));
    }

    /** Tells a listener of the connection, in order with the handlers. */
    void connection(ConnectionListener listener, Consumer<ConnectionListener> call) {
        mailbox.execute(() -> guard("connection listener", () -> call.accept(listener)));
    }

    /** An event is sent to the server. */
    void outgoing(SocketPacket.Event event) {
        if (!handlers.anyOutgoing.isEmpty()) {
            var args = new Args(event.arguments().from(1), Ack.NONE);
            mailbox.execute(() -> tell(handlers.anyOutgoing, event.name(), args));
        }
    }

    /** @param ackSender takes the acknowledgement, if one is asked for; any thread calls it */
    void event(SocketPacket.Event event, Consumer<List<EnginePacket>> ackSender) {
        mailbox.execute(() -> {
            var name = event.name();
            var args = new Args(event.arguments().from(1), ack(event, ackSender));
            tell(handlers.any, name, args);
            for (var listener : handlers.event(name)) {
                if (!listener.once() || handlers.take(name, listener)) {
                    guard(
                            "handler of event '" + name + "'",
                            () -> listener.handler().handle(args));
                }
            }
        });
    }

    private Ack ack(SocketPacket.Event event, Consumer<List<EnginePacket>> ackSender) {
        if (event.ackId() == SocketPacket.NO_ACK) {
            return Ack.NONE;
        }
        return Ack.of(values -> {
            var arguments = options.json().array(values);
            var ack = new SocketPacket.Ack(event.namespace(), event.ackId(), arguments);
            ackSender.accept(options.parser().encode(ack));
        });
    }

    private void tell(List<AnyHandler> catchAll, String event, Args args) {
        for (var handler : catchAll) {
            guard("catch-all handler", () -> handler.handle(event, args));
        }
    }

    private void guard(String where, Call call) {
        try {
            call.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            report(e, where);
        } catch (Exception | Error e) {
            report(e, where);
        }
    }

    private void report(Throwable error, String where) {
        options.errors().handle(error, where);
    }

    /** The user's handler of the first argument as a handler of all. */
    <T> EventHandler typed(ArgsReader<T> reader, TypedHandler<T> handler) {
        return args -> handler.handle(read(args, reader));
    }

    /** The user's handler whose value is the acknowledgement as a handler of all arguments. */
    <T, R extends @Nullable Object> EventHandler request(ArgsReader<T> reader, RequestHandler<T, R> handler) {
        return args -> {
            var answer = handler.handle(read(args, reader));
            if (answer instanceof CompletionStage<?> later) {
                later.whenComplete(
                        (value, failure) -> guard("acknowledgement", () -> acknowledge(args, value, failure)));
            } else {
                args.ack(answer);
            }
        };
    }

    private void acknowledge(Args args, @Nullable Object value, @Nullable Throwable failure) {
        if (failure == null) {
            args.ack(value);
        } else {
            report(Failures.unwrapped(failure), "request handler");
        }
    }

    private static <T> T read(Args args, ArgsReader<T> reader) {
        try {
            return reader.read(args);
        } catch (JsonException e) {
            throw new UnexpectedArgumentsException(e);
        }
    }

    /** Takes what a handler wants from the arguments. */
    @FunctionalInterface
    interface ArgsReader<T> {
        T read(Args args);
    }

    /** Something of the user's that may throw anything. */
    @FunctionalInterface
    private interface Call {
        void run() throws Exception;
    }
}
