package io.sockeye.server;

import io.sockeye.event.Args;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Turns typed handlers into handlers of any arguments. */
final class Handling {
    private Handling() {}

    static <T> EventHandler typed(Argument argument, TypedHandler<T> handler) {
        return (socket, args) -> handler.handle(socket, Handling.<T>read(argument, args));
    }

    static <T, R extends @Nullable Object> EventHandler request(
            String event, Argument argument, RequestHandler<T, R> handler) {
        return (socket, args) -> answer(socket, args, handler.handle(socket, Handling.<T>read(argument, args)));
    }

    /** The caller names the type that the argument was declared with. */
    @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"
    }) // Null only where there is no argument.
    private static <T> T read(Argument argument, Args args) {
        return (T) argument.read(args);
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
