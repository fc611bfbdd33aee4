package io.sockeye.client;

import io.sockeye.event.Ack;
import io.sockeye.event.AckTimeoutException;
import io.sockeye.event.Args;
import io.sockeye.event.DisconnectedException;
import io.sockeye.event.Rejection;
import io.sockeye.json.JsonArray;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A future that an acknowledgement completes.
 *
 * @param type what the first value is read as; {@link Args} for all of them, {@link Void} for none
 * @param replies where the future is completed
 */
record Request<T>(String event, Type type, Duration timeout, Executor replies, CompletableFuture<T> future)
        implements Asker {
    @Override
    public void answered(JsonArray arguments) {
        replies.execute(() -> {
            try {
                var answer = new Args(arguments, Ack.NONE);
                var rejection = Rejection.in(answer);
                if (rejection.isPresent()) {
                    future.completeExceptionally(rejection.get());
                } else {
                    future.complete(read(answer));
                }
            } catch (RuntimeException | Error e) {
                future.completeExceptionally(e);
            }
        });
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // The type is the one that T was said with; Void has no other value.
    private T read(Args args) {
        if (type == Void.class) {
            return null;
        }
        return type == Args.class ? (T) args : args.get(0, type);
    }

    @Override
    public void timedOut() {
        replies.execute(() -> future.completeExceptionally(new AckTimeoutException(event, timeout)));
    }

    @Override
    public void failed(NotSentException failure) {
        replies.execute(() -> future.completeExceptionally(failure));
    }

    @Override
    public void disconnected() {
        replies.execute(() -> future.completeExceptionally(new DisconnectedException(event)));
    }
}
