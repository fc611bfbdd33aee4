package io.sockeye.client.internal.handlers;

import io.sockeye.client.AnyHandler;
import io.sockeye.client.ConnectFailedException;
import io.sockeye.client.ConnectionListener;
import io.sockeye.client.Disconnection;
import io.sockeye.client.EventHandler;
import io.sockeye.client.RequestHandler;
import io.sockeye.client.SocketClient;
import io.sockeye.client.TypedHandler;
import io.sockeye.client.internal.settings.ClientOptions;
import io.sockeye.event.Ack;
import io.sockeye.event.Args;
import io.sockeye.event.Argument;
import io.sockeye.event.Rejection;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.SocketPacket;
import java.lang.reflect.Type;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Calls the user's code for one socket: handlers one at a time and in order, futures independently of them. Any thread. */
public final class UserCallbacks {
    private static final Logger log = LoggerFactory.getLogger(SocketClient.class);

    private final Handlers handlers = new Handlers();
    private final ClientOptions options;
    private final Executor mailbox;
    private final Executor replies;
    private final RequestAnswers answers;
    /** Whether the last attempt to connect has failed; accessed by the loop only. */
    private boolean failing;

    /**
     * @param mailbox runs handlers one at a time
     * @param replies completes futures one at a time, also while a handler waits for one
     */
    public UserCallbacks(ClientOptions options, Executor mailbox, Executor replies) {
        this.options = options;
        this.mailbox = mailbox;
        this.replies = replies;
        this.answers = new RequestAnswers(options, this::report);
    }

    public Executor replies() {
        return replies;
    }

    public Handlers handlers() {
        return handlers;
    }

    public void complete(CompletableFuture<Void> future) {
        replies.execute(() -> future.complete(null));
    }

    public void fail(CompletableFuture<Void> future, Throwable failure) {
        replies.execute(() -> future.completeExceptionally(failure));
    }

    public void connected() {
        failing = false;
        mailbox.execute(() -> handlers.connect().forEach(handler -> guard("connect handler", handler::run)));
    }

    /**
     * Logged as a warning where the user has no handler, but once only until an attempt has succeeded.
     *
     * @param last whether no attempt follows
     */
    public void connectFailed(String namespace, ConnectFailedException failure, boolean last) {
        boolean warn = handlers.connectError().isEmpty() && !failing;
        log.atLevel(warn ? Level.WARN : Level.DEBUG)
                .log("namespace {}: {}{}", namespace, failure.getMessage(), last ? "" : "; trying again");
        failing = true;
        mailbox.execute(() -> handlers.connectError()
                .forEach(handler -> guard("connect error handler", () -> handler.accept(failure))));
    }

    public void disconnected(Disconnection end) {
        mailbox.execute(() ->
                handlers.disconnect().forEach(handler -> guard("disconnect handler", () -> handler.accept(end))));
    }

    /** Calls a listener of the connection, in order with the handlers. */
    public void connection(ConnectionListener listener, Consumer<ConnectionListener> call) {
        mailbox.execute(() -> guard("connection listener", () -> call.accept(listener)));
    }

    /** An event is being sent. */
    public void outgoing(SocketPacket.Event event) {
        if (!handlers.anyOutgoing().isEmpty()) {
            var args = new Args(event.arguments().from(1), Ack.NONE);
            mailbox.execute(() -> callAll(handlers.anyOutgoing(), event.name(), args));
        }
    }

    /**
     * Calls the handlers of an event.
     *
     * @param ackSender gets the acknowledgement, if one is asked for; called by any thread
     * @param handled called after the last handler has returned
     */
    public void event(SocketPacket.Event event, Consumer<List<EnginePacket>> ackSender, Runnable handled) {
        mailbox.execute(() -> {
            try {
                handle(event, ackSender);
            } finally {
                handled.run();
            }
        });
    }

    private void handle(SocketPacket.Event event, Consumer<List<EnginePacket>> ackSender) {
        var name = event.name();
        var args = new Args(event.arguments().from(1), ack(event, ackSender));
        callAll(handlers.any(), name, args);
        for (var listener : handlers.event(name)) {
            if (!listener.once() || handlers.take(name, listener)) {
                call(
                        "handler of event '" + name + "'",
                        name,
                        args,
                        () -> listener.handler().handle(args));
            }
        }
    }

    private void call(String where, String event, Args args, Call handler) {
        guard(where, () -> {
            try {
                handler.run();
            } catch (Exception | Error e) {
                var cause = RequestAnswers.cause(e, args);
                if (cause instanceof Rejection rejection) {
                    answers.reject(event, args, rejection);
                } else {
                    report(cause, where);
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

    /** A short answer, in place of one that is bigger than the server takes. */
    public List<EnginePacket> insteadOfAnswer(SocketPacket.Event event) {
        var answer = options.json().array(List.of(RequestAnswers.internalError(options.json())));
        return options.parser().encode(new SocketPacket.Ack(event.namespace(), event.ackId(), answer));
    }

    private void callAll(List<AnyHandler> catchAll, String event, Args args) {
        for (var handler : catchAll) {
            call("catch-all handler", event, args, () -> handler.handle(event, args));
        }
    }

    private void guard(String where, Call call) {
        try {
            call.run();
        } catch (Exception | Error e) { // InterruptedException, too: it concerns this handler only.
            report(e, where);
        }
    }

    private void report(Throwable error, String where) {
        try {
            options.errors().handle(error, where);
        } catch (RuntimeException | Error e) {
            e.addSuppressed(error);
            log.error("the error handler failed", e);
        }
    }

    /**
     * Wraps a handler of the first argument as a handler of all arguments.
     *
     * @throws IllegalArgumentException if no JSON can be read as the type
     */
    public <T> EventHandler typed(Type type, TypedHandler<T> handler) {
        var argument = Argument.of(type, options.json());
        return args -> handler.handle(UserCallbacks.<T>read(argument, args));
    }

    /**
     * Wraps a handler that returns the acknowledgement as a handler of all arguments.
     *
     * @throws IllegalArgumentException if no JSON can be read as the type
     */
    public <T, R extends @Nullable Object> EventHandler request(String event, Type type, RequestHandler<T, R> handler) {
        var argument = Argument.of(type, options.json());
        return answers.handler(event, args -> handler.handle(UserCallbacks.<T>read(argument, args)));
    }

    /** The type is the one that the argument was made of. */
    @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"
    }) // Null only where there is no argument.
    private static <T> T read(Argument argument, Args args) {
        return (T) argument.read(args);
    }

    /** Something that the user started has failed later. */
    public void failed(String where, Throwable failure) {
        mailbox.execute(() -> report(failure, where));
    }

    /** A call of the user's code, which may throw anything. */
    @FunctionalInterface
    private interface Call {
        void run() throws Exception;
    }
}
