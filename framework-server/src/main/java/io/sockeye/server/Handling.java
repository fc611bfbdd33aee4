package io.sockeye.server;

import io.sockeye.event.Args;
import io.sockeye.event.Event;
import io.sockeye.json.JsonException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns typed handlers into handlers of any arguments. */
final class Handling {
    private Handling() {}

    static <T> EventHandler typed(Class<T> type, TypedHandler<T> handler) {
        return typed(args -> args.get(0, type), handler);
    }

    static <T> EventHandler typed(Event<T> event, TypedHandler<T> handler) {
        return typed(event::read, handler);
    }

    private static <T> EventHandler typed(Function<Args, T> reader, TypedHandler<T> handler) {
        return (socket, args) -> handler.handle(socket, read(args, reader));
    }

    static <T, R extends @Nullable Object> EventHandler request(Class<T> type, RequestHandler<T, R> handler) {
        return request(args -> args.get(0, type), handler);
    }

    static <T, R extends @Nullable Object> EventHandler request(Event<T> event, RequestHandler<T, R> handler) {
        return request(event::read, handler);
    }

    private static <T, R extends @Nullable Object> EventHandler request(
            Function<Args, T> reader, RequestHandler<T, R> handler) {
        return (socket, args) -> answer(socket, args, handler.handle(socket, read(args, reader)));
    }

    /** What the reader takes from the arguments; that they do not fit is the client's mistake. */
    static <T extends @Nullable Object> T read(Args args, Function<Args, T> reader) {
        try {
            return reader.apply(args);
        } catch (JsonException e) {
            throw new UnexpectedArgumentsException(e);
        }
    }

    /** Acknowledges with what a handler returned, at once or when that is a {@link CompletionStage} later. */
    static void answer(Socket socket, Args args, @Nullable Object answer) {
        if (answer instanceof CompletionStage<?> later) {
            later.whenComplete((value, failure) -> acknowledge(socket, args, value, failure));
        } else {
            args.ack(answer);
        }
    }

    private static void acknowledge(Socket socket, Args args, @Nullable Object value, @Nullable Throwable failure) {
        if (failure == null) {
            socket.context().guard(() -> args.ack(value), () -> "acknowledgement of socket " + socket.id());
        } else {
            socket.context().report(failure, "request handler of socket " + socket.id());
        }
    }
}
