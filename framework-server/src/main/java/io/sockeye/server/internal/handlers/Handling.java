package io.sockeye.server.internal.handlers;

import io.sockeye.event.Args;
import io.sockeye.event.Argument;
import io.sockeye.json.Json;
import io.sockeye.server.EventHandler;
import io.sockeye.server.RequestHandler;
import io.sockeye.server.Socket;
import io.sockeye.server.TypedHandler;
import java.lang.reflect.Type;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Turns typed handlers into handlers of any arguments. Any thread. */
public final class Handling {
    private final Json json;
    private final Refusals refusals;

    public Handling(Json json, Refusals refusals) {
        this.json = json;
        this.refusals = refusals;
    }

    /** Reads the arguments of events. */
    Json json() {
        return json;
    }

    <T> EventHandler typed(Type type, TypedHandler<T> handler) {
        var argument = Argument.of(type, json);
        return (socket, args) -> handler.handle(socket, Handling.<T>read(argument, args));
    }

    <T, R extends @Nullable Object> EventHandler request(String event, Type type, RequestHandler<T, R> handler) {
        var argument = Argument.of(type, json);
        return answering(event, (socket, args) -> handler.handle(socket, Handling.<T>read(argument, args)));
    }

    /** A handler that acknowledges with what the function returns, or what is answered when it fails. */
    EventHandler answering(String event, Answering function) {
        return (socket, args) -> {
            try {
                answer(socket, event, args, function.answer(socket, args));
            } catch (Throwable e) {
                refusals.answer(socket, event, args, e);
                throw e;
            }
        };
    }

    /** The caller names the type that the argument was declared with. */
    @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"
    }) // Null only where there is no argument.
    private static <T> T read(Argument argument, Args args) {
        return (T) argument.read(args);
    }

    /** Acknowledges with what a handler returned, at once or when that is a {@link CompletionStage} later. */
    private void answer(Socket socket, String event, Args args, @Nullable Object answer) {
        if (answer instanceof CompletionStage<?> later) {
            later.whenComplete((value, failure) -> acknowledge(socket, event, args, value, failure));
        } else {
            args.ack(answer);
        }
    }

    private void acknowledge(
            Socket socket, String event, Args args, @Nullable Object value, @Nullable Throwable failure) {
        if (failure == null) {
            refusals.guard(
                    () -> args.ack(value),
                    () -> "acknowledgement of socket " + socket.id(),
                    error -> failed(socket, event, args, error));
        } else {
            failed(socket, event, args, failure);
        }
    }

    private void failed(Socket socket, String event, Args args, Throwable failure) {
        refusals.answer(socket, event, args, failure);
        refusals.failed(failure, args, "request handler of socket " + socket.id());
    }

    /** What answers an event. */
    @FunctionalInterface
    interface Answering {
        /** The acknowledgement's value, or a {@link CompletionStage} of it. */
        @Nullable
        Object answer(Socket socket, Args args) throws Exception;
    }
}
