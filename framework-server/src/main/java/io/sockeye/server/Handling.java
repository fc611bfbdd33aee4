package io.sockeye.server;

import io.sockeye.event.Args;
import io.sockeye.json.JsonException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Turns typed handlers into handlers of any arguments. */
final class Handling {
    private Handling() {}

    static <T> EventHandler typed(Class<T> type, TypedHandler<T> handler) {
        return (socket, args) -> handler.handle(socket, first(args, type));
    }

    private static <T> T first(Args args, Class<T> type) {
        try {
            return args.get(0, type);
        } catch (JsonException e) {
            throw new UnexpectedArgumentsException(e);
        }
    }

    static <T, R extends @Nullable Object> EventHandler request(Class<T> type, RequestHandler<T, R> handler) {
        return (socket, args) -> {
            var answer = handler.handle(socket, first(args, type));
            if (answer instanceof CompletionStage<?> later) {
                later.whenComplete((value, failure) -> acknowledge(socket, args, value, failure));
            } else {
                args.ack(answer);
            }
        };
    }

    private static void acknowledge(Socket socket, Args args, @Nullable Object value, @Nullable Throwable failure) {
        if (failure == null) {
            socket.context().guard(() -> args.ack(value), () -> "acknowledgement of socket " + socket.id());
        } else {
            socket.context().report(failure, "request handler of socket " + socket.id());
        }
    }
}
