package io.sockeye.server;

import io.sockeye.event.Ack;
import io.sockeye.event.AckTimeoutException;
import io.sockeye.event.Args;
import io.sockeye.event.DisconnectedException;
import io.sockeye.event.Rejection;
import io.sockeye.json.JsonArray;
import io.sockeye.socket.PendingAck;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A future that an acknowledgement completes, not on a loop: what hangs on it may wait for other answers.
 *
 * @param type what the first value is read as; {@link Args} for all of them, {@link Void} for none
 * @param replies where the future is completed
 */
record Request<T>(String event, Class<T> type, Duration timeout, Executor replies, CompletableFuture<T> future)
        implements PendingAck {
    @Override
    public void answered(JsonArray arguments) {
        replies.execute(() -> complete(new Args(arguments, Ack.NONE)));
    }

    void complete(Args args) {
        try {
            var rejection = Rejection.in(args);
            if (rejection.isPresent()) {
                rejected(rejection.get());
                return;
            }
            if (type == Void.class) {
                future.complete(null);
                return;
            }
            future.complete(type == Args.class ? type.cast(args) : args.get(0, type));
        } catch (RuntimeException | Error e) {
            future.completeExceptionally(e);
        }
    }

    void rejected(Rejection rejection) {
        future.completeExceptionally(rejection);
    }

    @Override
    public void timedOut() {
        replies.execute(() -> future.completeExceptionally(new AckTimeoutException(event, timeout)));
    }

    @Override
    public void disconnected() {
        replies.execute(() -> future.completeExceptionally(new DisconnectedException(event)));
    }
}
