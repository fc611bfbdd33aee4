package io.sockeye.server;

import io.sockeye.event.Ack;
import io.sockeye.event.AckTimeoutException;
import io.sockeye.event.Args;
import io.sockeye.event.DisconnectedException;
import io.sockeye.json.JsonArray;
import io.sockeye.json.JsonException;
import io.sockeye.socket.PendingAck;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A future that an acknowledgement completes, on a thread of the handlers.
 *
 * @param type what the first value is read as; {@link Args} for all of them
 */
record Request<T>(String event, Class<T> type, Duration timeout, Mailbox replies, CompletableFuture<T> future)
        implements PendingAck {
    @Override
    public void answered(JsonArray arguments) {
        replies.post(() -> {
            try {
                var args = new Args(arguments, Ack.NONE);
                future.complete(type == Args.class ? type.cast(args) : args.get(0, type));
            } catch (JsonException e) {
                future.completeExceptionally(e);
            }
        });
    }

    @Override
    public void timedOut() {
        replies.post(() -> future.completeExceptionally(new AckTimeoutException(event, timeout)));
    }

    @Override
    public void disconnected() {
        replies.post(() -> future.completeExceptionally(new DisconnectedException(event)));
    }
}
