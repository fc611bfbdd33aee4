package io.sockeye.client.internal.socket;

import io.sockeye.client.NotSentException;
import io.sockeye.event.Ack;
import io.sockeye.event.AckTimeoutException;
import io.sockeye.event.Answer;
import io.sockeye.event.Args;
import io.sockeye.event.DisconnectedException;
import io.sockeye.json.JsonArray;
import io.sockeye.json.Peer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A future that an acknowledgement completes.
 *
 * @param answer how the acknowledgement is read
 * @param replies runs what completes the future
 */
public record Request<T>(
        String event, Answer<T> answer, Duration timeout, Executor replies, CompletableFuture<T> future)
        implements AckReceiver {
    @Override
    public void answered(JsonArray arguments) {
        replies.execute(() -> {
            try {
                future.complete(answer.read(new Args(arguments, Ack.NONE)));
            } catch (RuntimeException | Error e) {
                future.completeExceptionally(e);
            }
        });
    }

    @Override
    public void timedOut() {
        replies.execute(() -> future.completeExceptionally(new AckTimeoutException(event, timeout, Peer.SERVER)));
    }

    @Override
    public void failed(NotSentException failure) {
        replies.execute(() -> future.completeExceptionally(failure));
    }

    @Override
    public void disconnected() {
        replies.execute(() -> future.completeExceptionally(new DisconnectedException(event, Peer.SERVER)));
    }
}
