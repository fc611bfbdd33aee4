package io.sockeye.server.internal.context;

import io.sockeye.ack.PendingAck;
import io.sockeye.event.Ack;
import io.sockeye.event.AckTimeoutException;
import io.sockeye.event.Answer;
import io.sockeye.event.Args;
import io.sockeye.event.DisconnectedException;
import io.sockeye.event.Rejection;
import io.sockeye.json.JsonArray;
import io.sockeye.json.Peer;
import io.sockeye.server.internal.threads.AnswerQueue;
import io.sockeye.server.internal.threads.HandlerGate;
import io.sockeye.server.internal.threads.Weight;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A future that an acknowledgement completes, not on a loop: what hangs on it may wait for other answers.
 *
 * @param answer what is wanted of the acknowledgement
 * @param replies where the future is completed
 */
public record Request<T>(
        String event, Answer<T> answer, Duration timeout, Executor replies, CompletableFuture<T> future)
        implements PendingAck {
    @Override
    public void answered(JsonArray arguments) {
        var args = new Args(arguments, Ack.NONE);
        long weight = Weight.of(arguments);
        if (weight <= HandlerGate.LIGHT || !(replies instanceof AnswerQueue lane)) {
            replies.execute(() -> complete(args));
            return;
        }
        long bytes = Weight.bytes(arguments);
        lane.charge(bytes);
        lane.execute(new LargeAnswer(this, args, lane, weight, bytes));
    }

    public void complete(Args args) {
        try {
            future.complete(answer.read(args));
        } catch (RuntimeException | Error e) {
            future.completeExceptionally(e);
        }
    }

    public void rejected(Rejection rejection) {
        future.completeExceptionally(rejection);
    }

    @Override
    public void timedOut() {
        direct().execute(() -> future.completeExceptionally(new AckTimeoutException(event, timeout, Peer.CLIENT)));
    }

    @Override
    public void disconnected() {
        direct().execute(() -> future.completeExceptionally(new DisconnectedException(event, Peer.CLIENT)));
    }

    /** Also while a large answer rests. */
    private Executor direct() {
        return replies instanceof AnswerQueue lane ? lane.direct() : replies;
    }
}
